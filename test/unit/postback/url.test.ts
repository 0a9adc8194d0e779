import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isEchoOf, isHttpUrl, isSpellingOf, type UrlParts, urlParts } from "../../../provider/postback/url";
import { differingParts } from "../../../provider/postback/urlChanges";

describe("an http URL", () => {
  it.each([
    "https://t.example",
    "HTTPS://T.EXAMPLE/pb",
    "http://127.0.0.1:8080/pb?a=1",
    "https://t.example/pb?cid=#s2#&payout=#price#",
    "https://user:pass@t.example/",
    "https://[::1]/pb",
    "https://#s2#.t.example/pb",
    "https://t.example/pb?x={y}|z and a space",
  ])("is %j", (url) => {
    expect(isHttpUrl(url)).toBe(true);
  });

  it.each([
    "",
    " ",
    "t.example/pb",
    "//t.example/pb",
    "ftp://t.example/",
    "javascript:alert(1)",
    "https:/t.example",
    "https://",
    "https:///pb",
    "https://?a=1",
    "https://#fragment",
    "https:// t.example/",
    " https://t.example/",
    "\nhttps://t.example/",
  ])("is not %j", (url) => {
    expect(isHttpUrl(url)).toBe(false);
  });
});

describe("the parts of a URL", () => {
  const table: readonly [string, UrlParts][] = [
    ["https://t.example", { host: "t.example", path: "", query: {} }],
    ["https://t.example:8443/a/b", { host: "t.example:8443", path: "/a/b", query: {} }],
    [
      "https://t.example/pb?cid=#s2#&payout=#price#",
      { host: "t.example", path: "/pb", query: { cid: "#s2#", payout: "#price#" } },
    ],
    ["https://t.example?cid=#s2##s3#", { host: "t.example", path: "", query: { cid: "#s2##s3#" } }],
    ["https://t.example/#s1#/pb", { host: "t.example", path: "/#s1#/pb", query: {} }],
    ["https://t.example/pb#top", { host: "t.example", path: "/pb", query: {}, fragment: "top" }],
    [
      "https://t.example/pb?a=#s2&b=1",
      { host: "t.example", path: "/pb", query: { a: "" }, fragment: "s2&b=1" },
    ],
    ["https://t.example/pb?", { host: "t.example", path: "/pb", query: {} }],
    ["https://t.example/pb?a", { host: "t.example", path: "/pb", query: { a: "" } }],
    ["https://t.example/pb?a=b=c", { host: "t.example", path: "/pb", query: { a: "b=c" } }],
    ["https://t.example/pb?&a=1&&b=2&", { host: "t.example", path: "/pb", query: { a: "1", b: "2" } }],
    [
      "https://t.example/pb?a=1&b=2&a=3",
      { host: "t.example", path: "/pb", query: { a: ["1", "3"], b: "2" } },
    ],
    ["https://t.example/pb?a=%23s2%23+x", { host: "t.example", path: "/pb", query: { a: "%23s2%23+x" } }],
    ["https://t.example/pb?u=https://x/?y", { host: "t.example", path: "/pb", query: { u: "https://x/?y" } }],
    ["https://t.example?a=/b", { host: "t.example", path: "", query: { a: "/b" } }],
    ["https://t.example/a#?b=1", { host: "t.example", path: "/a", query: {}, fragment: "?b=1" }],
  ];

  it.each(table)("of %s", (url, parts) => {
    expect(urlParts(url)).toEqual(parts);
  });

  it("of a name that objects have by themselves", () => {
    const { query } = urlParts("https://t.example/?__proto__=1&constructor=2&toString=3");
    expect(Object.entries(query)).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
      ["toString", "3"],
    ]);
  });

  // CAKE answers what its database holds, and that was not always checked.
  it.each([
    ["", { host: "", path: "", query: {} }],
    ["t.example/pb?a=1", { host: "t.example", path: "/pb", query: { a: "1" } }],
    ["t.example/?u=https://x/", { host: "t.example", path: "/", query: { u: "https://x/" } }],
    ["ftp://t.example/pb", { host: "t.example", path: "/pb", query: {} }],
    ["abc", { host: "abc", path: "", query: {} }],
  ])("of what is no http URL: %j", (text, parts) => {
    expect(urlParts(text)).toEqual(parts);
  });
});

// Texts as people paste them: parts of URLs in any order.
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        "https://",
        "http://",
        "t.example",
        "/",
        "?",
        "&",
        "=",
        "#",
        "#s2#",
        "a",
        "b",
        " ",
        "%",
      ),
      { maxLength: 14 },
    )
    .map((pieces) => pieces.join("")),
);
const anyHttpUrl = fc.oneof(
  anyText.map((rest) => `https://t.example${rest}`).filter(isHttpUrl),
  anyText.filter(isHttpUrl),
);

describe("any text", () => {
  it("is taken apart without a throw, into pieces that stand in it", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyHttpUrl), (text) => {
        const { host, path, query, fragment = "" } = urlParts(text);
        for (const piece of [host, path, fragment, ...Object.keys(query), ...Object.values(query).flat()]) {
          expect(text).toContain(piece);
        }
      }),
      { seed: 41, numRuns: 500 },
    );
  });
});

describe("any http URL", () => {
  it("has a host", () => {
    fc.assert(
      fc.property(anyHttpUrl, (url) => {
        expect(urlParts(url).host).not.toBe("");
      }),
      { seed: 42, numRuns: 500 },
    );
  });

  it("is made of its parts: put together again they give it", () => {
    const text = fc.string({ unit: fc.constantFrom(..."abcXYZ019-._~%+:@!$'()*,; é") });
    const value = fc
      .array(fc.oneof(text, fc.constantFrom("#s2#", "#price#", "=", "/", "?")))
      .map((all) => all.join(""));
    // Objects sort names that are whole numbers to the front.
    const name = text.filter((one) => one !== "" && !/^\d+$/.test(one));
    fc.assert(
      fc.property(
        fc.webAuthority(),
        fc.array(fc.oneof(text, fc.constantFrom("#s1#"))),
        fc.uniqueArray(fc.tuple(name, value), { minLength: 1, selector: ([one]) => one }),
        fc.option(text, { nil: undefined }),
        (host, path, query, fragment) => {
          const start = `https://${host}${path.map((segment) => `/${segment}`).join("")}`;
          const pairs = query.map(([one, other]) => `${one}=${other}`).join("&");
          const url = `${start}?${pairs}${fragment === undefined ? "" : `#${fragment}`}`;
          expect(joined(urlParts(url))).toBe(url);
        },
      ),
      { seed: 43, numRuns: 300 },
    );
  });

  it("differs from itself in nothing, and from any other in something", () => {
    fc.assert(
      fc.property(anyHttpUrl, anyHttpUrl, (one, other) => {
        expect(differingParts(one, one)).toEqual([]);
        expect(differingParts(one, other).length > 0).toBe(one !== other);
      }),
      { seed: 44, numRuns: 500 },
    );
  });

  it("differs from another as the other differs from it", () => {
    fc.assert(
      fc.property(anyHttpUrl, anyHttpUrl, (one, other) => {
        expect(differingParts(one, other).sort()).toEqual(differingParts(other, one).sort());
      }),
      { seed: 45, numRuns: 300 },
    );
  });
});

describe("the parts in which two URLs differ", () => {
  const url = "https://t.example/pb?cid=#s2#&token=abc";

  it.each([
    ["http://t.example/pb?cid=#s2#&token=abc", ["scheme"]],
    ["https://u.example/pb?cid=#s2#&token=abc", ["host"]],
    ["https://t.example/pb2?cid=#s2#&token=abc", ["path"]],
    ["https://t.example/pb?cid=#s3#&token=abc", ['parameter "cid"']],
    ["https://t.example/pb?token=abc", ['parameter "cid"']],
    ["https://t.example/pb?cid=#s2#&token=abc&x=1", ['parameter "x"']],
    ["https://t.example/pb?cid=#s2#&cid=#s3#&token=abc", ['parameter "cid"']],
    ["https://t.example/pb?cid=#s2#&token=abc#x", ["fragment"]],
    ["https://t.example/pb?token=abc&cid=#s2#", ["order or spelling of the parameters"]],
    ["https://t.example/pb?cid=#s2#&&token=abc", ["order or spelling of the parameters"]],
    ["https://u.example/pb?cid=#s4#", ["host", 'parameter "cid"', 'parameter "token"']],
    ["t.example/pb?cid=#s2#&token=abc", ["scheme"]],
    ["", ["scheme", "host", "path", 'parameter "cid"', 'parameter "token"']],
  ])("to %s", (other, parts) => {
    expect(differingParts(url, other)).toEqual(parts);
  });

  it("are named without their values", () => {
    const text = differingParts(url, "https://t.example/pb?cid=1&token=s3cr3t").join();
    expect(text).not.toMatch(/abc|s3cr3t|#s2#/);
  });
});

function joined({ host, path, query, fragment }: UrlParts): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return `https://${host}${path}?${pairs.join("&")}${fragment === undefined ? "" : `#${fragment}`}`;
}

describe("two spellings", () => {
  const sent = "https://t.example/pb?cid=#s2#&payout=#price#";

  it.each([
    ["HTML escapes", sent.replaceAll("&", "&amp;")],
    ["blanks around it", ` ${sent}\n`],
    ["a host in capitals", sent.replace("t.example", "T.EXAMPLE")],
    ["escaped letters that are no macro", sent.replace("cid", "%63id")],
  ])("that differ in %s may be one URL, and CAKE's echo of it", (_, answered) => {
    expect(isSpellingOf(answered, sent)).toBe(true);
    expect(isEchoOf(answered, sent)).toBe(true);
  });

  it("with escaped macros may be one URL, but are never an echo: CAKE would not fill them in", () => {
    const escaped = sent.replaceAll("#", "%23");
    expect(isSpellingOf(escaped, sent)).toBe(true);
    expect(isEchoOf(escaped, sent)).toBe(false);
  });

  it.each([sent.replace("#s2#", "#s3#"), sent.replace("/pb", "/PB"), `${sent}&x=1`, sent.slice(0, 30)])(
    "%s is another URL",
    (other) => {
      expect(isSpellingOf(other, sent)).toBe(false);
    },
  );
});

it("a value that lost its name, or a whole query that was encoded, is not quoted as a name", () => {
  const from = "https://t.example/pb?cid=#s2#";
  for (const to of [`${from}&s3cr3t/value`, "https://t.example/pb?cid%3D%23s2%23%26token%3Ds3cr3t"]) {
    expect(differingParts(from, to).join()).not.toContain("s3cr3t");
    expect(differingParts(from, to)).toContain("a parameter");
  }
});
