import { CodedError } from "../../message";
import { trackerOf } from "../../postback/trackers/trackerAt";
import { confirm, type Terminal, terminalFor } from "../input/confirm";
import { isContinuousIntegration } from "../input/continuousIntegration";
import { type CallOutcome, callOnce, isPrivateHost } from "../network/call";
import { stripControlChars } from "../output/stripControlChars";
import { plural } from "../output/text";
import { describeAnswer } from "./answer";
import { messages, phrases } from "./messages";
import type { Options } from "./options";
import type { TryReport } from "./report";
import { type RenderedRequest, sampleClickId } from "./request";

/** A call that may be made once somebody has agreed to it. */
export interface Sendable {
  readonly origin: URL;
  /** The terminal to ask on; undefined if no question is to be asked. */
  readonly terminal: Terminal | undefined;
}

/** Throws a message for people if an option says how to call, and nobody is called. */
export function refuseWithoutSend({ send, yes, allowPrivate, allowCi }: Options): void {
  const given = { "--yes": yes, "--allow-private": allowPrivate, "--allow-ci": allowCi };
  const useless = Object.entries(given).find(([, isGiven]) => isGiven === true)?.[0];
  if (!send && useless !== undefined) throw new CodedError(messages.needsSend(useless));
}

/** Throws a message for people if a call is refused wherever it would go. */
export function refuseInContinuousIntegration({ send = false, allowCi = false }: Options): void {
  if (send && !allowCi && isContinuousIntegration(process.env))
    throw new CodedError(messages.inContinuousIntegration());
}

/** Throws a message for people if this call cannot or must not be made. */
export function sendable(
  { origin }: RenderedRequest,
  options: Options,
  about: { readonly isSecret: boolean; readonly isInputTaken: boolean },
): Sendable {
  if (origin === undefined) throw new CodedError(messages.notCallable());
  if (!options.allowPrivate && isPrivateHost(origin))
    throw new CodedError(messages.privateAddress(about.isSecret ? "" : `: ${origin.hostname}`));
  if (options.yes) return { origin, terminal: undefined };
  const terminal = terminalFor(about.isInputTaken);
  if (terminal === undefined) throw new CodedError(messages.nobodyToAsk());
  return { origin, terminal };
}

/** Asks whether to send. Without a terminal the command line has agreed. */
export async function isConfirmed({ origin, terminal }: Sendable, report: TryReport): Promise<boolean> {
  if (terminal === undefined) return true;
  const errors = report.errors > 0 ? plural(report.errors, "error") : undefined;
  const host = report.postback.isSecret ? phrases.secretHost : origin.host;
  return confirm(stripControlChars(phrases.question(errors, host)), terminal);
}

/** Calls the partner once. Throws a message for people if the address turns out to be refused. */
export async function send(
  request: RenderedRequest,
  { origin }: Sendable,
  { timeout, allowPrivate = false }: Options,
  report: TryReport,
): Promise<TryReport> {
  const { isSecret } = report.postback;
  const start = performance.now();
  const call = { origin, target: request.target, timeoutMs: timeout * 1000, allowPrivate };
  const outcome: CallOutcome = await callOnce(call);
  if (outcome.kind === "private")
    throw new CodedError(
      messages.privateAddress(isSecret ? "" : `: ${origin.hostname} is ${outcome.address}`),
    );
  const answer = describeAnswer(outcome, {
    ...{ request, isSecret, milliseconds: performance.now() - start },
    tracker: trackerOf(request.reading),
    isSample: sampleClickId(request) !== undefined,
  });
  const isProblem = report.errors > 0 || answer.verdict === "problem";
  return { ...report, isSent: true, answer, exitCode: isProblem ? 1 : answer.verdict === "unclear" ? 2 : 0 };
}
