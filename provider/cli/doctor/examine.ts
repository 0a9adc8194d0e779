import type { ExitCode } from "../command";
import type { Instance } from "../input/instance";
import { stripControlChars } from "../output/stripControlChars";
import type { Check, Finding, Group } from "./check";
import { ACCESS_CHECKS } from "./checks/access";
import { DISCOVERY_CHECKS } from "./checks/discovery";
import { ENDPOINT_CHECKS } from "./checks/endpoints";
import { LIST_CHECKS } from "./checks/list";
import { NETWORK_CHECKS } from "./checks/network";
import { Context, type ExamineOptions } from "./context";
import { recommendedSettings } from "./recommendedSettings";
import type { CheckResult, DoctorReport } from "./report";

/** Every check, in the order in which they are made. */
const CHECKS: Readonly<Record<Group, readonly Check[]>> = {
  network: NETWORK_CHECKS,
  discovery: DISCOVERY_CHECKS,
  access: ACCESS_CHECKS,
  list: LIST_CHECKS,
  endpoints: ENDPOINT_CHECKS,
};

/** The report, and the reads that it was made from. */
export interface Examination {
  readonly report: DoctorReport;
  readonly context: Context;
}

/** Looks at an instance, by GET only. What a text of the report quotes is made fit to be shown. */
export async function examine(instance: Instance, options: ExamineOptions): Promise<Examination> {
  const context = new Context(instance, options);
  const results: CheckResult[] = [];
  const findings: Finding[] = [];
  for (const [group, check] of checksFor(options)) {
    const { id, title } = check;
    const finding = findings.at(-1)?.isLast ? undefined : await check.run(context);
    if (finding) findings.push(finding);
    const { verdict = "unknown", found = null, advice = null } = finding ?? {};
    results.push({ id, group, title, verdict, found, advice });
  }
  const report: DoctorReport = {
    version: 1,
    exitCode: exitCodeOf(findings),
    instance: context.url.host,
    provider: instance.settings.providerName ?? null,
    checks: results,
    discovery: isReached("discovery", results) ? ((await context.discovery()) ?? null) : null,
    settings: findings.at(-1)?.isLast ? [] : recommendedSettings(context, findings),
  };
  const clean = (_: string, value: unknown) =>
    typeof value === "string" ? stripControlChars(instance.redact(value)) : value;
  return { report: JSON.parse(JSON.stringify(report), clean), context };
}

function isReached(group: Group, results: readonly CheckResult[]): boolean {
  return results.some((one) => one.group === group && one.found !== null);
}

function checksFor({ discover = false }: ExamineOptions): (readonly [Group, Check])[] {
  const groups = Object.entries(CHECKS) as [Group, readonly Check[]][];
  return groups
    .filter(([group]) => discover || group !== "discovery")
    .flatMap(([group, checks]) => checks.map((check) => [group, check] as const));
}

function exitCodeOf(findings: readonly Finding[]): ExitCode {
  if (findings.at(-1)?.isLast) return 2;
  return findings.some(({ verdict }) => verdict === "problem") ? 1 : 0;
}
