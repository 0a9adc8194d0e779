import { describe, expect, it } from "vitest";
import { changedFields } from "../../../provider/lifecycle/diff";
import { UNKNOWN } from "../../../provider/lifecycle/unknown";
import { propertyChanges } from "../../../provider/plugin/detailedDiff";
import { partsIfUrl } from "../../../provider/postback/url";

type Bag = Record<string, unknown>;

const base = { affiliateId: 1, offerId: 2, postbackStatus: "active", postbackTypeId: 1 };
const withUrl = (query: string, changes: Bag = {}): Bag => {
  const postbackUrl = `https://t.example/in${query}`;
  return { ...base, postbackUrl, urlParts: partsIfUrl(postbackUrl), ...changes };
};

/** The changes, each as "kind path", those that replace with "!". */
function changesBetween(olds: Bag, news: Bag, isSecret = false): string[] {
  const changed = changedFields(olds, news);
  const replaces = changed.filter((field) => ["affiliateId", "offerId", "postbackTypeId"].includes(field));
  const found = { changes: changed.length > 0, changed, replaces, deleteBeforeReplace: false };
  return propertyChanges(found, { olds, news, isSecret }).map(
    ({ kind, path, replaces }) => `${kind}${replaces ? "!" : ""} ${path}`,
  );
}

describe("the changes of a postback", () => {
  it("are each parameter's addition, removal and change, and a list counts as one", () => {
    const olds = withUrl("?cid=#s2#&gone=1&same=1&tag=a&tag=b&one=1");
    const news = withUrl("?cid=#s3#&same=1&tag=b&tag=a&one=1&one=2&new=1");
    expect(changesBetween(olds, news)).toEqual([
      "update postbackUrl",
      "update urlParts.query.cid",
      "delete urlParts.query.gone",
      "update urlParts.query.tag",
      "update urlParts.query.one",
      "add urlParts.query.new",
    ]);
  });

  it("are host, path and fragment", () => {
    const news = withUrl("", { postbackUrl: "x", urlParts: partsIfUrl("https://u.example/out#end") });
    expect(changesBetween(withUrl(""), news)).toEqual([
      "update postbackUrl",
      "update urlParts.host",
      "update urlParts.path",
      "add urlParts.fragment",
    ]);
  });

  it("are the URL alone where no part differs: another order, scheme or spelling", () => {
    expect(changesBetween(withUrl("?a=1&b=2"), withUrl("?b=2&a=1"))).toEqual(["update postbackUrl"]);
    expect(changesBetween(withUrl("?a=1"), withUrl("?a=1&"))).toEqual(["update postbackUrl"]);
  });

  it("are the parts as a whole where a URL is not known yet", () => {
    const news = withUrl("", { postbackUrl: UNKNOWN, urlParts: UNKNOWN });
    expect(changesBetween(withUrl("?a=1"), news)).toEqual(["update postbackUrl", "update urlParts"]);
  });

  it("name what replaces, what a program says no more, and nothing of the state's own", () => {
    const olds = withUrl("", { overlapUntil: "2026-12-31", __applied: "a" });
    const news = withUrl("", { affiliateId: 3, postbackStatus: "inactive" });
    expect(changesBetween(olds, news).sort()).toEqual([
      "delete overlapUntil",
      "update postbackStatus",
      "update! affiliateId",
    ]);
  });
});

const NAMES = [
  ...[
    "sub-id",
    "a.b",
    "a[0]",
    "a[]",
    "[b",
    "c]",
    '"',
    'a"b',
    '\\"',
    '"\\x',
    "\\",
    "x\\",
    "a\\b",
    "",
    "0",
    "*",
  ],
  ...["__proto__", "constructor", "hasOwnProperty", "ü😀", "a b", "$x", ".", "..", "%20", "#s1#"],
];

describe("the path of a parameter", () => {
  it.each(NAMES)("leads the engine to %j", (name) => {
    const [, parameter] = changesBetween(withUrl("?cid=1"), withUrl(`?cid=1&${name}=1`));
    expect(elementsOf(parameter?.replace("add ", "") ?? "")).toEqual(["urlParts", "query", name]);
  });

  it("is the query's for a name that no path can spell", () => {
    const changes = changesBetween(withUrl("?a.b\\=1&c[\\=1"), withUrl("?a.b\\=2&d=1"));
    expect(changes).toEqual(["update postbackUrl", "update urlParts.query", "add urlParts.query.d"]);
  });

  it("is the query's where the text may be a value of a secret URL", () => {
    const olds = withUrl("?cid=1&s3cr3t");
    for (const query of ["?cid=1&0th3r", "?cid=1&dG9rZW4==", `?cid=1&${"a".repeat(41)}=1`, "?cid=1&a%3Db=1"])
      expect(changesBetween(olds, withUrl(query), true)).toEqual([
        "update postbackUrl",
        "update urlParts.query",
      ]);
    expect(changesBetween(olds, withUrl("?cid=2&s3cr3t"), true)).toContain("update urlParts.query.cid");
    expect(changesBetween(olds, withUrl("?cid=1"))).toContain("delete urlParts.query.s3cr3t");
  });
});

/** Reads a path as the engine does. Source: pulumi/pulumi, sdk/go/common/resource/properties_path.go. */
function elementsOf(path: string): string[] {
  const elements: string[] = [];
  let at = 0;
  while (at < path.length) {
    if (path[at] === ".") {
      at += 1;
      if (at === path.length) throw new Error("ends with a dot");
    } else if (path.startsWith('["', at)) {
      let element = "";
      for (at += 2; path[at] !== '"'; at += 1) {
        if (at >= path.length) throw new Error("missing closing quote");
        if (path.startsWith('\\"', at)) at += 1;
        element += path[at];
      }
      if (path[at + 1] !== "]") throw new Error("missing closing bracket");
      at += 2;
      elements.push(element);
    } else if (path[at] === "[") {
      throw new Error("not a quoted name");
    } else {
      const [element = ""] = /^[^.[]*/.exec(path.slice(at)) ?? [];
      elements.push(element);
      at += element.length;
    }
  }
  return elements;
}
