import { describe, expect, it } from "vitest";
import { parseContents } from "../../../../provider/cli/input/parseSource";
import { choosePostback } from "../../../../provider/cli/try/choose";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import { declared, encrypted, GOOD, preview, state, UNKNOWN } from "./support";

const choose = (text: string, choice: Parameters<typeof choosePostback>[1] = {}, source = "x.json") =>
  choosePostback({ source, isFile: true, ...parseContents(text, source) }, choice);
const said = (text: string, choice: Parameters<typeof choosePostback>[1] = {}, source = "x.json") => {
  try {
    return `chose ${choose(text, choice, source).name}`;
  } catch (error) {
    return (error as Error).message;
  }
};
const urn = (name: string, parent = "") => `urn:pulumi:dev::shop::${parent}${TYPE_TOKEN}::${name}`;
const OTHER = declared({ offerId: 2, postbackUrl: `${GOOD}&v=2` });
const CSV = `name,postback id,affiliate,offer,url\nacme,7,1,2,${GOOD}\nbolt,8,1,3,${GOOD}&v=2\nacme,9,1,4,${GOOD}&v=3\nnone,10,1,5,\n`;

describe("the postback to try", () => {
  it.each([
    ["a preview", preview({ acme: declared() })],
    ["an export", state({ acme: declared() })],
    ["a CSV", `name,url\nacme,${GOOD}\n`],
    ["a URL", GOOD],
    ["a host without a scheme", "track.partner.net/postback?cid=#s2#"],
  ])("needs no choice where %s has one", (_, text) => {
    expect(choose(text).postbackUrl).toContain("track.partner.net/postback?cid=#s2#");
  });

  it("is named by its name or its URN in a preview and an export", () => {
    for (const text of [
      preview({ acme: declared(), bolt: OTHER }),
      state({ acme: declared(), bolt: OTHER }),
    ]) {
      expect(choose(text, { resource: "bolt" }).postbackUrl).toBe(`${GOOD}&v=2`);
      expect(choose(text, { resource: urn("bolt") }).postbackUrl).toBe(`${GOOD}&v=2`);
    }
  });

  it("is named by its ID in an export and a CSV, by its line or its name in a CSV, by its line among URLs", () => {
    expect(choose(state({ acme: declared(), bolt: OTHER }), { id: 8802 }).name).toBe("bolt");
    expect(choose(CSV, { id: 8 }).postbackUrl).toBe(`${GOOD}&v=2`);
    expect(choose(CSV, { row: 4 }).postbackUrl).toBe(`${GOOD}&v=3`);
    expect(choose(CSV, { resource: "bolt" }).postbackUrl).toBe(`${GOOD}&v=2`);
    expect(choose(`${GOOD}\n\n${GOOD}&v=2\n`, { row: 3 }).postbackUrl).toBe(`${GOOD}&v=2`);
  });

  it("must be named where a source has several", () => {
    const many = preview(
      Object.fromEntries(
        Array.from({ length: 7 }, (_, index) => [`p${index}`, declared({ offerId: index })]),
      ),
    );
    expect(said(many)).toBe(
      "There are 7 postbacks in x.json, and one can be tried at a time. Nothing was done. Name one with --resource. Some of them: p0, p1, p2, p3, p4 and 2 more. [try-choice-needed]",
    );
    expect(said(CSV, {}, "x.csv")).toContain(
      "Name its line with --row. Some of them: line 2, line 3, line 4",
    );
    expect(said(CSV, { resource: "acme" }, "x.csv")).toContain("Some of them: line 2, line 4.");
  });

  it("is named by its URN where two have one name", () => {
    const two = preview({ acme: declared(), "shop:Partner:acme": OTHER, bolt: declared({ offerId: 9 }) });
    expect(said(two, { resource: "acme" })).toBe(
      `2 postbacks have the name "acme". Nothing was done. Pass one of these to --resource, or an ID to --id:\n${urn("acme")}\n${urn("acme", "Partner$")} [try-name-ambiguous]`,
    );
    expect(choose(two, { resource: urn("acme", "Partner$") }).postbackUrl).toBe(`${GOOD}&v=2`);
  });

  it("is not guessed: a name, line or ID that is not there is an error with what may be meant", () => {
    const two = preview({ "acme-summer": declared(), bolt: OTHER });
    expect(said(two, { resource: "acme-sumer" })).toContain(
      'No postback in x.json has the name "acme-sumer". Nothing was done. Did you mean acme-summer? [try-not-found]',
    );
    expect(said(two, { resource: "zzzzzzzzzz" })).toContain("Did you mean acme-summer or bolt?");
    expect(said(two, { row: 1 })).toContain("No postback in x.json has line 1.");
    expect(said(CSV, { row: 9 }, "x.csv")).toContain("Did you mean 2, 3, 4 or 5?");
    expect(said(state({ acme: declared() }), { id: 7 })).toContain(
      "No postback in x.json has ID 7. Nothing was done. Did you mean 8801?",
    );
    expect(said(GOOD, { resource: "URL 1" })).toContain("try-not-found");
  });

  it("cannot be tried without its URL, and the error says how to get it", () => {
    expect(said(state({ acme: declared({ postbackUrl: encrypted }) }))).toMatch(
      /its URL is secret\..*--show-secrets/,
    );
    expect(said(preview({ acme: declared({ postbackUrl: "[secret]" }) }))).toMatch(
      /its URL is secret\..*--show-secrets/,
    );
    expect(said(preview({ acme: declared({ postbackUrl: UNKNOWN }) }))).toMatch(
      /its URL is known only after the run\. Nothing was done\. Run pulumi up/,
    );
    expect(said(CSV, { row: 5 }, "x.csv")).toContain(
      'The postback "none" cannot be tried: line 5 has no URL.',
    );
  });

  it("is not in a row that cannot be read, and the error says why", () => {
    const csv = `name,offer,url\nacme,1,${GOOD}\nbolt,2,${GOOD}&v=2,extra\n`;
    expect(said(csv, { row: 3 }, "x.csv")).toMatch(/^No postback in x\.csv has line 3: x\.csv, line 3: /);
  });

  it("is not there in an empty source", () => {
    expect(said('{"steps":[]}')).toContain("There is no postback to try in x.json. Nothing was done.");
  });
});
