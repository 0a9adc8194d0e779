import { describe, expect, it } from "vitest";
import { diff, FIELDS } from "../../../provider/lifecycle/diff";
import type { Inputs, State } from "../../../provider/lifecycle/state";
import { failure, inputsOf, NEW_URL, opened, rowOf, stateOf } from "./support";

const DOMAIN = "cake.example";
const state = stateOf(rowOf(8801), DOMAIN);
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function changesOf(news: Partial<Inputs>, olds: Partial<State> = {}, config = {}, env = {}) {
  const { session } = opened({ config: { domain: DOMAIN, ...config }, env });
  return diff(session, "8801", { ...state, ...olds }, inputsOf(news));
}

describe("a change", () => {
  const update = { changes: true, replaces: [], deleteBeforeReplace: false };
  const table: readonly [Partial<Inputs>, object][] = [
    [{}, { changes: false, replaces: [], deleteBeforeReplace: false }],
    [{ postbackUrl: NEW_URL }, update],
    [{ postbackStatus: "inactive" }, update],
    [{ postbackUrl: NEW_URL, postbackStatus: "inactive" }, update],
    [{ affiliateId: 1 }, { changes: true, replaces: ["affiliateId"], deleteBeforeReplace: false }],
    [{ offerId: 0 }, { changes: true, replaces: ["offerId"], deleteBeforeReplace: false }],
    [{ postbackTypeId: 2 }, { changes: true, replaces: ["postbackTypeId"], deleteBeforeReplace: true }],
    [
      { postbackTypeId: 2, postbackUrl: NEW_URL },
      { changes: true, replaces: ["postbackTypeId"], deleteBeforeReplace: true },
    ],
    [
      { affiliateId: 1, postbackTypeId: 2 },
      { changes: true, replaces: ["affiliateId", "postbackTypeId"], deleteBeforeReplace: false },
    ],
    [{ __origin: "another" }, { changes: false, replaces: [], deleteBeforeReplace: false }],
    [{ adopt: { postbackId: 7 } }, { changes: false, replaces: [], deleteBeforeReplace: false }],
  ];

  it.each(table)("%j", (news, result) => {
    expect(changesOf(news)).toEqual(result);
  });

  it.each(Object.entries(FIELDS))("that is not known yet: %s may %s", (field, kind) => {
    const { changes, replaces } = changesOf({ [field]: UNKNOWN });
    expect(changes).toBe(true);
    expect(replaces).toEqual(kind === "replace" ? [field] : []);
  });

  it("of the live record shows against the declared one", () => {
    expect(changesOf({}, { postbackStatus: "Pending Review" })).toMatchObject({
      changes: true,
      replaces: [],
    });
    expect(changesOf({}, { postbackUrl: NEW_URL })).toMatchObject({ changes: true, replaces: [] });
  });
});

describe("a type that no article names", () => {
  it("never replaces a live postback", () => {
    const { postbackTypeId: _, ...olds } = { ...state, postbackType: "Pixel v2" };
    const { session } = opened({ config: { domain: DOMAIN } });
    expect(diff(session, "8801", olds, inputsOf({ postbackTypeId: 3 }))).toMatchObject({ changes: false });
  });
});

describe("where nothing can be updated", () => {
  const documented = { endpoints: "documented" };

  it("a replacement is refused before the new postback is made, with what to do by hand", async () => {
    const error = await failure(() => changesOf({ affiliateId: 1 }, {}, documented));
    expect(error).toMatchObject({ name: "RefusedByGuard" });
    expect(error.message).toContain("postback 8801: set the status to inactive");
    expect(error.message).toContain("CAKE_CONFIRM_MANUAL");
  });

  it("a replacement that may turn out to be none is shown", () => {
    const unknown = { affiliateId: UNKNOWN as unknown as number };
    expect(changesOf(unknown, {}, documented)).toMatchObject({ replaces: ["affiliateId"] });
  });

  it("an update is shown: the error comes with the work", () => {
    expect(changesOf({ postbackUrl: NEW_URL }, {}, documented)).toMatchObject({ changes: true });
  });
});

describe("a postback of another instance", () => {
  it.each(["elsewhere.example", "cake.example:8443"])("is refused: %s", async (domain) => {
    const error = await failure(() => changesOf({}, { domain }));
    expect(error.message).toContain(`lives on ${domain}, and cake:domain is cake.example`);
    expect(error.message).toContain("cake:formerDomains");
    expect(error.message).toContain("--run-program");
  });

  it("is accepted under a former name, in any spelling", () => {
    const config = { formerDomains: '["https://ELSEWHERE.example", "third.example"]' };
    expect(changesOf({}, { domain: "elsewhere.example" }, config).changes).toBe(false);
  });

  it("cannot be told where no domain is configured", () => {
    expect(changesOf({}, { domain: "elsewhere.example" }, { domain: undefined }).changes).toBe(false);
  });
});

describe("a preview", () => {
  it("needs neither key nor network", () => {
    const { session } = opened({ config: { domain: "192.0.2.1" } });
    expect(diff(session, "8801", { ...state, domain: "192.0.2.1" }, inputsOf()).changes).toBe(false);
  });
});
