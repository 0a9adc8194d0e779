import { type Command, InvalidArgumentError } from "commander";
import { systemClock } from "../../http/clock";
import { complete } from "../command";
import { colors } from "../output/colors";
import { type Options, run } from "./run";
import { ANSWER_OPTIONS, terminal } from "./writes/questions";

const HELP = `
The settings come from the environment, as for a stack: CAKE_DOMAIN, CAKE_API_KEY, CAKE_PATHS, CAKE_PROXY, …
Without --probe-writes it sends nothing but some ten GETs, and one for each page of the list.
No option takes a key: everybody on a machine can read the command lines of its processes.

Exit codes:
  0  nothing was found that will not work
  1  something will not work, or the probe of writes met a surprise
  2  the doctor could not look: options, settings, network or key; or a probe that was asked for was not made

Examples:
  CAKE_API_KEY="$(pulumi config get cake:apiKey)" npx pulumi-cake doctor --domain "$(pulumi config get cake:domain)"
  npx pulumi-cake doctor --known 8801 --json
  npx pulumi-cake doctor --probe-writes --affiliate 4 --offer 7`;

export function define(command: Command): Command {
  const withOptions = command
    .option("--domain <host>", "the instance; default: CAKE_DOMAIN")
    .option("--paths <json>", "own paths of assumed endpoints; default: CAKE_PATHS")
    .option("--provider <name>", "an explicit provider: its key is in CAKE_<NAME>_API_KEY")
    .option("--known <id...>", "postbacks that the right instance must show", known)
    .option("--json", "print the whole report as JSON")
    .option("--probe-writes", "write up to 3 inactive records to settle what looking cannot; asks twice")
    .option("--affiliate <id>", "the affiliate to write for: one for tests, without postbacks", idOf)
    .option("--offer <id>", "the offer to write for", idOf)
    .option(ANSWER_OPTIONS.writeInactiveRecords, "answers the first question of --probe-writes")
    .option(ANSWER_OPTIONS.theyStayForGood, "answers the second question of --probe-writes");
  return complete(withOptions, HELP, (options: Options) =>
    run(options, {
      env: process.env,
      clock: systemClock,
      paint: colors,
      print: (text) => console.log(text),
      tell: (text) => console.error(text),
      ask: terminal(),
    }),
  );
}

function known(value: string, previous: readonly number[] = []): number[] {
  return [...previous, ...value.split(",").map(idOf)];
}

function idOf(value: string): number {
  if (!/^[1-9]\d{0,14}$/.test(value))
    throw new InvalidArgumentError("It should be an id: a whole number of at least 1.");
  return Number(value);
}
