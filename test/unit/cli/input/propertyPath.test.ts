import { describe, expect, it } from "vitest";
import { pathNames } from "../../../../provider/cli/input/propertyPath";

describe("the names in a path of Pulumi's", () => {
  it.each<[string, string[]]>([
    ["postbackUrl", ["postbackUrl"]],
    ["urlParts.query.cid", ["urlParts", "query", "cid"]],
    ["urlParts.query.cid[1]", ["urlParts", "query", "cid", "1"]],
    ['urlParts.query["click.id"]', ["urlParts", "query", "click.id"]],
    ['urlParts.query["a[b]"][0]', ["urlParts", "query", "a[b]", "0"]],
    ['urlParts.query["say \\"hi\\""]', ["urlParts", "query", 'say "hi"']],
    ['urlParts.query["a\\b.c"]', ["urlParts", "query", "a\\b.c"]],
    ["urlParts.query.odd ]\\", ["urlParts", "query", "odd ]\\"]],
    ['urlParts.query[""]', ["urlParts", "query", ""]],
    ["", []],
  ])("are read from %j", (path, names) => {
    expect(pathNames(path)).toEqual(names);
  });
});
