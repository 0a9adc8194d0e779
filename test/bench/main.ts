/** Measures what the docs say about speed, prints it and saves it. `npm run bench`. */
import { cpus, platform } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { writePerformance } from "../docs/performance";
import { lintCosts } from "./lint";
import { loadingCosts } from "./loading";
import { live, type Measured, takeOver } from "./measure";
import { type Asked, PARTS, type Story, storiesOf } from "./plan";
import { installPlugin } from "./plugin";
import { reportParts } from "./report";
import { kept, keyOf, PEERS, type Results, type Sample, save, savedResults } from "./results";
import { reviewCost } from "./review";
import { rulesCost } from "./rules";
import { type BenchEngine, engineHere } from "./stacks";
import { startCosts } from "./starting";
import { isKept } from "./verdicts";

interface Options extends Asked {
  readonly save: boolean;
  readonly busy: boolean;
}

new Command("npm run bench --")
  .description("Measures both doors of the provider beside an empty one and a tutorial's, on the sandbox.")
  .option("--sizes <numbers>", "postbacks of a stack", numbers, [100, 1_000, 10_000])
  .option("--latencies <ms>", "what each call to CAKE takes", numbers, [0, 100])
  .option("--rounds <number>", "how often each is measured", whole, 5)
  .addOption(choice("--parts <names>", PARTS))
  .addOption(choice("--peers <names>", PEERS))
  .option("--busy", "save no seconds, because the machine does other work, too", false)
  .option("--no-save", "leave the saved results as they are")
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });

async function run(options: Options): Promise<void> {
  using _plugin = await installPlugin();
  const engine = await engineHere();
  const stories = storiesOf(options);
  const about = aboutHere(engine);
  const day = today();
  const earlier = savedResults();
  const measured: Sample[] = [];
  const samples = () => [...kept(earlier, about, new Set(measured.map(keyOf))), ...measured];
  console.log(`${engine.name}, Node ${about.node}, ${about.machine}: ${stories.length} stories to tell.`);
  for (const story of stories) {
    await tell(engine, story, (timed) => {
      const sample = { ...timed, day, ...(options.busy && { seconds: undefined }) };
      measured.push(sample);
      console.log(lineOf(sample));
    });
    // A run takes hours, so that what is measured is kept at once.
    if (options.save) save({ ...about, ...costsIn(earlier), samples: samples() });
  }
  // Without a story, the samples are those of an earlier run, perhaps with another engine.
  const saved = stories.length === 0 ? earlier : undefined;
  const costs = options.parts.includes("costs") ? await costsHere(options) : {};
  const results: Results = { ...about, samples: samples(), ...saved, ...costsIn(earlier), ...costs };
  if (options.save) {
    save(results);
    writePerformance(results);
  }
  for (const part of Object.values(reportParts(results))) console.log(`\n${part}`);
  if (!isKept(results)) process.exitCode = 1;
}

function tell(
  engine: BenchEngine,
  { setting, operations }: Story,
  hear: (sample: Measured) => void,
): Promise<void> {
  return operations.includes("adopt") ? takeOver(engine, setting, hear) : live(engine, setting, hear);
}

function aboutHere({ name }: BenchEngine) {
  const [cpu] = cpus();
  return {
    engine: name,
    node: process.versions.node,
    machine: `${cpus().length} cores (${cpu?.model.trim() ?? "of unknown make"}), ${platform()}`,
  };
}

const costsHere = async ({ busy }: Options) => ({
  starts: await startCosts(),
  ...(busy ? {} : timedCosts()),
});

const timedCosts = () => ({
  day: today(),
  loading: loadingCosts(),
  review: reviewCost(),
  lint: lintCosts(),
  rules: rulesCost(),
});

const costsIn = (results: Results | undefined) => ({
  day: results?.day ?? today(),
  starts: results?.starts,
  loading: results?.loading ?? [],
  review: results?.review,
  lint: results?.lint,
  rules: results?.rules,
});

/** Such as `2026-12-31`. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function lineOf({ peer, size, others, latencyMs, operation, seconds, cpuSeconds, calls }: Sample): string {
  const among = others > 0 ? ` among ${size + others}` : "";
  const time = seconds === undefined ? `${cpuSeconds} s of processor time` : `${seconds} s`;
  return `${peer}, ${size} postbacks${among}, ${latencyMs} ms: ${operation} in ${time}, ${calls} calls`;
}

function numbers(text: string): number[] {
  return text.split(",").map(whole);
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError("It is no whole number.");
  return value;
}

/** Any of these, with commas between; all by default. */
function choice<Name extends string>(flags: string, all: readonly Name[]): Option {
  const chosen = (text: string) =>
    text.split(",").map((given) => {
      const name = all.find((one) => one === given);
      if (name === undefined) throw new InvalidArgumentError(`There is no "${given}".`);
      return name;
    });
  return new Option(flags, `of ${all.join(", ")}`).argParser(chosen).default(all, "all");
}
