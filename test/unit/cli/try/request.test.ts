import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { prettyRequest } from "../../../../provider/cli/try/pretty";
import { sampleClickId } from "../../../../provider/cli/try/request";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { GOOD, reportOn, subjectOf, type TryContext } from "./support";

const render = (url: string, context: TryContext = {}, more = {}) => reportOn(subjectOf(url, more), context);
const requestOf = (url: string, context: TryContext = {}, more = {}) =>
  render(url, context, more).report.request;
const partsOf = (url: string, context: TryContext = {}, more = {}) =>
  requestOf(url, context, more).parts.map(({ kind, name, role, receives }) => [name || kind, receives, role]);
const set = (values: Readonly<Record<string, string>>) => ({
  set: Object.entries(values).map(([name, value]) => ({ name, value })),
});
const shown = (url: string, context: TryContext = {}, more = {}) => {
  const { request, report } = render(url, context, more);
  return prettyRequest(report, {
    ...{ paint: pc.createColors(false), width: 80, postbackTypeId: more["postbackTypeId" as never] },
    ...{ sampleClickId: sampleClickId(request), hasProxy: false },
  });
};

describe("the request of a postback", () => {
  it("is shown part by part, with what each part takes and what the partner receives", () => {
    const url = "https://T.partner.net:8443/pb?cid=#s2#&amount=#price#&txid=#leadid#&status=approved&x=1";
    expect(partsOf(url)).toEqual([
      ["host", "T.partner.net", null],
      ["path", "/pb", null],
      ["cid", "w7KJ2M9XQ4T1", "clickId"],
      ["amount", "12.50", "amount"],
      ["txid", "5C2E81A7", "transactionId"],
      ["status", "approved", "status"],
      ["x", "1", null],
    ]);
    expect(requestOf(url)).toMatchObject({ method: "GET", scheme: "https", port: 8443, tracker: null });
    expect(requestOf("http://t.net/")).toMatchObject({ scheme: "http", port: 80 });
    expect(requestOf("https://x.go2cloud.org/aff_lsr?transaction_id=#s2#")).toMatchObject({
      tracker: "TUNE",
      port: 443,
    });
  });

  it("has values percent-encoded, and shows them decoded as a receiver decodes them", () => {
    const url = "https://t.net/#s1#/pb?c=#s2##s3#&a%20b=1+2&broken=%zz&u=https%3A%2F%2Fx.net%2F%3Fa%3D1";
    const context = set({ s1: "a/b", s2: "ü &=#", s3: "+" });
    expect(requestOf(url, context).url).toBe(
      "https://t.net/a%2Fb/pb?c=%C3%BC%20%26%3D%23%2B&a%20b=1+2&broken=%zz&u=https%3A%2F%2Fx.net%2F%3Fa%3D1",
    );
    expect(partsOf(url, context).slice(1)).toEqual([
      ["path", "/a%2Fb/pb", null],
      ["c", "ü &=#+", expect.anything()],
      ["a b", "1 2", null],
      ["broken", "%zz", null],
      ["u", "https://x.net/?a=1", null],
    ]);
  });

  it("keeps an unknown macro, whose hashes are encoded so that they arrive", () => {
    const { request, report } = render("https://t.net/pb?cid=#s2#&p=#payout#&z=#price#");
    expect(request.target).toBe("/pb?cid=w7KJ2M9XQ4T1&p=%23payout%23&z=12.50");
    expect(report.request.parts[3]).toMatchObject({
      receives: "#payout#",
      macros: [{ name: "payout", from: "kept" }],
    });
    expect(shown("https://t.net/pb?cid=#s2#&p=#payout#")).toContain("CAKE sends #payout# as it is.");
  });

  it("ends where HTTP ends it: at a hash that belongs to no macro", () => {
    const { request, report } = render("https://t.net/pb?cid=#s2&payout=#price#&token=4f1c9ad07b");
    expect(request.target).toBe("/pb?cid=");
    expect(report.request).toMatchObject({ isCutOff: true, neverSent: "#s2&payout=#price#&token=***" });
    expect(report.request.parts.map(({ name }) => name)).toEqual(["", "", "cid"]);
    expect(shown("https://t.net/pb?cid=#s2&x=1")).toMatch(/this is never sent:\n {2}#s2&x=1/);
  });

  it.each([
    ["https://t.net?cid=#s2#", "/?cid=w7KJ2M9XQ4T1"],
    ["https://t.net", "/"],
    ['  https://t.net/a b/ü?x="|\\\u0001y  ', '/a%20b/%C3%BC?x="|\\%01y'],
    ["https://t.net/a/../b/./c?x=%23", "/a/../b/./c?x=%23"],
    ["https://t.net/pb?&&a=1&b&=2", "/pb?&&a=1&b&=2"],
  ])("is sent as it stands, but for what HTTP cannot send: %s", (url, target) => {
    expect(render(url).request.target).toBe(target);
  });

  it.each([
    "ftp://t.net/",
    "t.net/pb?x=1",
    "https:///pb",
    "https://public.example\\@127.0.0.1/",
    "javascript:alert(1)",
    "",
  ])("cannot be called, but can be judged: %s", (url) => {
    const { request, report } = render(url);
    expect(request.origin).toBeUndefined();
    expect(report.errors).toBeGreaterThan(0);
    expect(report.exitCode).toBe(1);
  });

  it("cannot be called if CAKE keeps a macro in the host", () => {
    expect(render("https://#nope#.net/pb?cid=#s2#").request.origin).toBeUndefined();
    expect(render("https://#s3#.net/pb?cid=#s2#").request.origin?.hostname).toBe("sub3.net");
  });

  it("may lose an empty value, and no part moves", () => {
    expect(partsOf("https://t.net/pb?#s3#&x=#price#", set({ s3: "" })).slice(2)).toEqual([
      ["parameter", "", null],
      ["x", "12.50", null],
    ]);
  });

  it("says who makes the call", () => {
    expect(requestOf(GOOD, {}, { postbackTypeId: 1 }).calledBy).toBe("server");
    for (const [postbackTypeId, type] of [
      [2, "iFrame"],
      [3, "image"],
      [4, "JavaScript"],
    ] as const) {
      expect(requestOf(GOOD, {}, { postbackTypeId }).calledBy).toBe("browser");
      expect(shown(GOOD, {}, { postbackTypeId }).replace(/\s+/g, " ")).toContain(
        `The visitor's browser makes this call, not CAKE's server: the type is ${type}.`,
      );
    }
    expect(requestOf(GOOD, {}, { postbackTypeId: 7 }).calledBy).toBe("unknown");
    expect(shown(GOOD, {}, { postbackStatus: "Inactive" })).toContain("CAKE does not call it");
    const markup = render('<img src="https://t.net/pb?cid=#s2#">', {}, { postbackTypeId: 3 });
    expect(markup.report.request.parts).toEqual([]);
    expect(markup.request.origin).toBeUndefined();
  });

  it("is judged as lint judges it, with the project's rules and the suppressions of the resource", () => {
    const url = "https://t.net/pb?payout=#price#&g=#goal#";
    const { report } = render(url, {}, { suppress: { P03: "no clicks here" } });
    expect(report.findings.map(({ rule, suppressed }) => [rule, suppressed])).toEqual([
      ["P03", "no clicks here"],
      ["P08", undefined],
    ]);
    expect(report).toMatchObject({ errors: 0, warnings: 1, suppressed: 1, exitCode: 0 });
    const rules = { ...defaultRuleSettings, macros: ["goal"], severity: { P03: "error" as const } };
    expect(render(url, { rules }).report).toMatchObject({ errors: 1, warnings: 0, exitCode: 1 });
    expect(shown(url, { rules })).toContain("error P03 no-click-id\n  The URL has none of");
  });

  it("needs no more than 80 columns, and no more than one line for a long value", () => {
    const lines = shown(`${GOOD}&x=${"a".repeat(300)}`).split("\n");
    const long = lines.filter((line) => line.length > 80 && !line.startsWith("https://"));
    expect(long).toEqual([]);
  });
});

describe("a secret", () => {
  const secrets = "https://user:pa55word@t.net/key/8f3a9b2c77/pb?token=4f1c9ad07b&cid=#s2#&sign=x#s3#y";

  it("of a URL is masked in all that is shown", () => {
    const { report } = render(secrets);
    const texts = `${JSON.stringify(report)}${shown(secrets)}`;
    for (const secret of ["pa55word", "8f3a9b2c77", "4f1c9ad07b", "user:"])
      expect(texts).not.toContain(secret);
    expect(report.request.url).toBe("https://***@t.net/key/***/pb?token=***&cid=w7KJ2M9XQ4T1&sign=***");
  });

  it("of the command line, in a secret parameter, too", () => {
    const { report } = render("https://t.net/pb?token=#s4#", set({ s4: "given-s3cr3t" }));
    expect(JSON.stringify(report)).not.toContain("given-s3cr3t");
  });

  it("is the complete URL where the program keeps it secret: only names of parts are shown", () => {
    const url = "https://hidden.partner.net/hiddenpath?cid=#s2#&hiddenvalue&x=hiddentext&cut=#hiddentail";
    const more = { isSecret: true, postbackTypeId: 1 };
    const texts = `${JSON.stringify(requestOf(url, {}, more))}${shown(url, {}, more)}`;
    expect(texts).not.toMatch(/hidden|partner\.net|w7KJ/);
    expect(partsOf(url, {}, more)).toEqual([
      ["host", null, null],
      ["path", null, null],
      ["cid", null, "clickId"],
      ["***", null, null],
      ["x", null, null],
      ["cut", null, null],
    ]);
    expect(texts).toContain("The program keeps this URL secret");
    expect(texts).toContain("the rest is never sent");
  });
});
