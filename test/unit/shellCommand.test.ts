import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { ownShell, quoteArgument, setVariable, withVariable } from "../../provider/shellCommand";
import { needing } from "../capabilities";
import { readPowerShell } from "../powershell";

const inSh = (script: string) =>
  execFileSync("sh", ["-c", script], { encoding: "utf8", env: { PATH: process.env.PATH } });

const TEXTS = [
  "plain",
  "/api/2/postbacks.json",
  "a b",
  "$HOME",
  "#s2#",
  "a&b",
  "2004,2023",
  "@scope/name",
  "it's",
  "it's 5 o'clock",
  "post’; calc; ‘.json",
  "it’s “x”",
  "„x“ it's",
  "`ls`",
  "a;b|c>d<e",
  "(x) {y} [z] !w ~ * ?",
  "C:\\Users\\ann",
  "",
  "it's $5",
  "a\nb",
];

describe("an argument", () => {
  needing("bash").each(TEXTS)("is the same text when sh has read it: %j", (text) => {
    expect(inSh(`printf %s ${quoteArgument(text, "sh")}`)).toBe(text);
  });

  it.each(TEXTS)("is the same text when PowerShell has read it: %j", (text) => {
    expect(readPowerShell(`echo ${quoteArgument(text, "powershell")}`)).toEqual([["echo", text]]);
  });

  it("has one form for both, unless it has a single quote and what double quotes do not protect", () => {
    const differing = TEXTS.filter((text) => quoteArgument(text, "sh") !== quoteArgument(text, "powershell"));
    expect(differing).toEqual(["it’s “x”", "„x“ it's", "it's $5"]);
  });
});

describe("a command with a variable", () => {
  needing("bash")("has it in sh, and what follows has it not", () => {
    const line = withVariable("CAKE_ON_DRIFT", "overwrite", "env", "sh");
    expect(inSh(line)).toContain("CAKE_ON_DRIFT=overwrite\n");
    expect(inSh(`${line} > /dev/null; env`)).not.toContain("CAKE_ON_DRIFT");
  });

  it("is one of cmd in PowerShell, which ends with the variable and adds no blank to its value", () => {
    const line = withVariable("CAKE_ON_UNKNOWN", "create:a1-b2-c3,d4-e5-f6", "pulumi up", "powershell");
    const [[program, flag, script = ""] = []] = readPowerShell(line);
    expect([program, flag]).toEqual(["cmd", "/c"]);
    expect(script.split("&&")).toEqual(["set CAKE_ON_UNKNOWN=create:a1-b2-c3,d4-e5-f6", " pulumi up"]);
  });
});

describe("a variable for all that follows", () => {
  needing("bash")("is set in sh", () => {
    expect(inSh(`${setVariable("CAKE_API_KEY", "it's 5", "sh")}; printf %s "$CAKE_API_KEY"`)).toBe("it's 5");
  });

  it.each(["sandbox-key", "it's 5"])("is set in PowerShell: %s", (value) => {
    const line = setVariable("CAKE_API_KEY", value, "powershell");
    expect(readPowerShell(line)).toEqual([["$env:CAKE_API_KEY", "=", value]]);
    expect(line).toMatch(/^\$env:CAKE_API_KEY = ["']/);
  });
});

describe("the shell that commands are printed for", () => {
  it.each([
    ["win32", {}, "powershell"],
    ["win32", { SHELL: "/usr/bin/bash" }, "sh"],
    ["linux", {}, "sh"],
    ["darwin", { SHELL: "/bin/zsh" }, "sh"],
  ] as const)("on %s with %j is %s", (platform, env, shell) => {
    expect(ownShell(env, platform)).toBe(shell);
  });
});

describe("the model of PowerShell", () => {
  it.each([
    "CAKE_ON_DRIFT=overwrite pulumi up",
    "npm ci && npm test",
    "pulumi config set a < b.json",
    "npm install @pulumi/pulumi",
    "pulumi-cake lint #s2#x,y",
    "npx --no -- pulumi-cake adopt --affiliate 1,2",
    'pulumi config set cake:paths \'{"list":"/x"}\'',
    "printf 'a\\n'",
    "export A=b",
    "echo $HOME",
    'echo "$HOME"',
    "for x in a; do echo; done",
    "pulumi up \\ --yes(",
    "echo `ls`",
  ])("refuses what PowerShell reads otherwise than sh: %s", (line) => {
    expect(() => readPowerShell(line)).toThrow();
  });
});
