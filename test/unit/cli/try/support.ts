import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { Subject } from "../../../../provider/cli/input/postbackSource";
import { judge } from "../../../../provider/cli/try/judge";
import type { GivenValue, Options } from "../../../../provider/cli/try/options";
import type { TryReport } from "../../../../provider/cli/try/report";
import { renderRequest } from "../../../../provider/cli/try/request";
import { send, sendable } from "../../../../provider/cli/try/send";
import { macroValues } from "../../../../provider/cli/try/values";
import { TYPE_TOKEN } from "../../../../provider/postback/postback";
import { defaultRuleSettings, type RuleSettings } from "../../../../provider/postback/rules/rule";
import { COMMAND } from "../command";
import { environmentWith } from "../environment";

export const GOOD = "https://track.partner.net/postback?cid=#s2#&payout=#price#&txid=#leadid#";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const secretUrl = (url: string) => ({ [SIGNATURE]: SECRET, plaintext: JSON.stringify(url) });
export const encrypted = { [SIGNATURE]: SECRET, ciphertext: "v1:abc" };

type Properties = Readonly<Record<string, unknown>>;
const urnOf = (name: string, parent = "") => `urn:pulumi:dev::shop::${parent}${TYPE_TOKEN}::${name}`;

export const declared = (changes: Properties = {}): Properties => ({
  ...{ affiliateId: 67890, offerId: 12345, postbackUrl: GOOD, postbackStatus: "active", postbackTypeId: 1 },
  ...changes,
});

/** The JSON of a preview that creates these postbacks. A name may have a parent before a colon. */
export function preview(postbacks: Readonly<Record<string, Properties>>, config = {}): string {
  const steps = Object.entries(postbacks).map(([key, inputs]) => {
    const [name = "", parent] = key.split(":").reverse();
    const urn = urnOf(name, parent === undefined ? "" : `${parent}$`);
    return { op: "create", urn, newState: { urn, type: TYPE_TOKEN, inputs } };
  });
  return JSON.stringify({ steps, config });
}

/** The JSON of an exported stack. */
export function state(postbacks: Readonly<Record<string, Properties>>): string {
  const resources = Object.entries(postbacks).map(([name, outputs], index) => ({
    ...{ urn: urnOf(name), type: TYPE_TOKEN, custom: true, id: String(8801 + index), inputs: {}, outputs },
  }));
  return JSON.stringify({ version: 3, deployment: { resources } });
}

export const subjectOf = (postbackUrl: string, more: Partial<Subject> = {}): Subject => ({
  ...{ name: "acme", isNamed: true, postbackUrl },
  ...more,
});

export interface TryContext {
  readonly set?: readonly GivenValue[];
  readonly rules?: RuleSettings;
  readonly options?: Partial<Options>;
}

/** The report on a URL that is not sent. */
export function reportOn(subject: Subject, { set = [], rules = defaultRuleSettings }: TryContext = {}) {
  const request = renderRequest(subject.postbackUrl, macroValues(subject, set, rules));
  const source = { source: "x.csv", rules: undefined, domain: undefined, redact: String };
  return { request, report: judge({ subject, ...source }, request, rules) };
}

/** The report on a URL that is sent as with `--yes --allow-private`. */
export async function sent(subject: Subject, context: TryContext = {}): Promise<TryReport> {
  const { request, report } = reportOn(subject, context);
  const options: Options = {
    ...{ cwd: ".", set: [], timeout: 5, format: "json", yes: true, allowPrivate: true },
    ...context.options,
  };
  const about = { isSecret: report.postback.isSecret, isInputTaken: false };
  return send(request, sendable(request, options, about), options, report);
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a process of its own. */
export function run(args: readonly string[], stdin = "", env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return ran(process.execPath, [COMMAND, "try", ...args], stdin, env);
}

export async function ran(
  program: string,
  args: readonly string[],
  stdin: string,
  env: NodeJS.ProcessEnv,
): Promise<Ran> {
  const child = spawn(program, args, { env: environmentWith({ NO_COLOR: "1", ...env }) });
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  const code = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, out, err };
}

/** A file that is there until the test is over. */
export function fileWith(content: string, name = "input.json"): string {
  const folder = mkdtempSync(join(tmpdir(), "cake-try-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}
