import type { Command } from "commander";
import { systemClock } from "../../http/clock";
import { CodedError } from "../../message";
import { complete, type ExitCode } from "../command";
import { openInstance } from "../input/instance";
import { stackSettings } from "../input/stackSettings";
import { colors } from "../output/colors";
import { safeJson } from "../output/json";
import { examine } from "./examine";
import { HELP } from "./help";
import { phrases } from "./messages";
import { addOptions, type Options } from "./options";
import { pretty } from "./pretty";

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, run);
}

async function run({ expectId, format, ...named }: Options): Promise<ExitCode> {
  const instance = openInstance(process.env, named, await stackSettings(named, process.env));
  const { origin, settings, redact } = instance;
  const seconds = settings.requestTimeoutMs / 1000;
  console.error(redact(phrases.checking(origin, seconds)));
  const report = await examine(instance, expectId, process.env, systemClock).catch((error: unknown) => {
    throw error instanceof CodedError ? error : new Error(redact(String(error)));
  });
  console.log(format === "json" ? safeJson(report, 2) : pretty(report, colors));
  return report.exitCode;
}
