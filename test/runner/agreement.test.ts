import { describe, expect, it } from "vitest";
import { isLong } from "../long";
import { CliStack, findCli } from "../stack/support/cli";
import { asJson, readRecording, recordsAnew, writeFixture } from "./agreement/fixtures";
import { record } from "./agreement/recording";
import { scenarios } from "./agreement/scenarios";
import { RunnerStack } from "./index";

const hasCli = findCli();

// Each step starts processes of its own, so these take minutes: by default those that show most are played.
const short = scenarios.filter(({ name }) => name === "together");
if (!isLong) {
  const left = scenarios.filter((scenario) => !short.includes(scenario)).map(({ name }) => name);
  console.log(`not played, but with TESTS=all: the recorded scenarios ${left.join(", ")}`);
}

describe.runIf(hasCli && !recordsAnew)("the real CLI still does what was recorded", () => {
  it.concurrent.each(scenarios)(
    "$name: $shows",
    async (scenario) => {
      const recording = await record(scenario, (options) => CliStack.create(options));
      expect(asJson(recording)).toEqual(readRecording(scenario.name));
    },
    600_000,
  );
});

describe.runIf(hasCli && recordsAnew)("recording the real CLI", () => {
  it.concurrent.each(scenarios)(
    "$name",
    async (scenario) => {
      writeFixture(scenario.name, await record(scenario, (options) => CliStack.create(options)));
    },
    600_000,
  );
});

describe.skipIf(recordsAnew)("the runner does what the real CLI was recorded to do", () => {
  it.concurrent.each(isLong ? scenarios : short)(
    "$name: $shows",
    async (scenario) => {
      const recording = await record(scenario, (options) => RunnerStack.create(options));
      expect(asJson(recording)).toEqual(readRecording(scenario.name));
    },
    240_000,
  );
});
