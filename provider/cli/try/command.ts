import type { Command } from "commander";
import { hasProxy } from "../../http/proxyFor";
import { CodedError } from "../../message";
import { COULD_NOT_JUDGE, complete, type ExitCode, printError } from "../command";
import { rulesByText } from "../input/rules";
import { stackSettings } from "../input/stackSettings";
import { isStandardInput } from "../input/text";
import { colors } from "../output/colors";
import { safeJson } from "../output/json";
import { terminalWidth } from "../output/terminalWidth";
import { HELP } from "./help";
import { judge } from "./judge";
import { messages } from "./messages";
import { addOptions, type Options } from "./options";
import { type PrettyContext, prettyAnswer, prettyRequest } from "./pretty";
import { isLive, type ReadPostback, readPostback } from "./readPostback";
import type { TryReport } from "./report";
import { type RenderedRequest, renderRequest, sampleClickId } from "./request";
import { isConfirmed, refuseInContinuousIntegration, refuseWithoutSend, send, sendable } from "./send";
import { macroValues } from "./values";

export function define(command: Command): Command {
  return complete(addOptions(command), HELP, run);
}

async function run(source: string | undefined, options: Options): Promise<ExitCode> {
  refuseWithoutSend(options);
  refuseInContinuousIntegration(options);
  const saved = await stackSettings(options, process.env);
  const read = await readPostback(source, options, saved);
  const rules = rulesByText(options.rules, saved["cake:rules"])(read.rules);
  const request = renderRequest(read.subject.postbackUrl, macroValues(read.subject, options.set, rules));
  const report = judge(read, request, rules);
  const printer = printerFor(options, read, request);
  if (!options.send) return printer.end(report);
  const isInputTaken = isStandardInput(source) && !isLive(source, options);
  const call = sendable(request, options, { isSecret: report.postback.isSecret, isInputTaken });
  printer.begin(report);
  if (!(await isConfirmed(call, report))) return printer.declined(report);
  return printer.answered(await send(request, call, options, report));
}

interface Printer {
  /** Prints a request that is not sent. */
  end(report: TryReport): ExitCode;
  /** Prints the request before the question. */
  begin(report: TryReport): void;
  declined(report: TryReport): ExitCode;
  answered(report: TryReport): ExitCode;
}

function printerFor(
  { format }: Options,
  { subject, redact }: ReadPostback,
  request: RenderedRequest,
): Printer {
  const { origin } = request;
  const print = (text: string) => console.log(redact(text));
  const json = (report: TryReport) => print(safeJson(report, 2));
  const context: PrettyContext = {
    ...{ paint: colors, width: terminalWidth(), postbackTypeId: subject.postbackTypeId },
    ...{
      sampleClickId: sampleClickId(request),
      hasProxy: origin !== undefined && hasProxy(origin, process.env),
    },
  };
  const isJson = format === "json";
  const declined = new CodedError(messages.declined());
  return {
    end(report) {
      if (isJson) json(report);
      else print(`${prettyRequest(report, context)}\n${prettyAnswer(report, context)}`);
      return report.exitCode;
    },
    begin(report) {
      if (!isJson) print(prettyRequest(report, context));
    },
    declined(report) {
      if (isJson) json({ ...report, exitCode: COULD_NOT_JUDGE });
      printError(declined);
      return COULD_NOT_JUDGE;
    },
    answered(report) {
      if (isJson) json(report);
      else print(prettyAnswer(report, context));
      return report.exitCode;
    },
  };
}
