import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AdoptedList, adoptedText, parseAdopted } from "../../../../provider/cli/adopt/adopted";

const LIST: AdoptedList = {
  ...{ version: 1, instance: "cake.example" },
  postbacks: [
    { id: 7301, name: "acme-310", file: "acme.ts", secrets: [] },
    { id: 7302, name: "acme-314", file: "postbacks.csv", secrets: ["acme-token", "acme-token-2"] },
  ],
};

describe("adopted.json", () => {
  it("of a newer version is refused with the version, whatever else is in it", () => {
    for (const newer of [
      { ...LIST, version: 2 },
      { version: 3, instance: "cake.example", groups: [] },
    ])
      expect(() => parseAdopted(JSON.stringify(newer), "postbacks/adopted.json")).toThrow(
        /^The file postbacks\/adopted\.json has version [23], and this pulumi-cake reads up to 1\..*\[written-by-newer-version\]$/,
      );
  });

  it("has a line for each postback, in the order of their IDs", () => {
    expect(adoptedText({ ...LIST, postbacks: [...LIST.postbacks].reverse() })).toBe(`{
  "version": 1,
  "instance": "cake.example",
  "postbacks": [
    { "id": 7301, "name": "acme-310", "file": "acme.ts" },
    { "id": 7302, "name": "acme-314", "file": "postbacks.csv", "secrets": ["acme-token", "acme-token-2"] }
  ]
}
`);
  });

  it("reads back equal, whatever the names are, and also as an editor on Windows saves it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
        const list = { ...LIST, postbacks: [{ id: 1, name, file: "a.ts", secrets: [name] }] };
        expect(parseAdopted(`\uFEFF${adoptedText(list).replaceAll("\n", "\r\n")}`, "x")).toEqual(list);
      }),
      { seed: 20261128, numRuns: 300 },
    );
  });

  const [first] = LIST.postbacks;
  it.each([
    ["is cut off", adoptedText(LIST).slice(0, 80), "its JSON"],
    ["holds the marks of a merge", `<<<<<<< HEAD\n${adoptedText(LIST)}`, "its JSON"],
    ["has another version", { ...LIST, version: 2 }, "version"],
    ["has no instance", { ...LIST, instance: undefined }, "instance"],
    [
      "names a file elsewhere",
      { ...LIST, postbacks: [{ ...first, file: "../index.ts" }] },
      "postbacks.0.file",
    ],
    [
      "names a file that would be code",
      { ...LIST, postbacks: [{ ...first, file: 'a";evil();".ts' }] },
      "file",
    ],
    ["has an ID that is a string", { ...LIST, postbacks: [{ ...first, id: "1" }] }, "postbacks.0.id"],
    ["names one ID twice", { ...LIST, postbacks: [first, { ...first, name: "other" }] }, "a repeated id"],
    ["names one resource twice", { ...LIST, postbacks: [first, { ...first, id: 1 }] }, "a repeated name"],
    ["has a key that a later version may mean", { ...LIST, postbacks: [{ ...first, gone: true }] }, "gone"],
  ])("stops the run if it %s", (_what, list, says) => {
    const text = typeof list === "string" ? list : JSON.stringify(list);
    expect(() => parseAdopted(text, "postbacks/adopted.json")).toThrow(says);
  });
});
