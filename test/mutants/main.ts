/**
 * Takes each guard out of the code in turn and runs the cases that must notice. `npm run test:mutants`; with words after
 * it, only the guards that hold one of them.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import Table from "cli-table3";
import pc from "picocolors";
import { BuildWithoutGuard } from "./build";
import { MUTANT_VARIABLE, type Mutant, withoutGuard } from "./mutant";
import { promises } from "./mutants";

const ROOT = resolve(__dirname, "../..");
const VITEST = join(ROOT, "node_modules/vitest/vitest.mjs");
const MAX_RUN_MS = 300_000;
const run = promisify(execFile);

interface Case {
  readonly fullName: string;
  readonly status: string;
}

type Cases = Mutant["cases"];

async function main(words: readonly string[]): Promise<void> {
  const all = Object.entries(promises).flatMap(([promise, ones]) =>
    ones.map((mutant) => ({ promise, mutant })),
  );
  const chosen = all.filter(
    ({ mutant }) => words.length === 0 || words.some((word) => mutant.guard.includes(word)),
  );
  for (const { mutant } of chosen)
    withoutGuard(readFileSync(join(ROOT, "provider", mutant.file), "utf8"), mutant);
  const whole = await casesOf(union(chosen.map(({ mutant }) => mutant.cases)));
  const survivors: string[] = [];
  const rows: [string, string, string, string][] = [];
  const waiting = chosen.map((one, index) => ({ ...one, index }));
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { promise, mutant, index } = next;
      const problems = problemsOf(mutant.cases, whole, await casesWithout(mutant));
      if (problems.length > 0) survivors.push(`${mutant.guard}: ${problems.join("; ")}`);
      const names = titlesOf(mutant.cases).join("\n");
      rows[index] = [
        promise,
        mutant.guard,
        names,
        problems.length > 0 ? pc.red("survives") : pc.green("noticed"),
      ];
      console.log(`${problems.length > 0 ? pc.red("✗") : pc.green("✓")} ${mutant.guard}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  const head = ["Promise", "Guard taken out", "Cases that notice", "Result"];
  const table = new Table({ head, style: { head: [] } });
  table.push(...rows);
  console.log(table.toString());
  for (const survivor of survivors) console.error(pc.red(survivor));
  console.log(`${chosen.length - survivors.length} of ${chosen.length} guards are held by tests.`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
}

/** What is wrong: a case that fails by itself, one that is not there, or one that does not notice. */
function problemsOf(cases: Cases, whole: readonly Case[], mutated: readonly Case[]): string[] {
  return titlesOf(cases).flatMap((title) => {
    const isCalled = ({ fullName }: Case) => fullName.includes(title);
    const before = whole.filter(isCalled);
    if (before.length === 0) return [`no case is called ${JSON.stringify(title)}`];
    if (before.some(({ status }) => status !== "passed")) return [`${JSON.stringify(title)} fails by itself`];
    const noticed = mutated.some((one) => isCalled(one) && one.status === "failed");
    return noticed ? [] : [`${JSON.stringify(title)} does not notice`];
  });
}

// The processes that these tests start load the build, and not the code that the tests see.
async function casesWithout(mutant: Mutant): Promise<Case[]> {
  const isOfHost = Object.keys(mutant.cases).some((file) => file.startsWith("host/"));
  using build = isOfHost ? new BuildWithoutGuard(ROOT, mutant) : undefined;
  return casesOf(mutant.cases, { [MUTANT_VARIABLE]: mutant.guard, ...build?.env });
}

async function casesOf(cases: Cases, env: Readonly<Record<string, string>> = {}): Promise<Case[]> {
  const folder = mkdtempSync(join(tmpdir(), "mutant-"));
  const report = join(folder, "report.json");
  const files = Object.keys(cases);
  const projects = [...new Set(files.map((file) => file.split("/")[0] ?? ""))];
  const args = [
    ...[
      VITEST,
      "run",
      "--config",
      "test/mutants/vitest.config.mts",
      ...projects.map((name) => `--project=${name}`),
    ],
    ...["--reporter=json", `--outputFile=${report}`, "-t", titlesOf(cases).map(escaped).join("|")],
    ...files.map((file) => `test/${file}`),
  ];
  try {
    // A run with failures ends with a code; the report says which. Without a report, the run did not come to its end.
    await run(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      maxBuffer: 2 ** 28,
      timeout: MAX_RUN_MS,
    }).catch(() => undefined);
    if (!existsSync(report)) return [];
    const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
      testResults: { assertionResults: Case[] }[];
    };
    return testResults
      .flatMap((file) => file.assertionResults)
      .filter(({ status }) => status !== "skipped" && status !== "pending");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function union(all: readonly Cases[]): Cases {
  const joined: Record<string, string[]> = {};
  for (const [file, titles] of all.flatMap((cases) => Object.entries(cases)))
    joined[file] = [...new Set([...(joined[file] ?? []), ...titles])];
  return joined;
}

function titlesOf(cases: Cases): string[] {
  return Object.values(cases).flat();
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
