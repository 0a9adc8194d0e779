import type { Colors } from "picocolors/types";
import { ABILITIES, couldLook, type Judgement } from "./judge";
import type { Verdict } from "./opinion";
import type { Report } from "./report";
import { settingLines } from "./settingLines";
import { counted, wrapped } from "./text";
import { factLines } from "./words";
import type { WriteReport } from "./writes/report";
import { settledLines } from "./writes/words";

const COLOURS = {
  works: "green",
  "will not work": "red",
  "not known": "yellow",
} as const satisfies Readonly<Record<Verdict, keyof Colors>>;

/** The report as text for people. It takes the report's texts to be fit to be shown. */
export function printed(report: Report, paint: Colors): string {
  const { facts, writes, instance } = report;
  const sections = [
    section(paint.bold(`What was seen of ${instance}`), columns(factLines(facts, writes?.settled))),
    ...(writes === undefined ? [] : [section(paint.bold("What the probe of writes settled"), probe(writes))]),
    section(paint.bold("What will work"), verdicts(report, paint)),
    section(paint.bold("Settings that fit"), settingLines(report, paint)),
    section(paint.bold("Warnings"), report.warnings.flatMap(paragraph)),
  ];
  return [...sections.filter((text) => text !== ""), `${paint.bold("Result")}  ${result(report)}`].join(
    "\n\n",
  );
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [title, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** Lines are indented by two, and fit a terminal of 80 characters. */
const WIDTH = 78;

function paragraph(text: string): string[] {
  return wrapped(text, WIDTH);
}

function columns(rows: readonly (readonly [name: string, words: string])[]): string[] {
  const left = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.flatMap(([name, words]) =>
    wrapped(words, WIDTH - left).map((line, index) => (index === 0 ? name : "").padEnd(left) + line),
  );
}

const VERDICT_WIDTH = "will not work".length + 2;

function verdicts({ facts, judgements }: Report, paint: Colors): string[] {
  // Where nothing could be looked at, one line says why; that nothing is known of the rest goes without saying.
  const told = judgements.filter(({ ability }) => couldLook(facts) || ability === "instance");
  return alike(told).flatMap((group) => verdictLines(group, paint));
}

/** Judgements that follow each other and say the same, together. */
function alike(judgements: readonly Judgement[]): Judgement[][] {
  const groups: Judgement[][] = [];
  for (const judgement of judgements) {
    const last = groups.at(-1);
    if (last?.[0]?.verdict === judgement.verdict && last[0].why === judgement.why) last.push(judgement);
    else groups.push([judgement]);
  }
  return groups;
}

function verdictLines(group: readonly Judgement[], paint: Colors): string[] {
  const [{ verdict, why } = { verdict: "not known" as const, why: "" }] = group;
  const empty = " ".repeat(VERDICT_WIDTH);
  const names = group.map(({ ability }, index) => {
    const head = index === 0 ? paint[COLOURS[verdict]](verdict) + empty.slice(verdict.length) : empty;
    return head + ABILITIES[ability];
  });
  const reasons = wrapped(why, WIDTH - VERDICT_WIDTH - 2).map((line) => `${empty}  ${line}`);
  return [...names, ...reasons];
}

function probe({ settled, leftBehind, refusal, surprise }: WriteReport): string[] {
  const lines = settledLines(settled);
  return [
    ...(refusal === undefined ? [] : paragraph(`Nothing was written: ${refusal}.`)),
    ...(lines.length === 0 ? [] : columns(lines)),
    ...(surprise === undefined ? [] : paragraph(`Stopped: ${surprise}`)),
    ...(leftBehind.length === 0
      ? []
      : paragraph(`Left behind, because CAKE cannot delete: postback ${leftBehind.join(", ")}`)),
  ];
}

function result({ facts, judgements, writes, exitCode }: Report): string {
  const count = (verdict: Verdict) => judgements.filter((one) => one.verdict === verdict).length;
  const tally = (Object.keys(COLOURS) as Verdict[])
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${verdict}: ${count(verdict)}`);
  const found = couldLook(facts) ? tally.join(", ") : "CAKE could not be looked at";
  const wrote = counted(writes?.leftBehind.length ?? 0, "record");
  return `${found}. Written: ${writes?.leftBehind.length ? wrote : "nothing"}. Exit code ${exitCode}.`;
}
