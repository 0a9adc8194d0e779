import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The entries of a journal, each as its lines. The file of a run is none. */
function entriesIn(journal: string): { name: string; lines: Record<string, unknown>[] }[] {
  return readdirSync(journal)
    .filter((name) => /^[0-9a-f]+-[0-9a-f]+-[0-9a-f]+$/.test(name))
    .map((name) => ({ name, lines: linesOf(readFileSync(join(journal, name), "utf8")).map(parsed) }));
}

/** How far each create came. */
export function phasesIn(journal: string): unknown[] {
  return entriesIn(journal).map(({ lines }) => lines.at(-1)?.phase ?? "taken");
}

/** Makes every entry what it was before anything was sent. */
export function rewind(journal: string): void {
  for (const { name } of entriesIn(journal)) {
    const [head = ""] = linesOf(readFileSync(join(journal, name), "utf8"));
    writeFileSync(join(journal, name), `${head}\n`);
  }
}

function linesOf(text: string): string[] {
  return text.split("\n").slice(0, -1);
}

function parsed(line: string): Record<string, unknown> {
  return JSON.parse(line) as Record<string, unknown>;
}
