import { describe, expect, it } from "vitest";
import { urlRules } from "../../../../provider/postback/rules/builtInRules";
import { corpus, findingsIn, inShort, samples, titleOf } from "./support";

describe.each(Object.entries(corpus))("of the samples in %s.json", (_, entries) => {
  it.each(entries.map((sample) => [titleOf(sample), sample] as const))("%s", (_title, sample) => {
    const findings = findingsIn(sample);
    expect(inShort(findings)).toEqual([...sample.rules].sort());
    expect([...new Set(findings.flatMap(({ fixed }) => fixed ?? []))]).toEqual(
      sample.fixed === undefined ? [] : [sample.fixed],
    );
  });
});

describe("the samples", () => {
  it("that are good raise no error", () => {
    const errors = corpus.good?.flatMap(findingsIn).filter(({ severity }) => severity === "error");
    expect(corpus.good?.length).toBeGreaterThan(80);
    expect(errors).toEqual([]);
  });

  it.each(urlRules.map(({ id }) => id))("show %s at work at least twice", (id) => {
    const shown = samples.filter(({ rules }) => rules.some((one) => one.startsWith(id)));
    expect(shown.length).toBeGreaterThanOrEqual(2);
  });

  it("are each there once", () => {
    const keys = samples.map(({ url, with: given }) => JSON.stringify([url, given]));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("a fix", () => {
  const fixable = samples.filter(({ fixed }) => fixed !== undefined);

  it.each(fixable.map((sample) => [titleOf(sample), sample] as const))(
    "mends all that it is for: %s",
    (_, sample) => {
      const found = findingsIn(sample);
      for (const { rule, fixed: url } of found.filter(({ fixed }) => fixed !== undefined)) {
        if (url === undefined) continue;
        const unfixable = found.filter((one) => one.rule === rule && one.fixed === undefined);
        const left = findingsIn({ ...sample, url }).filter((one) => one.rule === rule);
        expect(left.map(({ part, what }) => ({ part, what }))).toEqual(
          unfixable.map(({ part, what }) => ({ part, what })),
        );
      }
    },
  );
});
