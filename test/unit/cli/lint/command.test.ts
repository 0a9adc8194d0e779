import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseContents } from "../../../../provider/cli/input/parseSource";
import type { PostbackSource, Subject } from "../../../../provider/cli/input/postbackSource";
import { lint } from "../../../../provider/cli/lint/lint";
import type { LintReport } from "../../../../provider/cli/lint/report";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import { crossRules } from "../../../../provider/postback/rules/crossRules";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { startCake } from "../../lifecycle/support";
import { runCommand } from "../command";
import { githubText, prettyText, reportOf, sarifText } from "./support";

const GOOD = "https://track.partner.net/postback?cid=#s2#&payout=#price#&txid=#leadid#";
const NO_CLICK_ID = "https://track.partner.net/postback?payout=#price#";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The rules that compare postbacks with one another. */
const TOGETHER = crossRules.map(({ id }) => id);

type Properties = Record<string, unknown>;

const urnOf = (name: string) => `urn:pulumi:dev::shop::${TYPE_TOKEN}::${name}`;
const declared = (changes: Properties = {}): Properties => ({
  ...{ affiliateId: 1, offerId: 2, postbackUrl: GOOD, postbackStatus: "active", postbackTypeId: 1 },
  ...changes,
});

function preview(steps: readonly (readonly [op: string, name: string, inputs: Properties])[]): string {
  const stepOf = ([op, name, inputs]: (typeof steps)[number]) => {
    const state = { urn: urnOf(name), type: TYPE_TOKEN, inputs };
    return op === "delete"
      ? { op, urn: urnOf(name), oldState: state }
      : { op, urn: urnOf(name), newState: state };
  };
  return JSON.stringify({ steps: steps.map(stepOf) });
}

function state(resources: Readonly<Record<string, Properties>>): string {
  const list = Object.entries(resources).map(([name, outputs]) => ({
    ...{ urn: urnOf(name), type: TYPE_TOKEN, custom: true, id: "1", inputs: outputs, outputs },
  }));
  return JSON.stringify({ version: 3, deployment: { resources: list } });
}

const TODAY = new Date("2026-11-22T00:00:00Z");
const readText = (text: string, source = "x.csv"): PostbackSource => ({
  ...{ source, isFile: true },
  ...parseContents(text, source),
});
const report = (...reads: PostbackSource[]): LintReport =>
  reportOf(lint(reads, () => ({ rules: defaultRuleSettings, today: TODAY })));
const reportOn = (text: string): LintReport => report(readText(text));
const found = ({ findings }: LintReport) =>
  findings.map(
    ({ rule, postbacks, suppressed }) => `${rule} ${postbacks.join(" ")}${suppressed ? " suppressed" : ""}`,
  );

describe("lint reads", () => {
  it("a preview: what would be live after it, and what is not known yet is named", () => {
    const read = readText(
      preview([
        ["create", "new", declared({ postbackUrl: NO_CLICK_ID })],
        ["same", "same", declared({ offerId: 3, postbackUrl: NO_CLICK_ID })],
        ["delete", "gone", declared({ offerId: 4, postbackUrl: NO_CLICK_ID })],
        ["create", "later", declared({ offerId: 5, postbackUrl: UNKNOWN })],
        ["update", "hidden", declared({ offerId: 6, postbackUrl: "[secret]" })],
      ]),
      "preview.json",
    );
    expect(found(report(read))).toEqual(["P03 new", "P03 same"]);
    expect(report(read).uncheckedPostbacks).toEqual([
      { name: "later", source: "preview.json", why: "its URL is known only after the run" },
      { name: "hidden", source: "preview.json", why: "its URL is secret" },
    ]);
  });

  it("an exported state, secrets in clear text included", () => {
    const secret = (value: string) => ({ [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) });
    const read = readText(
      state({
        plain: declared({ postbackUrl: NO_CLICK_ID }),
        opened: declared({ offerId: 3, postbackUrl: secret(NO_CLICK_ID) }),
        closed: declared({ offerId: 4, postbackUrl: { [SIGNATURE]: SECRET, ciphertext: "x" } }),
        allowed: declared({ offerId: 5, postbackUrl: NO_CLICK_ID, suppress: { P03: "by hand" } }),
      }),
    );
    expect(found(report(read))).toEqual(["P03 plain", "P03 opened", "P03 allowed suppressed"]);
    expect(read.uncheckedPostbacks.map(({ name }) => name)).toEqual(["closed"]);
    expect(report(read)).toMatchObject({ postbacks: 3, errors: 0, warnings: 2, suppressed: 1 });
  });

  it.each(["Affiliate ID;Offer ID;Postback URL", "affiliateId;offerId;postbackUrl", "Partner;Offer;URL"])(
    "a CSV file with the columns %s, and names the line",
    (header) => {
      const text = `${header}\n1;2;${GOOD}\n1;3;${NO_CLICK_ID}\n`;
      expect(reportOn(text).findings).toMatchObject([{ rule: "P03", source: "x.csv", line: 3 }]);
    },
  );

  it("one URL a line, also one of another platform's macros or without its scheme", () => {
    const text = "https://track.partner.net/pb?cid={clickid}\n\ntrack.partner.net/pb?cid=#s2#\r\nnonsense\n";
    const { findings, postbacks, incomplete } = reportOn(text);
    expect(postbacks).toBe(3);
    expect(incomplete).toEqual([]);
    expect(new Set(findings.map(({ line }) => line))).toEqual(new Set([1, 3, 4]));
  });

  it.each([
    ["{}", 'This is not the output of "pulumi preview --json"'],
    ["[", "it is not JSON"],
    ['{"steps": [', "it is not JSON"],
    ["", "must be a CSV, found an empty file"],
    ["hello", "must be a CSV with a header such as"],
    ["error: the program failed\nUsage: pulumi preview", "must be a CSV with a header such as"],
    ["<!DOCTYPE html><title>Sign in</title>", "must be a CSV, found an HTML or XML page"],
    ["PK\u0003\u0004\u0014\u0000", "must be a CSV, found an Excel workbook"],
    ["affiliateId,offer\n1,2\n", "must have a column postback_url"],
    ['url,name\na,"b\n', "line 2: must close the quotation mark"],
  ])("nothing else: %s", (given, said) => {
    expect(() => parseContents(given, "x")).toThrow(said);
  });

  it("a source without a postback that can be judged, and calls it incomplete", () => {
    const nothing = "x.csv has no postback that can be checked";
    const hidden = preview([["create", "new", declared({ postbackUrl: "[secret]" })]]);
    for (const text of ["affiliate_id,postback_url\n", preview([]), state({}), hidden])
      expect(report(readText(text), readText(state({ a: declared() }))).incomplete).toEqual([nothing]);
  });

  it("the rest of a CSV of which cells cannot be read, and calls it incomplete", () => {
    const url = "https://t.partner.net/pb?token=s3cr3t";
    const text = `affiliate_id,offer_id,postback_url\n${url},2,${NO_CLICK_ID}\nAcme,3,${GOOD}\n`;
    const one = reportOn(text);
    expect(one.incomplete).toEqual([
      'x.csv, line 2, column affiliate_id: must be a CAKE affiliate ID such as 67890, found "https://t.partner.net/pb?token=***"',
      'x.csv, line 3, column affiliate_id: must be a CAKE affiliate ID such as 67890, found "Acme"',
    ]);
    expect(found(one)).toEqual(["P03 line 2"]);
    expect(JSON.stringify(one)).not.toContain("NaN");
  });
});

describe("lint judges together", () => {
  it("the postbacks of one source, and not of two", () => {
    const twins = state({ a: declared(), b: declared({ postbackUrl: `${GOOD}&v=2` }) });
    const single = (name: string) => readText(state({ [name]: declared() }), name);
    expect(found(reportOn(twins))).toEqual(["P20 a b"]);
    expect(found(report(single("a"), single("b")))).toEqual([]);
  });

  it("those that have one name", () => {
    const csv = `name,affiliateId,offerId,postbackUrl\nx,1,2,${GOOD}\nx,1,2,${GOOD}&v=2\n`;
    expect(found(reportOn(csv))).toEqual(["P20 x x"]);
  });

  it("those of an admin's export, where names stand beside the ids and a status begins with a capital", () => {
    const header = "Postback ID;Affiliate;Offer;Status;URL";
    const rows = [7, 8].map((id) => `${id};Acme Media (501);Sale (12);Active;${GOOD}&v=${id}`);
    const paused = `9;Acme Media (501);Sale (12);Inactive;${GOOD}`;
    expect(found(reportOn([header, ...rows, paused].join("\n")))).toEqual(["P20 postback 7 postback 8"]);
  });

  it("neither those of two instances with equal ids, nor one postback that a file holds twice", () => {
    const header = "instance,postback_id,affiliate_id,offer_id,postback_url";
    const rows = ["us.example.com,7", "eu.example.com,7", "us.example.com,7"].map(
      (key) => `${key},1,2,${GOOD}`,
    );
    expect(found(reportOn([header, ...rows].join("\n")))).toEqual([]);
  });

  it("and says which rules could not judge them for want of a column or a cell", () => {
    const urls = `${GOOD}\n${GOOD}&v=2\n`;
    const [affiliate, offer, type] = [
      { source: "x.csv", rules: TOGETHER, postbacks: 2, why: "the affiliate ID is unknown" },
      { source: "x.csv", rules: ["P20"], postbacks: 2, why: "the offer ID is unknown" },
      { source: "x.csv", rules: ["P23"], postbacks: 2, why: "the type is unknown" },
    ];
    expect(reportOn(urls).uncheckedRules).toEqual([affiliate, offer, type]);
    expect(reportOn(`url,type\n${GOOD},Server\n${GOOD},Server`).uncheckedRules).toEqual([affiliate, offer]);
    expect(reportOn(`aff id,oid,url,type\n1,,${GOOD},Server\n2,3,${GOOD},Server`).uncheckedRules).toEqual([
      { ...offer, postbacks: 1 },
    ]);
    expect(prettyText(reportOn(urls))).toContain(
      `not checked: ${TOGETHER.join(", ")} for 2 postbacks of x.csv: the affiliate ID is unknown`,
    );
  });
});

describe("no output of lint", () => {
  const hostile = fc.constantFrom(
    "\u001b[2J",
    "::error::x",
    "\r\n::set-output name=a::b",
    "<img src=x>",
    "@everyone",
    "%0A::error::",
    "\u202e",
    "\u2028",
    "https://t.partner.net/?token=s3cr3t-value",
  );
  const subject = fc
    .record({ name: hostile, tail: hostile, parameter: hostile })
    .map(({ name, tail, parameter }): Subject => {
      const postbackUrl = `https://t.partner.net/${tail}?${parameter}=plain&token=s3cr3t-value`;
      return {
        ...{ name, isNamed: true, line: 2, affiliateId: 1, offerId: 1 },
        ...{ postbackUrl, isSecret: false },
      };
    });

  it("lets a URL or a name do anything, or shows a secret", () => {
    const seed = { seed: 5, numRuns: 200 };
    fc.assert(
      fc.property(fc.array(subject, { minLength: 1, maxLength: 4 }), hostile, (subjects, source) => {
        const one = report({
          ...{ source: `dir/${source.replace(/^https:.*/, "a,b:c")}`, isFile: true, subjects },
          uncheckedPostbacks: [{ name: source, why: "y", reason: "hidden" }],
          incomplete: [source.replace(/^https:.*/, "x")],
        });
        const pretty = prettyText(one);
        const github = githubText(one);
        const sarif = sarifText(one);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
        expect(pretty + github).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
        for (const line of github.split("\n"))
          expect(line).toMatch(/^::(?:(error|warning) file=[^:,]*,line=2,title=[^:,]*|notice|error)::/);
        for (const line of pretty.split("\n")) expect(line).not.toMatch(/^::/);
        for (const output of [pretty, github, sarif]) expect(output).not.toContain("s3cr3t-value");
      }),
      seed,
    );
  });
});

describe("the command", () => {
  const run = (args: string[], input: string | Buffer = "", env: Record<string, string> = {}) =>
    runCommand(["lint", ...args], { input, env });
  const warned = preview([["create", "new", declared({ postbackUrl: NO_CLICK_ID })]]);

  function folderWith(files: Readonly<Record<string, string | Buffer>>): (name: string) => string {
    const folder = mkdtempSync(join(tmpdir(), "cake-lint-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
    return (name) => join(folder, name);
  }

  it("ends with 0 for warnings, with 1 where they are to count, and with what the project decides", async () => {
    const file = folderWith({ "rules.json": '{"severity": {"P03": "error"}}' });
    const decided = JSON.stringify({
      ...JSON.parse(warned),
      config: { "cake:rules": '{"severity": {"P03": "error"}}' },
    });
    const ends = await Promise.all([
      run([], warned),
      run(["--fail-on", "warning"], warned),
      run(["--rules", file("rules.json")], warned),
      run([], warned, { CAKE_RULES: '{"severity": {"P03": "off"}}' }),
      run([], decided, { CAKE_RULES: '{"severity": {"P03": "off"}}' }),
    ]);
    expect(ends.map(({ code }) => code)).toEqual([0, 1, 1, 0, 1]);
    expect(ends[0]?.stdout).toContain("1 postback: 0 errors, 1 warning,");
  });

  it("ends with 2 for what it cannot read or judge, and says which source it is", async () => {
    const hidden = preview([["create", "new", declared({ postbackUrl: "[secret]" })]]);
    const file = folderWith({ "good.json": warned, "bad.json": "[]", "head.csv": "id,url\n" });
    const ends = await Promise.all([
      run([], ""),
      run([file("good.json"), file("bad.json")]),
      run(["no-such-file.json"]),
      run([file("head.csv")]),
      run([], hidden),
      run(["--nothing-like-that"]),
      run([], warned, { CAKE_RULES: "{" }),
      run([], warned, { CAKE_RULES: '{"severty": {}}' }),
      run(["--live"], ""),
    ]);
    expect(ends.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2]);
    expect(ends[0]?.stderr).toBe("Standard input: must be a CSV, found an empty file [csv-invalid]\n");
    expect(ends[1]?.stderr).toContain(
      `${file("bad.json")}: This is not the output of "pulumi preview --json"`,
    );
    expect(ends[3]?.stdout).toContain("head.csv has no postback that can be checked");
    expect(ends[6]?.stderr).toContain("The rules in CAKE_RULES cannot be used: it is not valid JSON.");
    expect(ends[7]?.stderr).toContain("severty is not a setting of cake:rules (did you mean severity?)");
    expect(ends[8]?.stderr).toMatch(
      /^No CAKE instance is set: .*\nNo API key is set: .*\[settings-missing\]\n$/,
    );
  });

  it("judges URLs that are arguments, and files and standard input in UTF-16 or with a byte order mark", async () => {
    const csv = Buffer.from(`\uFEFFaffiliate_id\toffer_id\turl\n1\t2\t${NO_CLICK_ID}\n`, "utf16le");
    const file = folderWith({ "utf16.csv": csv, "bom.json": `\uFEFF${warned}` });
    const ends = await Promise.all([
      run(["https://track.partner.net/pb?cid={clickid}&token=s3cr3t", "track.partner.net/pb?cid=#s2#"]),
      run([file("utf16.csv"), "--fail-on", "warning"]),
      run([file("bom.json"), "--fail-on", "warning"]),
      run([], csv),
      run([], Buffer.from(`\uFEFF${warned}`, "utf16le").swap16()),
    ]);
    expect(ends.map(({ code }) => code)).toEqual([1, 1, 1, 0, 0]);
    expect(ends[0]?.stdout).toContain("2 postbacks: ");
    for (const { stdout } of ends.slice(1)) expect(stdout).toContain("P03");
    expect(ends.map(({ stdout, stderr }) => stdout + stderr).join("")).not.toContain("s3cr3t");
  });

  it("judges what is live in the instance that --domain names, by one listing and no write", async () => {
    const { cake } = await startCake();
    cake.add({ affiliateId: 1, offerId: 2, postbackUrl: NO_CLICK_ID });
    const env = { CAKE_DOMAIN: "127.0.0.1:9", CAKE_API_KEY: cake.apiKey };
    const live = await run(["--live", "--domain", cake.url, "--format", "json"], "", env);
    expect(live).toMatchObject({ code: 0, stderr: "" });
    const { findings, incomplete } = JSON.parse(live.stdout) as LintReport;
    expect(findings).toMatchObject([{ rule: "P03", postbacks: [`postback ${cake.lastId}`], isFile: false }]);
    expect(incomplete).toEqual([]);
    expect(cake.requests.map(({ operation }) => operation)).toEqual(["list", "list"]);
    cake.behave({ shortBy: 1 });
    expect((await run(["--live"], "", { ...env, CAKE_DOMAIN: cake.url })).code).toBe(2);
  });

  it("takes domain, rules and key from the configuration of the stack that --stack names", async () => {
    const { cake } = await startCake();
    cake.add({ affiliateId: 1, offerId: 2, postbackUrl: NO_CLICK_ID });
    const settings = {
      "cake:domain": { value: cake.url, secret: false },
      "cake:apiKey": { value: cake.apiKey, secret: true },
      "cake:rules": { value: '{"severity": {"P03": "error"}}', secret: false },
    };
    const program = `#!${process.execPath}
const asked = process.argv.slice(2).join(" ");
if (asked.startsWith("version")) console.log("v3.260.0");
if (/config.*--stack prod/.test(asked)) console.log(${JSON.stringify(JSON.stringify(settings))});
`;
    const file = folderWith({ pulumi: program });
    chmodSync(file("pulumi"), 0o755);
    const live = await run(["--live", "--stack", "prod", "--cwd", file(".")], "", { PATH: file(".") });
    expect(live).toMatchObject({ code: 1, stderr: "" });
    expect(live.stdout).toContain("error P03");
    expect(live.stdout).not.toContain(cake.apiKey);
    const elsewhere = ["--live", "--stack", "prod", "--cwd", file("."), "--domain", "other.example.com"];
    expect((await run(elsewhere, "", { PATH: file(".") })).code).toBe(2);
  });

  it("says line by line what --live lacks", async () => {
    const { code, stderr } = await run(["--live"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^No CAKE instance is set.*\nNo API key is set.*\n$/);
  });
});
