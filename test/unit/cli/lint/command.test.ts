import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { createColors } from "picocolors";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Read, Subject } from "../../../../provider/cli/input/subject";
import { readLive } from "../../../../provider/cli/lint/live";
import { asPeople } from "../../../../provider/cli/lint/people";
import { readSubjects } from "../../../../provider/cli/lint/read";
import { type LintReport, lint } from "../../../../provider/cli/lint/report";
import { asGithub } from "../../../../provider/cli/output/github";
import { asSarif } from "../../../../provider/cli/output/sarif";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import { ordinaryRules } from "../../../../provider/postback/rules/rule";
import { startCake } from "../../lifecycle/support";
import { environmentWith } from "../environment";

const GOOD = "https://track.partner.net/postback?cid=#s2#&payout=#price#&txid=#leadid#";
const NO_CLICK_ID = "https://track.partner.net/postback?payout=#price#";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

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
const report = (...reads: Read[]): LintReport => lint(reads, { rules: ordinaryRules, today: TODAY });
const found = ({ findings }: LintReport) =>
  findings.map(
    ({ rule, postbacks, suppressed }) => `${rule} ${postbacks.join(" ")}${suppressed ? " borne" : ""}`,
  );

describe("lint reads", () => {
  it("a preview: what would be live after it, and what is not known yet is named", () => {
    const read = readSubjects(
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
    expect(read.notJudged).toEqual([
      { name: "later", source: "preview.json", why: "its URL is known only when it is made" },
      { name: "hidden", source: "preview.json", why: "its URL is secret" },
    ]);
  });

  it("an exported state, secrets in clear text included", () => {
    const secret = (value: string) => ({ [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) });
    const read = readSubjects(
      state({
        plain: declared({ postbackUrl: NO_CLICK_ID }),
        opened: declared({ offerId: 3, postbackUrl: secret(NO_CLICK_ID) }),
        closed: declared({ offerId: 4, postbackUrl: { [SIGNATURE]: SECRET, ciphertext: "x" } }),
        borne: declared({ offerId: 5, postbackUrl: NO_CLICK_ID, suppress: { P03: "by hand" } }),
      }),
      "state.json",
    );
    expect(found(report(read))).toEqual(["P03 plain", "P03 opened", "P03 borne borne"]);
    expect(read.notJudged.map(({ name }) => name)).toEqual(["closed"]);
    expect(report(read)).toMatchObject({ postbacks: 3, errors: 0, warnings: 2, suppressed: 1 });
  });

  it.each(["affiliateId,offerId,postbackUrl", "affiliate_id,offer_id,postback_url"])(
    "a CSV file with the columns %s, and names the line",
    (header) => {
      const read = readSubjects(`${header}\n1,2,${GOOD}\n1,3,${NO_CLICK_ID}\n`, "partners.csv");
      expect(report(read).findings).toMatchObject([{ rule: "P03", source: "partners.csv", line: 3 }]);
    },
  );

  it("what is live in CAKE, by one listing and no write", async () => {
    const { cake } = await startCake();
    cake.add({ affiliateId: 1, offerId: 2, postbackUrl: NO_CLICK_ID });
    const read = await readLive({ CAKE_DOMAIN: cake.url, CAKE_API_KEY: cake.apiKey });
    expect(found(report(read))).toEqual([`P03 postback ${cake.lastId}`]);
    expect(cake.requests.map(({ operation }) => operation)).toEqual(["list", "list"]);
  });

  it("and says that a list is not whole", async () => {
    const { cake } = await startCake();
    cake.add({ affiliateId: 1, offerId: 2, postbackUrl: GOOD });
    cake.behave({ shortBy: 1 });
    const { flaws } = await readLive({ CAKE_DOMAIN: cake.url, CAKE_API_KEY: cake.apiKey });
    expect(flaws).not.toEqual([]);
  });

  it.each([
    ["{}", 'This is not the output of "pulumi preview --json"'],
    ['{"steps": [', "it is not JSON"],
    ["affiliateId,offer\n1,2\n", "has no column for the URL"],
    ['a,"b\n', "is neither JSON nor CSV"],
  ])("nothing else: %s", (given, said) => {
    expect(() => readSubjects(given, "x")).toThrow(said);
  });
});

describe("lint judges together", () => {
  it("the postbacks of one source, and not of two", () => {
    const twins = state({ a: declared(), b: declared({ postbackUrl: `${GOOD}&v=2` }) });
    const single = (name: string) => readSubjects(state({ [name]: declared() }), name);
    expect(found(report(readSubjects(twins, "state.json")))).toEqual(["P20 a b"]);
    expect(found(report(single("a"), single("b")))).toEqual([]);
  });

  it("those that have one name", () => {
    const csv = `name,affiliateId,offerId,postbackUrl\nx,1,2,${GOOD}\nx,1,2,${GOOD}&v=2\n`;
    expect(found(report(readSubjects(csv, "x.csv")))).toEqual(["P20 x x"]);
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
  );
  const subject = fc
    .record({ name: hostile, tail: hostile, parameter: hostile })
    .map(({ name, tail, parameter }): Subject => {
      const postbackUrl = `https://t.partner.net/${tail}?${parameter}=s3cr3t-value&token=s3cr3t-value`;
      return {
        name,
        source: `dir/${tail}`,
        line: 2,
        affiliateId: 1,
        offerId: 1,
        postbackUrl,
        isSecret: false,
      };
    });

  it("lets a URL or a name do anything, or shows a value", () => {
    const seed = { seed: 5, numRuns: 200 };
    fc.assert(
      fc.property(fc.array(subject, { minLength: 1, maxLength: 4 }), (subjects) => {
        const one = report({
          subjects,
          notJudged: [{ name: "\u001b[2J", source: "x", why: "y" }],
          flaws: [],
        });
        const people = asPeople(one, createColors(false));
        const github = asGithub(one);
        const sarif = JSON.stringify(asSarif(one, "0.0.0"));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
        expect(people + github).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
        for (const line of github.split("\n"))
          expect(line).toMatch(/^::(error|warning) file=[^:,]*,line=2,title=[^:,]*::/);
        for (const line of people.split("\n")) expect(line).not.toMatch(/^::/);
        for (const output of [people, github, sarif]) expect(output).not.toContain("s3cr3t-value");
      }),
      seed,
    );
  });
});

describe("SARIF", () => {
  it("has a rule for every finding, and the reason for which one is borne", () => {
    const read = readSubjects(
      state({ a: declared({ postbackUrl: NO_CLICK_ID, suppress: { P03: "by hand" } }) }),
      "state.json",
    );
    expect(asSarif(report(read), "1.2.3")).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "pulumi-cake", semanticVersion: "1.2.3" } },
          results: [
            {
              ruleId: "P03",
              level: "warning",
              locations: [{ physicalLocation: { artifactLocation: { uri: "state.json" } } }],
              suppressions: [{ kind: "external", justification: "by hand" }],
            },
          ],
        },
      ],
    });
  });
});

describe("the command", () => {
  const main = join(__dirname, "../../../../provider/cli/main.ts");
  async function run(args: string[], input = "", env: Record<string, string> = {}) {
    const child = spawn(process.execPath, ["--import", "tsx", main, "lint", ...args], {
      env: environmentWith(env),
    });
    const code = new Promise((resolve) => child.once("close", resolve));
    child.stdin.on("error", () => undefined).end(input);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, stdout, stderr };
  }
  const warned = preview([["create", "new", declared({ postbackUrl: NO_CLICK_ID })]]);

  it("ends with 0 for warnings, with 1 where they are to count, and with what the project decides", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cake-lint-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const rules = join(folder, "rules.json");
    writeFileSync(rules, '{"severity": {"P03": "error"}}');
    const ends = await Promise.all([
      run([], warned),
      run(["--fail-on", "warning"], warned),
      run(["--rules", rules], warned),
      run([], warned, { CAKE_RULES: '{"severity": {"P03": "off"}}' }),
    ]);
    expect(ends.map(({ code }) => code)).toEqual([0, 1, 1, 0]);
    expect(ends[0]?.stdout).toContain("1 postback: 0 errors, 1 warning,");
  });

  it("ends with 2 for what it cannot read or judge", async () => {
    const hidden = preview([["create", "new", declared({ postbackUrl: "[secret]" })]]);
    const ends = await Promise.all([
      run([], "{"),
      run(["no-such-file.json"]),
      run(["--strict"], hidden),
      run(["--nothing-like-that"]),
      run([], warned, { CAKE_RULES: "{" }),
    ]);
    expect(ends.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    expect(ends[4]?.stderr).toContain("The rules in CAKE_RULES cannot be read: it is not valid JSON.");
  });
});
