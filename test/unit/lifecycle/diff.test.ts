import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../../provider/lifecycle/check";
import { diff } from "../../../provider/lifecycle/diff";
import type { Inputs, State } from "../../../provider/lifecycle/state";
import { FIELD_NAMES, fieldOf } from "../../../provider/postback/fields";
import { failure, inputsOf, journalFolder, NEW_URL, OTHER_URN, opened, rowOf, stateOf, URN } from "./support";

const DOMAIN = "cake.example";
const state = stateOf(rowOf(8801), DOMAIN);
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a run shows that checks the resource first, as a preview and an update do. */
function changesOf(news: Partial<Inputs>, olds: Partial<State> = {}, config = {}, env = {}) {
  const { context } = opened({ config: { domain: DOMAIN, ...config }, env });
  check(context, URN, { ...inputsOf() }, { ...inputsOf(news) });
  return diff(context, URN, "8801", { ...state, ...olds }, inputsOf(news));
}

describe("a change", () => {
  const update = { changes: true, replaces: [], deleteBeforeReplace: false };
  const none = { changes: false, replaces: [], deleteBeforeReplace: false };
  const table: readonly [Partial<Inputs>, object][] = [
    [{}, none],
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
    [{ overlapUntil: "2031-01-01" }, update],
    [{ adopt: { postbackId: 7 } }, none],
  ];

  it.each(table)("%j", (news, result) => {
    const { changed, ...others } = changesOf(news);
    expect(others).toEqual(result);
    const given = Object.keys(news).filter((name) => name !== "adopt");
    expect([...changed].sort()).toEqual(given.sort());
  });

  const effects = FIELD_NAMES.map((name) => [name, fieldOf(name).change] as const);
  it.each(effects)("that is not known yet: %s may %s", (field, effect) => {
    const { changes, replaces } = changesOf({ [field]: UNKNOWN });
    expect(changes).toBe(effect !== "nothing");
    expect(replaces).toEqual(effect === "replace" ? [field] : []);
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
    const { context } = opened({ config: { domain: DOMAIN } });
    expect(diff(context, URN, "8801", olds, inputsOf({ postbackTypeId: 3 }))).toMatchObject({
      changes: false,
    });
  });
});

describe("where nothing can be updated", () => {
  const documented = { endpoints: "documented" };

  it("a replacement is refused before the new postback is made, with what to do by hand", async () => {
    const error = await failure(() => changesOf({ affiliateId: 1 }, {}, documented));
    expect(error).toMatchObject({ name: "UnsafeOperationError", code: "replacement-by-hand" });
    expect(error.message).toContain("set postback 8801 to inactive");
    expect(error.message).toContain("CAKE_CONFIRMED_IDS_FILE");
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

describe("a diff without a check, as a refresh makes it for all of the state", () => {
  it("owns nothing and plans nothing, also where it would replace", () => {
    const { context } = opened({ config: { domain: DOMAIN, maxDeactivations: "1" } });
    for (const id of ["8801", "8802", "8803"])
      diff(context, URN, id, { ...state, postbackId: Number(id) }, inputsOf({ affiliateId: 1 }));
    diff(context, OTHER_URN, "8804", state, inputsOf());
    expect(context.ownership.isOwned(8804)).toBe(false);
    expect(context.replacements.of(8801)).toBeUndefined();
  });
});

describe("a preview", () => {
  it("needs neither key nor network", () => {
    const { context } = opened({ config: { domain: "192.0.2.1" } });
    expect(diff(context, URN, "8801", { ...state, domain: "192.0.2.1" }, inputsOf()).changes).toBe(false);
  });

  it.each([
    ["below /proc", () => "/proc/none/journal"],
    ["below a device", () => "/dev/null/journal"],
    ["behind a link", () => linkTo(journalFolder())],
    ["in a file", () => fileIn(journalFolder())],
    ["in a folder that is open to others", () => openTo(0o755)],
  ])("works with a journal that cannot be used: %s", (_, place) => {
    const env = { CAKE_JOURNAL_DIR: place() };
    expect(changesOf({ postbackUrl: NEW_URL }, {}, {}, env).changes).toBe(true);
    expect(changesOf({ affiliateId: 1 }, {}, {}, env).replaces).toEqual(["affiliateId"]);
  });
});

function linkTo(target: string): string {
  const link = join(journalFolder(), "link");
  symlinkSync(target, link);
  return link;
}

function fileIn(folder: string): string {
  const file = join(folder, "file");
  writeFileSync(file, "");
  return file;
}

function openTo(mode: number): string {
  const folder = join(journalFolder(), "open");
  mkdirSync(folder);
  chmodSync(folder, mode);
  return folder;
}
