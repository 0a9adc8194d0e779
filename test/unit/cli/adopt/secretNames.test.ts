import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveSecrets } from "../../../../provider/cli/adopt/code/liveSecrets";
import { LAYOUTS } from "../../../../provider/cli/adopt/code/program";
import { declaredIn } from "../../../../provider/cli/adopt/code/scan";
import { SecretNames, stretchesOf } from "../../../../provider/cli/adopt/code/secrets";
import { added, rowOf } from "./support";

/** The first name of a count that stands for the value already, or for none. */
function counted(saved: Record<string, string>, used: ReadonlySet<string>) {
  const known = new Map(Object.entries(saved));
  return (base: string, value: string): string => {
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}-${number}`;
      if (!known.has(name) && !used.has(name)) known.set(name, value);
      if (known.get(name) === value) return name;
    }
  };
}

describe("the values that partners take for secrets", () => {
  it.each([
    "https://t.example/pb?cid=#s2#&token=abc",
    "https://t.example/pb&token=abc&cid=#s2#",
    "https://t.example/pb?cid=#s2#&amp;token=abc",
    "https://t.example/pb?cid=#s2#&#38;token=abc",
  ])("are cut out of %s, and nothing of it is lost", (url) => {
    const stretches = stretchesOf(url);
    expect(stretches.flatMap((one) => (one.kind === "secret" ? [one.value] : []))).toEqual(["abc"]);
    expect(stretches.map((one) => (one.kind === "secret" ? one.value : one.text)).join("")).toBe(url);
  });
});

describe("the name of a secret", () => {
  it("is the first one of a count that stands for this value already, or for none", () => {
    const name = fc.constantFrom("acme-token", "acme-token-2", "acme-token-2-2", "acme-token-3", "acme-key");
    const value = fc.constantFrom("a", "b", "c", "d");
    const asked = fc.tuple(fc.constantFrom("token", "token-2", "Key"), value);
    fc.assert(
      fc.property(fc.dictionary(name, value), fc.uniqueArray(name), fc.array(asked), (saved, used, all) => {
        const names = new SecretNames(saved, new Set(used));
        const nameOf = counted(saved, new Set(used));
        for (const [parameter, secret] of all)
          expect(names.nameOf("acme", parameter, secret)).toBe(
            nameOf(`acme-${parameter.toLowerCase()}`, secret),
          );
      }),
      { seed: 20261126, numRuns: 300 },
    );
  });

  it("is found for as many values as a partner may have", () => {
    const names = new SecretNames({}, new Set());
    const values = Array.from({ length: 20_000 }, (_, index) => `value-${index}`);
    const given = [...values, ...values].map((value) => names.nameOf("acme", "token", value));
    expect(new Set(given).size).toBe(20_000);
    expect(given.at(-1)).toBe("acme-token-20000");
  });
});

describe.each(LAYOUTS)("the secrets of code laid out as %s", (layout) => {
  const urlOf = (query: string) => `https://t.acme.example/pb?${query}`;
  const rowWith = (postbackId: number, query: string) => rowOf({ postbackId, postbackUrl: urlOf(query) });

  /** What the code for these queries tells, when these are live. */
  function told(written: readonly string[], live: readonly string[] = written): Record<string, string> {
    const rows = written.map((query, index) => rowWith(1 + index, query));
    const { references } = declaredIn(added(rows, new Map(), { layout }).code.values());
    return liveSecrets(references, new Map(live.map((query, index) => [1 + index, urlOf(query)])));
  }

  it("are told by the URLs that are live", () => {
    const queries = [
      "token=a&cid=#s2#&security_token=`b$`",
      "cid=#s2#",
      "cid=#s2#&token=\\&token=d&key=plain&to$ken=e",
      "token=a",
    ];
    const rows = queries.map((query, index) => rowWith(1 + index, query));
    const { secrets } = added(rows, new Map(), { layout });
    expect(Object.keys(secrets).length).toBeGreaterThanOrEqual(4);
    expect(told(queries)).toEqual(secrets);
  });

  it("are told whatever else of the URL, and whatever order, has changed", () => {
    expect(told(["token=a&cid=#s2#&password=b"], ["password=b&txid=#leadid#&token=c"])).toEqual({
      "acme-token": "c",
      "acme-password": "b",
    });
  });

  it("are not told where their parameter is gone, or came a second time", () => {
    expect(told(["token=a&password=b"], ["password=b"])).toEqual({ "acme-password": "b" });
    expect(told(["token=a"], ["token=a&token=b"])).toEqual({});
    expect(told(["token=a"], [])).toEqual({});
  });

  it("are not told where two records would tell two values", () => {
    expect(told(["token=a", "token=a"], ["token=a", "token=b"])).toEqual({});
  });
});
