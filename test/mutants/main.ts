/** Takes each guard out of the code in turn and runs the cases that must notice. `npm run test:mutants`. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import Table from "cli-table3";
import pc from "picocolors";
import { MUTANT_VARIABLE, type Mutant, withoutGuard } from "./mutant";
import { mutants } from "./mutants";

const ROOT = resolve(__dirname, "../..");
const VITEST = join(ROOT, "node_modules/vitest/vitest.mjs");
const run = promisify(execFile);

interface Case {
  readonly fullName: string;
  readonly status: string;
}

/** The cases of a mutant, by the piece of a title that names them. */
type Outcome = ReadonlyMap<string, readonly Case[]>;

async function main(): Promise<void> {
  for (const mutant of mutants)
    withoutGuard(readFileSync(join(ROOT, "provider", mutant.file), "utf8"), mutant);
  const survivors: string[] = [];
  const table = new Table({ head: ["Guard taken out", "Cases that notice", "Result"], style: { head: [] } });
  const waiting = mutants.map((mutant, index) => ({ mutant, index }));
  const rows: [string, string, string][] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { mutant, index } = next;
      const problems = problemsOf(await outcome(mutant, false), await outcome(mutant, true));
      if (problems.length > 0) survivors.push(`${mutant.guard}: ${problems.join("; ")}`);
      const names = Object.values(mutant.cases).flat().join("\n");
      rows[index] = [mutant.guard, names, problems.length > 0 ? pc.red("survives") : pc.green("noticed")];
      console.log(`${problems.length > 0 ? pc.red("✗") : pc.green("✓")} ${mutant.guard}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  table.push(...rows);
  console.log(table.toString());
  for (const survivor of survivors) console.error(pc.red(survivor));
  console.log(`${mutants.length - survivors.length} of ${mutants.length} guards are held by tests.`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
}

/** What is wrong: a case that fails by itself, one that is not there, or one that does not notice. */
function problemsOf(whole: Outcome, mutated: Outcome): string[] {
  return [...whole].flatMap(([title, cases]) => {
    if (cases.length === 0) return [`no case is called ${JSON.stringify(title)}`];
    if (cases.some(({ status }) => status !== "passed")) return [`${JSON.stringify(title)} fails by itself`];
    const noticed = mutated.get(title)?.some(({ status }) => status === "failed");
    return noticed ? [] : [`${JSON.stringify(title)} does not notice`];
  });
}

async function outcome({ guard, cases }: Mutant, isMutated: boolean): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "mutant-"));
  const report = join(folder, "report.json");
  const titles = Object.values(cases).flat();
  const args = [
    ...[VITEST, "run", "--config", "test/vitest.config.mts", "--project", "unit"],
    ...["--reporter=json", `--outputFile=${report}`, "-t", titles.map(escaped).join("|")],
    ...Object.keys(cases).map((file) => `test/unit/${file}`),
  ];
  const env = { ...process.env, ...(isMutated ? { [MUTANT_VARIABLE]: guard } : {}) };
  try {
    // A run with failures ends with a code; the report says which.
    await run(process.execPath, args, { cwd: ROOT, env, maxBuffer: 2 ** 28 }).catch(() => undefined);
    const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
      testResults: { assertionResults: Case[] }[];
    };
    const ran = testResults
      .flatMap((file) => file.assertionResults)
      .filter(({ status }) => status !== "skipped" && status !== "pending");
    return new Map(
      Object.values(cases)
        .flat()
        .map((title) => [title, ran.filter(({ fullName }) => fullName.includes(title))]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
