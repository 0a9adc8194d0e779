import { describe, expect, it } from "vitest";
import { urlRules } from "../../../../provider/postback/rules/builtInRules";
import {
  badSamples,
  corpus,
  differences,
  findingsIn,
  goodSamples,
  publishedSamples,
  samples,
  titleOf,
} from "./support";

describe.each(Object.entries(corpus))("of the samples in %s.json", (_, entries) => {
  it.each(entries.map((sample) => [titleOf(sample), sample] as const))("%s", (_title, sample) => {
    expect(differences(sample, findingsIn(sample))).toEqual([]);
  });
});

describe("the samples", () => {
  it("are at least 250 good, 250 bad and 80 published ones", () => {
    expect(goodSamples.length).toBeGreaterThanOrEqual(250);
    expect(badSamples.length).toBeGreaterThanOrEqual(250);
    expect(publishedSamples.length).toBeGreaterThanOrEqual(80);
  });

  it("that are good want no finding, and the bad ones want some", () => {
    expect(goodSamples.filter(({ rules, may }) => rules.length > 0 || may !== undefined)).toEqual([]);
    expect(badSamples.filter(({ rules }) => rules.length === 0)).toEqual([]);
  });

  it.each(urlRules.map(({ id }) => id))("show %s at work at least twice", (id) => {
    const shown = samples.filter(({ rules }) => rules.some((one) => one.startsWith(id)));
    expect(shown.length, "add URLs with this mistake to test/fixtures/urls/bad").toBeGreaterThanOrEqual(2);
  });

  it("want only rules that exist", () => {
    const wanted = samples
      .flatMap(({ rules, may = [] }) => [...rules, ...may])
      .flatMap((one) => one.split(" or "));
    const known = new Set(urlRules.map(({ id }) => id));
    expect([...new Set(wanted)].filter((one) => !known.has(one.slice(0, 3)))).toEqual([]);
  });

  it("are each there once", () => {
    const keys = samples.map(({ url, with: given }) => JSON.stringify([url, given]));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it("say where they are from", () => {
    expect(samples.filter(({ source, derived }) => source === undefined && derived !== true)).toEqual([]);
  });
});

describe("a fix", () => {
  it("of any bad sample brings no mistake that was not there", () => {
    const errorsIn = (sample: (typeof samples)[number], url: string) =>
      findingsIn({ ...sample, url })
        .filter(({ severity }) => severity === "error")
        .map(({ rule }) => rule);
    const wrong = badSamples.flatMap((sample) => {
      const before = new Set(errorsIn(sample, sample.url));
      const fixes = [...new Set(findingsIn(sample).flatMap(({ fixed }) => fixed ?? []))];
      return fixes.filter((fixed) => errorsIn(sample, fixed).some((rule) => !before.has(rule)));
    });
    expect(wrong).toEqual([]);
  });

  const fixable = samples.filter(({ fixed }) => typeof fixed === "string");

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
