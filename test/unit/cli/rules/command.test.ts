import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createColors } from "picocolors";
import { describe, expect, it, onTestFinished } from "vitest";
import { findRule } from "../../../../provider/cli/rules/findRule";
import { prettyRule, prettyTable } from "../../../../provider/cli/rules/pretty";
import { type RulesReport, rulesOf } from "../../../../provider/cli/rules/report";
import { builtInRules } from "../../../../provider/postback/rules/builtInRules";
import { defaultRuleSettings } from "../../../../provider/postback/rules/rule";
import { ruleSettingsFrom } from "../../../../provider/settings/ruleSettings";
import { runCommand } from "../command";

const PLAIN = createColors(false);
const all = rulesOf(defaultRuleSettings);
const PROJECT = JSON.stringify({
  severity: { P03: "error", P25: "off", "X-2": "off" },
  own: [
    { id: "X01", pattern: "old\\.example", message: "goes to the old tracker" },
    { id: "X-2", pattern: "a", message: "has an a", severity: "error" },
  ],
});
const ofProject = rulesOf(ruleSettingsFrom(PROJECT));
const lineOf = (table: string, id: string) => table.split("\n").find((line) => line.startsWith(`${id} `));

describe("the list of rules", () => {
  it("has each rule once, in the order of the IDs, and those of the project last", () => {
    expect(all.map(({ id }) => id)).toEqual(builtInRules.map(({ id }) => id).sort());
    expect(ofProject.slice(all.length).map(({ id }) => id)).toEqual(["X01", "X-2"]);
  });

  it("shows the severity in the project, and the default where that is another one", () => {
    const table = prettyTable(ofProject, PLAIN, Number.POSITIVE_INFINITY);
    expect(lineOf(table, "P01")).toMatch(/^P01 +foreign-macro +error +a macro/);
    expect(lineOf(table, "P03")).toMatch(/error \(default: warning\)/);
    expect(lineOf(table, "P25")).toMatch(/off \(default: warning\)/);
    expect(lineOf(table, "X01")).toMatch(/^X01 +warning +goes to the old tracker/);
    expect(lineOf(table, "X-2")).toMatch(/^X-2 +off \(default: error\) +has an a/);
  });

  it("says where a rule runs", () => {
    const table = prettyTable(all, PLAIN, Number.POSITIVE_INFINITY);
    expect(lineOf(table, "P01")).toMatch(/ everywhere$/);
    expect(lineOf(table, "P16")).toMatch(/ preview, up, lint, review, inventory$/);
  });

  it("has no line that is wider than the terminal", () => {
    const lines = prettyTable(ofProject, PLAIN, 80).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("a rule", () => {
  it.each(["P08", "p08", "unknown-macro", "Unknown-Macro"])("is found as %s", (sought) => {
    expect(findRule(sought, all).id).toBe("P08");
  });

  it("of the project is found by its ID, but not by the name that all of them have", () => {
    expect(findRule("x01", ofProject).pattern).toBe("old\\.example");
    expect(() => findRule("own-rule", ofProject)).toThrow("[rules-unknown]");
    expect(() => findRule("X01", all)).toThrow("[rules-unknown]");
  });

  it.each([
    ["macro", "Did you mean P01 foreign-macro, P07 torn-macro, P08 unknown-macro or P09 escaped-macro?"],
    ["unknwn-macro", "Did you mean P08 unknown-macro"],
    ["P8", "Did you mean P08 unknown-macro"],
    ["no such rule at all", "Nothing is shown. List all rules: pulumi-cake rules [rules-unknown]"],
  ])("that does not exist is answered with similar ones: %s", (sought, answer) => {
    expect(() => findRule(sought, all)).toThrow(answer);
  });

  it("shows no secret of a URL that was pasted instead", () => {
    expect(() => findRule("https://t.example/?token=s3cr3t", all)).toThrow("token=***");
  });

  it.each(all.map((rule) => [rule.id, rule] as const))("has a page that explains it: %s", (id, rule) => {
    const page = prettyRule(rule, PLAIN, Number.POSITIVE_INFINITY);
    for (const said of [rule.name, rule.title, rule.why, rule.fix, rule.source, rule.page])
      expect(page).toContain(said);
    expect(page).toContain(`Severity    ${rule.severity}\n`);
    expect(page).toContain(`Runs in     ${rule.runsIn.join(", ")}\n`);
    expect(page).toContain(`suppress: { ${id}: "why this URL is right" }`);
    expect(page).toContain(`"severity": { "${id}": "error" }`);
    if (rule.good !== undefined) expect(page).toContain(`Good        ${rule.good}\n`);
    expect(page).not.toMatch(/undefined|^ *\S+ *$/m);
  });

  it("fits its terminal, but for URLs, which stay in one piece", () => {
    for (const rule of ofProject) {
      const long = prettyRule(rule, PLAIN, 80)
        .split("\n")
        .filter((line) => line.length > 80 && !/^(?:Bad|Good) |^Set its severity/.test(line));
      expect(long).toEqual([]);
    }
  });

  it("of the project shows its pattern, and how to suppress it where its ID has a hyphen", () => {
    const page = prettyRule(findRule("X-2", ofProject), PLAIN, 80);
    expect(page).toContain("X-2 own-rule: has an a\n");
    expect(page).toContain("Severity    off (default: error)\n");
    expect(page).toContain("Pattern     a\n");
    expect(page).toContain('suppress: { "X-2": ');
  });

  it("of the project does nothing to a terminal, whatever its message holds", () => {
    const own = [{ id: "X1", pattern: "a", message: "\u001b[2Jgone", severity: "error" as const }];
    const [rule] = rulesOf({ ...defaultRuleSettings, own }).slice(-1);
    expect(rule && prettyRule(rule, PLAIN, 80)).not.toContain("\u001b");
    expect(prettyTable(rulesOf({ ...defaultRuleSettings, own }), PLAIN, 80)).not.toContain("\u001b");
  });
});

describe("the command", { timeout: 60_000 }, () => {
  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    runCommand(["rules", ...args], { env });

  it("ends with 0 for what it prints, and with 2 for a rule or rules that it cannot find or read", async () => {
    const [list, page, json, unknown, broken] = await Promise.all([
      run([]),
      run(["p08"]),
      run(["P08", "--format", "json"], { CAKE_RULES: PROJECT }),
      run(["P99"]),
      run(["P08"], { CAKE_RULES: "{" }),
    ]);
    expect(list).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("fires-twice") });
    expect(page).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringMatching(/^P08 unknown-macro: /),
    });
    const { version, rules } = JSON.parse(json.stdout) as RulesReport;
    expect([version, rules.map(({ id }) => id)]).toEqual([1, ["P08"]]);
    expect(unknown).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("[rules-unknown]"),
    });
    expect(broken).toMatchObject({ code: 2, stdout: "" });
  });

  it("shows the rules of the stack that --stack names", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cake-rules-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const settings = { "cake:rules": { value: PROJECT, secret: false } };
    const program = `#!${process.execPath}
const asked = process.argv.slice(2).join(" ");
if (asked.startsWith("version")) console.log("v3.260.0");
if (/config.*--stack prod/.test(asked)) console.log(${JSON.stringify(JSON.stringify(settings))});
`;
    writeFileSync(join(folder, "pulumi"), program);
    chmodSync(join(folder, "pulumi"), 0o755);
    const { code, stdout } = await run(["X01", "--stack", "prod", "--cwd", folder], { PATH: folder });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("old\\.example") });
  });
});
