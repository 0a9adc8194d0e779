import { type Command, InvalidArgumentError, Option } from "commander";
import { systemClock } from "../../http/clock";
import { complete, type ExitCode } from "../command";
import { type NamedSettings, openInstance } from "../input/instance";
import { type StackOptions, stackOptions, stackSettings } from "../input/stackSettings";
import { colors } from "../output/colors";
import { safeJson } from "../output/json";
import { examine } from "./examine";
import { HELP } from "./help";
import { phrases } from "./messages";
import { pretty } from "./pretty";

interface Options extends NamedSettings, StackOptions {
  readonly expectId?: readonly number[];
  readonly format: "pretty" | "json";
}

export function define(command: Command): Command {
  const withOptions = stackOptions(command)
    .option("--domain <host>", "the instance; default: CAKE_DOMAIN")
    .option("--paths <json>", "own paths of assumed endpoints; default: CAKE_PATHS")
    .option("--provider <name>", "an explicit provider: its key is in CAKE_<NAME>_API_KEY")
    .option("--expect-id <id...>", "postbacks that the right instance must show", expectIds)
    .addOption(
      new Option("--format <format>", "how to print it").choices(["pretty", "json"]).default("pretty"),
    );
  return complete(withOptions, HELP, run);
}

async function run({ expectId = [], format, ...named }: Options): Promise<ExitCode> {
  const instance = openInstance(process.env, named, await stackSettings(named, process.env));
  const { origin, settings, redact } = instance;
  const seconds = settings.requestTimeoutMs / 1000;
  console.error(redact(phrases.checking(origin, seconds)));
  const report = await examine(instance, expectId, process.env, systemClock).catch((error: unknown) => {
    throw new Error(redact(String(error)));
  });
  console.log(format === "json" ? safeJson(report, 2) : pretty(report, colors));
  return report.exitCode;
}

function expectIds(value: string, previous: readonly number[] = []): number[] {
  return [...previous, ...value.split(",").map(parseId)];
}

function parseId(value: string): number {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new InvalidArgumentError("It must be an integer of at least 1.");
  return Number(value);
}
