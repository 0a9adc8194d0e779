import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, sentence } from "../../../../provider/postback/rules/evaluate";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { samples } from "./support";

const AROUND = { domain: "acme.cakemarketing.com", isSecret: false };
const findingsIn = (postbackUrl: string, more = {}) =>
  evaluate({ postbackUrl, postbackTypeId: 1, clickIdSlot: "s2", ...more }, defaultRuleSettings, AROUND);

// What URLs are made of, what rules look for, and what breaks parsers.
const PARTS = [
  ...["https://", "http://", "t.partner.net", "127.0.0.1", "[::1]", "user:pass@", ":80", "/", "?", "&", "="],
  ...[
    "#",
    "#s2#",
    "#s1#",
    "#price#",
    "#payout#",
    "#S2#",
    "%23",
    "%2523",
    "%",
    "%zz",
    "{x}",
    "{{",
    "}}",
    "[x]",
  ],
  ...[
    "<x>",
    "<img ",
    "&amp;",
    "&#38;",
    " ",
    "\n",
    "\u200b",
    "\ud800",
    "😀",
    "cid",
    "payout",
    "token",
    "test",
  ],
  ...["xxx", "REPLACE", "__X__", "\\", "$&", "__proto__", "constructor", ".local", "0x7f.1", "12.50", "$"],
];
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...PARTS), { maxLength: 20 }).map((parts) => parts.join("")),
  fc
    .tuple(fc.constantFrom(...samples.map(({ url }) => url)), fc.nat(), fc.constantFrom(...PARTS))
    .map(([url, at, part]) => url.slice(0, at % (url.length + 1)) + part + url.slice(at % (url.length + 1))),
);

describe("any text", () => {
  it("is judged without a throw, and always the same", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(1, 3, undefined), (text, postbackTypeId) => {
        const found = findingsIn(text, { postbackTypeId });
        expect(findingsIn(text, { postbackTypeId })).toEqual(found);
      }),
      { seed: 61, numRuns: 500 },
    );
  });

  it("is changed by a fix, and a fix leaves nothing that the same fix would mend", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { rule, fixed } of findingsIn(text)) {
          if (fixed === undefined) continue;
          expect(fixed).not.toBe(text);
          const again = findingsIn(fixed).filter((one) => one.rule === rule && one.fixed !== undefined);
          expect(again, fixed).toEqual([]);
        }
      }),
      { seed: 62, numRuns: 500 },
    );
  });
});

describe("a sentence about a URL", () => {
  const SECRET = "s3cr3tV4lue";
  // Wherever a value may stand, in every spelling that a rule looks for. A name of plain letters is no value.
  const PLACES = [
    ...[`token=${SECRET}`, `cid=#${SECRET}#`, `cid=#${SECRET}`, `cid=${SECRET}#`, `cid=%23${SECRET}%23`],
    ...[`cid={${SECRET}}`, `cid=[${SECRET}]`, `cid=%${SECRET}%`, `cid=<${SECRET}>`, `cid=your_id_${SECRET}`],
    ...[
      `cid=${SECRET} x`,
      `cid=${SECRET}?x=1`,
      `payout=$${SECRET}`,
      `payout=USD ${SECRET}`,
      `test=${SECRET}`,
    ],
    ...[`currency=#${SECRET}#`, `status=#status#${SECRET}`, `gclid=#s2#${SECRET}`, `x=1#${SECRET}`],
    ...[
      `{${SECRET}}`,
      `#${SECRET}#`,
      `u=https://${SECRET}/?x=1`,
      `${SECRET}/=1`,
      `a ${SECRET}=1`,
      `amp;${SECRET}=`,
    ],
  ];
  const HOSTS = [
    ...["t.partner.net", `${SECRET}.local`, `user:${SECRET}@t.partner.net`, `${SECRET}`, `{${SECRET}}.net`],
    ...[`${SECRET}.example.com`, `${SECRET}.webhook.site`, `${SECRET}.appsflyer.com`, `t.net:${SECRET}`, ""],
  ];
  const PATHS = [
    "",
    `/${SECRET}`,
    `/${SECRET}/postback`,
    `/{${SECRET}}`,
    `/#${SECRET}#`,
    `/#${SECRET}`,
    `/${SECRET} `,
  ];

  it("quotes nothing of it but names of parameters", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("https://", "http://", "ftp://", ""),
        fc.constantFrom(...HOSTS),
        fc.constantFrom(...PATHS),
        fc.array(fc.constantFrom(...PLACES), { maxLength: 6 }),
        (scheme, host, path, query) => {
          const url = `${scheme}${host}${path}?${query.join("&")}`;
          for (const one of findingsIn(url))
            expect(sentence(one).toLowerCase()).not.toContain(SECRET.toLowerCase());
        },
      ),
      { seed: 63, numRuns: 500 },
    );
  });
});

// A rule that takes time with the square of the length would not come back before the test's time is up.
describe("100,000 characters of hostile repetition", () => {
  const REPEATED = [
    ...[
      "#",
      "#a",
      "##s2",
      "s2#",
      "%23",
      "%2525",
      "%23s2%23",
      "%a",
      "{",
      "{a}",
      "${{",
      "/[a",
      "=[a]",
      "<a",
      "< ",
    ],
    ...[
      " ",
      "a ",
      "\u200b",
      "&",
      "&a",
      "&a=1",
      "&#38;",
      "&amp;",
      "?",
      "=",
      "1",
      "x",
      "your-",
      "REPLACE_",
      "a.",
      "@",
    ],
    ...["é", "漢字", "%6c", "0x", "__A", "$", "12,", "test&"],
  ];

  it.each(REPEATED)("%j", (part) => {
    const long = part.repeat(Math.ceil(100_000 / part.length));
    for (const before of ["https://", "https://t.partner.net/pb?cid=#s2#&payout="]) findingsIn(before + long);
  });

  it("of different letters in a host", () => {
    const letters = Array.from({ length: 20_000 }, (_, index) => String.fromCharCode(0x4e00 + index));
    findingsIn(`https://${letters.join("").repeat(5)}/`);
  });
});
