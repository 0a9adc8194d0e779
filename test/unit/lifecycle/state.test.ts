import { describe, expect, it } from "vitest";
import {
  declarationOf,
  idOf,
  inputsOf as inputsFor,
  knownFrom,
  stateAfterWrite,
  stateOf,
  TYPE_NOT_SEEN,
  urlHash,
} from "../../../provider/lifecycle/state";
import { identityOf } from "../../../provider/postback/postback";
import { urlParts } from "../../../provider/postback/url";
import { SHELL } from "../../../provider/resource/shell";
import { networkPostbacks } from "../../../provider/sandbox/data/network";
import { inputsOf, NEW_URL, rowOf, URL } from "./support";

const DOMAIN = "cake.example";
const echoed = URL.replaceAll("&", "&amp;");

describe("the state of a live record", () => {
  it("is the record, the parts of its URL and the instance", () => {
    expect(stateOf(rowOf(8801), DOMAIN, {})).toEqual({
      ...rowOf(8801),
      ...{ postbackTypeId: 1, urlParts: urlParts(URL), domain: DOMAIN },
    });
  });

  it("has no type id where CAKE's name of the type tells none and none was declared", () => {
    expect("postbackTypeId" in stateOf(rowOf(1, { postbackType: "Pixel" }), DOMAIN, {})).toBe(false);
    expect(stateOf(rowOf(1, { postbackType: "Pixel" }), DOMAIN, { postbackTypeId: 3 }).postbackTypeId).toBe(
      3,
    );
    expect(stateOf(rowOf(1), DOMAIN, { postbackTypeId: 3 }).postbackTypeId).toBe(1);
  });

  it("holds nothing that is undefined: the process would lose the resource over it", () => {
    for (const state of [stateOf(rowOf(1, { postbackType: "?" }), DOMAIN, {}), inputsFor(rowState())]) {
      expect(Object.values(state)).not.toContain(undefined);
    }
  });

  it("has its id as a text", () => {
    expect(idOf(rowState())).toBe("8801");
  });
});

describe("what a postback takes in the state", () => {
  it("is at most 750 bytes and five times the length of its URL, for all URLs of the sample network", () => {
    const ofEngine = { __provider: SHELL, __urn: identityOf("urn:pulumi:live::shop::cake:X::acme") };
    for (const row of networkPostbacks()) {
      const state = { ...stateOf(row, "yournetwork.cakemarketing.com", {}), ...ofEngine };
      const bytes = Buffer.byteLength(
        JSON.stringify({ ...inputsFor(state), ...ofEngine }) + JSON.stringify(state),
      );
      expect(bytes, row.postbackUrl).toBeLessThanOrEqual(750 + 5 * row.postbackUrl.length);
    }
  });
});

describe("a URL that CAKE answers in another spelling", () => {
  const written = stateAfterWrite(rowOf(8801, { postbackUrl: echoed }), DOMAIN, inputsOf());

  it("stays as it was declared, with a mark of how CAKE spells it", () => {
    expect(written.postbackUrl).toBe(URL);
    expect(written.urlParts).toEqual(urlParts(URL));
    expect(written.__echo).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(written)).not.toContain("%23");
  });

  it("is no change as long as CAKE spells it so", () => {
    const read = stateOf(rowOf(8801, { postbackUrl: echoed }), DOMAIN, knownFrom(written));
    expect(read).toEqual(written);
  });

  it.each([
    ["differently", NEW_URL],
    ["as it was declared", URL],
  ])("is what CAKE answers as soon as that is spelled %s", (_, postbackUrl) => {
    const read = stateOf(rowOf(8801, { postbackUrl }), DOMAIN, knownFrom(written));
    expect(read.postbackUrl).toBe(postbackUrl);
    expect("__echo" in read).toBe(false);
  });

  it("is not marked where CAKE answers what it was sent", () => {
    expect("__echo" in stateAfterWrite(rowOf(8801), DOMAIN, inputsOf())).toBe(false);
  });
});

describe("what goes from the inputs into the state", () => {
  it("is neither what to adopt, nor what the door keeps, nor the hash of an earlier URL", () => {
    const inputs = { ...inputsOf({ adopt: { postbackId: 8801 }, __applied: "hash" }), __provider: "code" };
    const state = stateAfterWrite(rowOf(8801), DOMAIN, inputs);
    for (const key of ["adopt", "__provider", "__applied"]) expect(state).not.toHaveProperty(key);
    expect(Object.keys(declarationOf(inputs)).sort()).toEqual(
      ["affiliateId", "offerId", "postbackUrl", "postbackStatus", "postbackTypeId"].sort(),
    );
  });

  it("comes back as the inputs that a live record stands for", () => {
    const state = stateAfterWrite(rowOf(8801), DOMAIN, inputsOf());
    expect(inputsFor(state)).toEqual({ ...inputsOf(), urlParts: urlParts(URL) });
  });
});

describe("a URL that CAKE shows otherwise than it was applied last", () => {
  const state = stateAfterWrite(rowOf(8801), DOMAIN, inputsOf());

  it("goes into the state with the hash of the applied one, which stays until that is back", () => {
    const edited = stateOf(rowOf(8801, { postbackUrl: NEW_URL }), DOMAIN, knownFrom(state));
    expect(edited).toMatchObject({ postbackUrl: NEW_URL, __applied: urlHash(URL) });
    expect(inputsFor(edited)).toMatchObject({ __applied: urlHash(URL) });
    const again = stateOf(rowOf(8801, { postbackUrl: "https://x.example/" }), DOMAIN, knownFrom(edited));
    expect(again.__applied).toBe(urlHash(URL));
    expect(stateOf(rowOf(8801), DOMAIN, knownFrom(again))).toEqual(state);
  });
});

describe("the name of a type", () => {
  it.each([
    ["the same name keeps the type", "iFrame", "iFrame", 2],
    ["another name that no article tells drops it", "iFrame", "Image", undefined],
    ["a name that an article tells decides", "iFrame", "Server", 1],
    ["a name that was never seen keeps it", TYPE_NOT_SEEN, "Image", 2],
  ] as const)("%s", (_, before, now, postbackTypeId) => {
    const known = { postbackType: before, postbackTypeId: 2 as const };
    expect(stateOf(rowOf(1, { postbackType: now }), DOMAIN, known).postbackTypeId).toBe(postbackTypeId);
  });
});

function rowState() {
  return stateOf(rowOf(8801), DOMAIN, {});
}
