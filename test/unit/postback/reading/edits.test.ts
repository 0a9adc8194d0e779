import { expect, it } from "vitest";
import { withEdits } from "../../../../provider/postback/reading/edits";

it("applies all corrections of a URL, in any order", () => {
  const edits = [
    { at: 4, end: 5, text: "&" },
    { at: 1, end: 1, text: "?" },
  ];
  expect(withEdits("abcd;e", edits)).toBe("a?bcd&e");
});

it("leaves a URL without corrections as it is", () => {
  expect(withEdits("abc", [])).toBe("abc");
});
