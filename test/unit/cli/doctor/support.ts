import pc from "picocolors";
import { expect } from "vitest";
import type { Facts } from "../../../../provider/cli/doctor/facts";
import type { Ability } from "../../../../provider/cli/doctor/judge";
import type { Verdict } from "../../../../provider/cli/doctor/opinion";
import type { Report } from "../../../../provider/cli/doctor/report";
import { type Options, run } from "../../../../provider/cli/doctor/run";
import type { SandboxInstance } from "../../../../provider/sandbox/index";
import { KEY, startCake } from "../../cake/support";
import { FakeClock } from "../../http/fakeClock";
import { rows } from "../../sandbox/support";

export const PLAIN = pc.createColors(false);

export interface Examination {
  readonly code: number;
  /** What was printed. */
  readonly printed: string;
  /** What was told on the way. */
  readonly told: string;
}

/** Runs the doctor as its command does, without a terminal and without waiting. */
export async function examined(
  url: string,
  options: Options & {
    env?: Record<string, string>;
    ask?: (question: string) => Promise<string>;
    clock?: FakeClock;
  } = {},
): Promise<Examination> {
  const { env = {}, ask, clock = new FakeClock(), ...others } = options;
  const [printed, told]: [string[], string[]] = [[], []];
  const code = await run(others, {
    env: { CAKE_DOMAIN: url, CAKE_API_KEY: KEY, ...env },
    clock,
    paint: PLAIN,
    print: (text) => printed.push(text),
    tell: (text) => told.push(text),
    ask,
  });
  return { code, printed: printed.join("\n"), told: told.join("\n") };
}

/** The report on an instance, as a tool would read it. */
export async function reportOn(url: string, options: Parameters<typeof examined>[1] = {}): Promise<Report> {
  const { code, printed } = await examined(url, { ...options, json: true });
  const report: Report = JSON.parse(printed);
  expect(report.exitCode).toBe(code);
  return report;
}

export async function factsOf(url: string, options: Parameters<typeof examined>[1] = {}): Promise<Facts> {
  return (await reportOn(url, options)).facts;
}

export function verdictOn(report: Pick<Report, "judgements">, ability: Ability): [Verdict, string] {
  const found = report.judgements.find((one) => one.ability === ability);
  if (!found) throw new Error(`Nothing is said on ${ability}.`);
  return [found.verdict, found.why];
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
