import type { Command } from "commander";
import { systemClock } from "../../http/clock";
import { CodedError } from "../../message";
import { complete, type ExitCode } from "../command";
import { openInstance } from "../input/instance";
import { stackSettings } from "../input/stackSettings";
import { colors } from "../output/colors";
import { safeJson } from "../output/json";
import { anonymize as anonymized } from "./anonymous/anonymize";
import { CallRecorder } from "./anonymous/calls";
import { publicNames } from "./anonymous/fieldNames";
import { pathsToSearch } from "./discovery/discover";
import { examine } from "./examine";
import { HELP } from "./help";
import { messages, phrases } from "./messages";
import { addOptions, type Options } from "./options";
import { pretty } from "./pretty";

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, run);
}

async function run(options: Options): Promise<ExitCode> {
  const { expectId: expectIds, format, discover, anonymize, ...named } = options;
  if (anonymize && format !== "json") throw new CodedError(messages.anonymizeNeedsJson());
  const instance = openInstance(process.env, named, await stackSettings(named, process.env));
  const { origin, settings, redact } = instance;
  console.error(redact(phrases.checking(origin, settings.requestTimeoutMs / 1000)));
  if (discover) console.error(redact(phrases.searching(pathsToSearch(settings))));
  const calls = new CallRecorder(publicNames(instance));
  const examination = await examine(instance, {
    ...{ expectIds, discover, env: process.env, clock: systemClock },
    onCall: anonymize ? calls.record.bind(calls) : undefined,
  }).catch((error: unknown) => {
    throw error instanceof CodedError ? error : new Error(redact(String(error)));
  });
  const { report } = examination;
  if (anonymize) console.log(safeJson(await anonymized(examination, calls), 2));
  else console.log(format === "json" ? safeJson(report, 2) : pretty(report, colors));
  return report.exitCode;
}
