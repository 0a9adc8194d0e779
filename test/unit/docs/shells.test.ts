import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { setVariable, withVariable } from "../../../provider/shellCommand";
import { documentedCommands } from "../../docs/commandLine";
import { pagesIn } from "../../docs/pages";
import { readPowerShell } from "../../powershell";

const ROOT = join(__dirname, "../../..");

/** What docs/support.md says to type in PowerShell instead of a line of a page. */
function inPowerShell(line: string): string {
  const [, name = "", value = ""] = /^export (\w+)=(\S+)/.exec(line) ?? [];
  if (name !== "") return setVariable(name, value.replace(/[<>]/g, ""), "powershell");
  const [, variable = "", given = "", command = ""] = /^([A-Z_]+)=(\S+) (.*)$/.exec(line) ?? [];
  return variable === "" ? line : withVariable(variable, given.replaceAll('"', ""), command, "powershell");
}

/** Loops of CI and of many stacks, the README's two commands, and a PATH. Their pages or docs/support.md say so. */
const POSIX_ONLY: readonly (readonly [page: string, line: RegExp])[] = [
  ["README.md", /^npm ci && npm (?:run demo|test) +#/],
  ["docs/quickstart-python.md", /^export PATH=/],
  ["docs/quickstart-yaml.md", /^export PATH=/],
  ["docs/reliability.md", /preflight && pulumi up$/],
  ["examples/sharded/README.md", /^for stack in |pulumi up --stack "\$stack"|^done$|\| grep -o |xargs /],
];

const isPosixOnly = (page: string, line: string) =>
  POSIX_ONLY.some(([place, pattern]) => place === page && pattern.test(line));

function linesOf(page: string): string[] {
  const blocks = readFileSync(join(ROOT, page), "utf8").matchAll(/^( *)```sh\n([\s\S]*?)^\1```/gm);
  return [...blocks].flatMap(([, , block = ""]) => block.split("\n").map((line) => line.trim()));
}

describe("a command of the docs", () => {
  it.each(pagesIn(ROOT))("means the same in PowerShell, with what docs/support.md says: %s", (page) => {
    const lines = linesOf(page).filter((line) => line !== "" && !isPosixOnly(page, line));
    for (const line of lines) expect(() => readPowerShell(inPowerShell(line)), line).not.toThrow();
  });

  it("is named as one for POSIX only where it is", () => {
    for (const [page, pattern] of POSIX_ONLY) {
      const lines = linesOf(page).filter((line) => pattern.test(line));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(() => readPowerShell(line), line).toThrow();
    }
  });

  it("that sets a variable is translated in docs/support.md as pulumi-cake prints it", () => {
    const support = readFileSync(join(ROOT, "docs/support.md"), "utf8");
    for (const text of [
      setVariable("NAME", "value", "sh"),
      setVariable("NAME", "value", "powershell"),
      withVariable("NAME", "value", "command", "sh"),
      withVariable("NAME", "value", "command", "powershell"),
    ])
      expect(support).toContain(`\`${text}\``);
  });
});

describe("a command of the help", () => {
  it("means the same in PowerShell as it stands", async () => {
    const commands = await documentedCommands();
    const lines = commands.flatMap(({ help }) => [
      ...help.uses.map(({ command }) => command),
      ...help.about.split("\n").filter((line) => /^ +(?:npx|pulumi|CAKE_)/.test(line)),
    ]);
    expect(lines.length).toBeGreaterThan(24);
    for (const line of lines) expect(() => readPowerShell(line), line).not.toThrow();
  });
});

describe("docs/support.md", () => {
  it("names tests that exist for what it says was simulated", () => {
    const support = readFileSync(join(ROOT, "docs/support.md"), "utf8");
    const named = [...support.matchAll(/`([\w/]+\.test\.ts)`/g)].map(([, path = ""]) => path);
    const all = readdirSync(join(ROOT, "test/unit"), { recursive: true, encoding: "utf8" }).map((path) =>
      path.split(sep).join("/"),
    );
    expect(named.length).toBeGreaterThan(12);
    expect(
      named.filter(
        (name) =>
          !all.some((path) => `test/unit/${path}`.endsWith(`/${name}`) || `test/unit/${path}` === name),
      ),
    ).toEqual([]);
  });
});
