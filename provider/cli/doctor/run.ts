import { randomBytes } from "node:crypto";
import type { Colors } from "picocolors/types";
import { connect } from "../../cake/connect";
import type { Clock } from "../../http/clock";
import { createTransport } from "../../http/transport";
import {
  type Environment,
  type Instance,
  type NamedSettings,
  NotConfigured,
  openInstance,
} from "../input/instance";
import { stripControlChars } from "../output/stripControlChars";
import { valueIn } from "./fact";
import type { Facts } from "./facts";
import { couldLook } from "./judge";
import { Line } from "./line";
import { look } from "./look";
import { printed } from "./print";
import { COULD_NOT_LOOK, cleaned, type ExitCode, type Failure, reportOn } from "./report";
import { probeWrites } from "./writes/probe";
import { type Ask, refusalByPerson } from "./writes/questions";
import type { Pair } from "./writes/records";
import type { WriteReport } from "./writes/report";

export interface Options extends NamedSettings {
  readonly known?: readonly number[];
  readonly json?: true;
  readonly probeWrites?: true;
  readonly affiliate?: number;
  readonly offer?: number;
  readonly yesWriteInactiveRecords?: true;
  readonly yesTheyStayForGood?: true;
}

/** What the command needs from its surroundings. */
export interface Surroundings {
  readonly env: Environment;
  readonly clock: Clock;
  /** Prints the report. */
  readonly print: (text: string) => void;
  /** Colours of the report, or none. */
  readonly paint: Colors;
  /** Tells of progress and of what ends the command. */
  readonly tell: (text: string) => void;
  /** Asks on the terminal; undefined where there is none. */
  readonly ask: Ask | undefined;
}

export async function run(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  try {
    const pair = pairOf(options);
    const instance = openInstance(surroundings.env, options);
    return await examine(instance, pair, options, surroundings).catch((error: unknown) =>
      brokeOff(error, instance, options, surroundings),
    );
  } catch (error) {
    if (!(error instanceof NotConfigured)) throw error;
    return failed(error.message, options, surroundings);
  }
}

// Whatever it was, it must not end with the code that says something about CAKE, nor show a key.
function brokeOff(
  error: unknown,
  { redact }: Instance,
  options: Options,
  surroundings: Surroundings,
): ExitCode {
  const what = error instanceof Error ? error.message : String(error);
  const problem = `The doctor broke off, which is a mistake of pulumi-cake: ${what}\nNothing is settled. Records that were written are named above.`;
  return failed(redact(problem), options, surroundings);
}

function failed(message: string, { json }: Options, { print, tell }: Surroundings): ExitCode {
  const problem = message.split("\n").map(stripControlChars).join("\n");
  const failure: Failure = { version: 1, exitCode: COULD_NOT_LOOK, problem };
  if (json) print(JSON.stringify(failure, undefined, 2));
  else tell(problem);
  return COULD_NOT_LOOK;
}

async function examine(
  instance: Instance,
  pair: Pair | undefined,
  options: Options,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { settings, origin, apiKey, redact } = instance;
  const { clock, env, print, tell } = surroundings;
  const clean = (text: string) => stripControlChars(redact(text));
  const transport = createTransport({ proxy: settings.proxy, connections: settings.concurrency });
  const { requestTimeoutMs, operationTimeoutMs } = settings;
  const line = new Line({ ...{ origin, apiKey, transport, clock }, requestTimeoutMs, operationTimeoutMs });
  const seconds = requestTimeoutMs / 1000;
  tell(clean(`Looking at ${origin}. A call that is not answered ends after ${seconds} s.`));
  const facts = await look({ settings, origin, line, known: options.known ?? [], now: clock.date() });
  const writes =
    pair &&
    (await probe(instance, facts, pair, options, {
      ...surroundings,
      tell: (text) => tell(clean(text)),
    }));
  // The one place where texts from outside are made fit to be shown: everything is printed from here.
  const report = cleaned(reportOn(facts, env, writes), clean);
  print(options.json ? JSON.stringify(report, undefined, 2) : printed(report, surroundings.paint));
  return report.exitCode;
}

function pairOf({ probeWrites, affiliate, offer }: Options): Pair | undefined {
  if (!probeWrites) return undefined;
  if (affiliate === undefined || offer === undefined) {
    throw new NotConfigured("--probe-writes needs --affiliate and --offer: whose inactive records to write.");
  }
  return { affiliateId: affiliate, offerId: offer };
}

async function probe(
  instance: Instance,
  facts: Facts,
  pair: Pair,
  options: Options,
  { clock, tell, ask }: Surroundings,
): Promise<WriteReport> {
  const answers = {
    writeInactiveRecords: options.yesWriteInactiveRecords === true,
    theyStayForGood: options.yesTheyStayForGood === true,
  };
  const refusal = unfit(facts) ?? (await refusalByPerson(facts.instance, pair, answers, ask));
  if (refusal !== undefined) return { settled: {}, leftBehind: [], refusal };
  const { settings, origin, apiKey } = instance;
  const client = connect({ ...settings, origin, apiKey, concurrency: 1 }, clock);
  return probeWrites({ ...pair, client, clock, tell, run: randomBytes(4).toString("hex") });
}

/** Why there is no use in asking anybody: the probe needs the list, to see what it must not touch and what it did. */
function unfit(facts: Facts): string | undefined {
  if (!couldLook(facts)) return "the instance could not be looked at";
  if (facts.list.kind !== "seen") return `the probe needs the list to see what it does: ${facts.list.why}`;
  const lacking = valueIn(facts.known)?.lacking ?? [];
  if (lacking.length > 0)
    return `the list does not show postback ${lacking.join(", ")}: this may be another tenant`;
  return undefined;
}
