import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(__dirname, "../..");

/** Why cmd.exe, with which npm runs scripts on Windows, reads a script otherwise than sh; undefined if it does not. */
function misreadByCmd(script: string, tools: ReadonlySet<string>): string | undefined {
  // Between double quotes cmd replaces %NAME% only, and sh replaces what $, a backtick and a lone backslash begin.
  const texts = [...script.matchAll(/"((?:\\"|[^"])*)"/g)].map(([, text = ""]) => text);
  const inText = texts
    .map((text) => /%\w+%|[$`!]|\\(?!["nt])/.exec(text)?.[0])
    .find((one) => one !== undefined);
  if (inText !== undefined) return inText;
  const bare = script.replace(/"(?:\\"|[^"])*"/g, "text");
  const sign = /['$;|<>()^%`\\*?~#]|(?<!&)&(?!&)/.exec(bare)?.[0];
  if (sign !== undefined) return sign;
  const programs = bare.split("&&").map((command) => command.trim().split(/\s+/)[0] ?? "");
  return programs.find((program) => !tools.has(program));
}

const packages = [".", ...readdirSync(join(ROOT, "examples")).map((name) => `examples/${name}`)].filter(
  (folder) => existsSync(join(ROOT, folder, "package.json")),
);
const binaries = readdirSync(join(ROOT, "node_modules/.bin")).map((name) =>
  name.replace(/\.(?:cmd|ps1)$/, ""),
);
const tools = new Set(["node", "npm", ...binaries]);

function scriptsOf(folder: string): [string, string][] {
  const { scripts = {} } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as {
    scripts?: Record<string, string>;
  };
  return Object.entries(scripts);
}

describe("an npm script", () => {
  const all = packages.flatMap((folder) =>
    scriptsOf(folder).map(([name, text]) => [folder, name, text] as const),
  );

  it("is there in this package and in its examples", () => {
    expect(new Set(all.map(([folder]) => folder)).size).toBeGreaterThan(5);
  });

  it.each(all)("means the same in cmd.exe as in sh: %s, %s", (_folder, _name, text) => {
    expect(misreadByCmd(text, tools)).toBeUndefined();
  });

  it.each([
    ["TESTS=all vitest run", "TESTS=all"],
    ["rm -rf dist && tsc", "rm"],
    ["./run.sh", "./run.sh"],
    ["tsc; vitest", ";"],
    ["tsc & vitest", "&"],
    ["vitest 'a b'", "'"],
    ["vitest $HOME", "$"],
    ["tsc > out.txt", ">"],
    ["vitest test/*.ts", "*"],
    ['node -e "echo $HOME"', "$"],
    ['node -e "%PATH%"', "%PATH%"],
    ["tsc && mkdir -p dist", "mkdir"],
  ])("is refused where it does not: %s", (text, sign) => {
    expect(misreadByCmd(text, tools)).toBe(sign);
  });
});
