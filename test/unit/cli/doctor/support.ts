import pc from "picocolors";
import { expect } from "vitest";
import type { Verdict } from "../../../../provider/cli/doctor/check";
import { examine } from "../../../../provider/cli/doctor/examine";
import { pretty } from "../../../../provider/cli/doctor/pretty";
import type { CheckResult, DoctorReport } from "../../../../provider/cli/doctor/report";
import { openInstance } from "../../../../provider/cli/input/instance";
import { redactor } from "../../../../provider/http/redact";
import type { SandboxInstance } from "../../../../provider/sandbox/index";
import { KEY, startCake } from "../../cake/support";
import { FakeClock } from "../../http/fakeClock";
import { rows } from "../../sandbox/support";

export interface Examination {
  readonly report: DoctorReport;
  /** The report for people, in one line, so that tests need not know where lines end. */
  readonly words: string;
  readonly printed: string;
}

export interface ExamineOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly expectIds?: readonly number[];
  readonly provider?: string;
  readonly clock?: FakeClock;
  readonly discover?: boolean;
}

/** Examines an instance as the command does, and holds the report to what every report must be. */
export async function examined(
  url: string,
  { env = {}, expectIds = [], provider, clock = new FakeClock(), discover = false }: ExamineOptions = {},
): Promise<Examination> {
  const all = { CAKE_DOMAIN: url, CAKE_API_KEY: KEY, CAKE_REQUEST_TIMEOUT: "1", ...env };
  const named = provider === undefined ? {} : { provider, domain: url };
  const { report } = await examine(openInstance(all, named), { expectIds, env: all, clock, discover });
  const printed = pretty(report, pc.createColors(false));
  // A long word stays whole, so that it can be copied, and so does a command.
  const isWhole = (line: string) => /^ *(?:\S+|pulumi config set .*)$/.test(line);
  expect(printed.split("\n").filter((line) => line.length > 80 && !isWhole(line))).toEqual([]);
  expect(printed).toMatch(new RegExp(`Nothing was written\\. Exit code ${report.exitCode}\\.$`));
  const texts = printed + JSON.stringify(report);
  expect(redactor([KEY])(texts)).toBe(texts);
  return { report, printed, words: printed.replace(/\s+/g, " ") };
}

export async function check(url: string, id: string, options: ExamineOptions = {}): Promise<CheckResult> {
  return checkIn((await examined(url, options)).report, id);
}

export function checkIn({ checks }: DoctorReport, id: string): CheckResult {
  const found = checks.find((one) => one.id === id);
  if (!found) throw new Error(`There is no check "${id}".`);
  return found;
}

/** The verdicts of the checks that were made, other than "ok". */
export function notOk({ checks }: DoctorReport): Record<string, Verdict> {
  const made = checks.filter(({ found, verdict }) => found !== null && verdict !== "ok");
  return Object.fromEntries(made.map(({ id, verdict }) => [id, verdict]));
}

/** The fitting settings that have a value. */
export function valuesOf({ settings }: DoctorReport): Record<string, string> {
  return Object.fromEntries(settings.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));
}

/** A CAKE of its own, with some postbacks of ten affiliates. */
export async function startFilledCake(
  behaviour: Parameters<SandboxInstance["behave"]>[0] = {},
  count = 30,
): Promise<SandboxInstance> {
  const cake = await startCake({ postbacks: rows(count) });
  cake.behave(behaviour);
  return cake;
}
