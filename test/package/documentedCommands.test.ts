import { readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Story, stories } from "../docs/commands";
import { findCli } from "../stack/support/cli";
import { install, PULUMI, pack } from "./installed";
import {
  copyOf,
  newPlace,
  type Packages,
  type Place,
  PREPARATION,
  projectPlace,
  type Ran,
  runIn,
} from "./prepared";

const ROOT = resolve(__dirname, "../..");

/** Commands that cannot run here, and why. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/^npm (?:ci|test|pack|run)\b/, "is run in a clone, and by this test's own run"],
  [/^npm install$/, "asks the registry for a release"],
  [/^pulumi new\b/, "asks the registry for a release; the starter's tests do the same"],
  [/^npx pulumi-cake\b/, "is named as what not to run"],
  [/^npx --no -- pulumi-cake$/, "is the beginning of a command"],
  [
    /--policy-pack\b/,
    "needs a plugin that the CLI built for tests lacks; test/stack/policyPack.test.ts starts the pack",
  ],
  [/^pulumi up --replace$/, "lacks the resource, and is named as what stops"],
];

/** Commands that judge: they end with 1 if they find something, and the sample network has findings. */
const JUDGES = /pulumi-cake (?:inventory\b|adopt\b|lint .*--live)/;

const isRun = (command: string) => !NOT_RUN.some(([pattern]) => pattern.test(command));
const hasCli = findCli();
const needsCli = ({ place, commands }: Story) =>
  place !== "project" || commands.some((command) => /\bpulumi |--stack\b|\badopt\b|\.json\b/.test(command));

describe("a documented command", async () => {
  const runnable = (await stories(ROOT))
    .map((story) => ({ ...story, commands: story.commands.filter(isRun) }))
    .filter(({ commands }) => commands.length > 0);
  const folders: string[] = [];
  let packages: Packages;
  let ready: Place;

  beforeAll(async () => {
    const tarball = pack();
    const project = install(tarball, {
      modules: "commonjs",
      pulumi: PULUMI,
      also: { "@pulumi/policy": "^1.21.0" },
    });
    packages = { tarball, modules: join(project, "node_modules") };
    ready = await projectPlace(packages);
    folders.push(dirname(tarball), project, ready.home);
    if (hasCli) for (const ran of await runIn(ready, PREPARATION)) expectSuccess(ran);
  });
  afterAll(async () => {
    await ready.sandbox.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it.concurrent.for(
    runnable.map((story): [string, Story] => [`${story.title}: ${story.commands[0]}`, story]),
  )(
    "runs: %s",
    // Two of them install packages.
    { timeout: 600_000 },
    async ([, story], context) => {
      if (!hasCli && needsCli(story)) return context.skip();
      await using place = await placeFor(story);
      const done = await runIn(place, story.commands, story.program, place.env);
      for (const ran of done) expectSuccess(ran);
    },
  );

  async function placeFor({ place, commands }: Story) {
    const made = place === "project" ? await copyOf(ready) : await newPlace(place, packages);
    const env =
      place === "project"
        ? { CAKE_DOMAIN: made.sandbox.instance().url, CAKE_API_KEY: "sandbox-key", PULUMI_STACK: "dev" }
        : {};
    // As "pulumi new" leaves it.
    if (place.startsWith("examples/") && !commands.some((command) => command.startsWith("pulumi stack init")))
      for (const ran of await runIn(made, ["pulumi stack init dev"])) expectSuccess(ran);
    return {
      ...made,
      env: env as Record<string, string>,
      async [Symbol.asyncDispose]() {
        await made.sandbox.close();
        rmSync(made.home, { recursive: true, force: true });
      },
    };
  }
});

describe("an npm command of the docs", async () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };
  const named = (await stories(ROOT))
    .flatMap(({ commands }) => commands)
    .flatMap((command) => [...command.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)]);

  it.each([...new Set(named.map(([, script = ""]) => script))])(
    "is a script of the package: %s",
    (script) => {
      expect(Object.keys(scripts)).toContain(script);
    },
  );
});

function expectSuccess({ command, code, output }: Ran): void {
  const expected = JUDGES.test(command) ? [0, 1] : [0];
  const about = `${command}\nended with ${code}. Does its place lack something (test/package/prepared.ts)?\n${output}`;
  expect(expected, about).toContain(code);
  expect(output, about).not.toMatch(/unknown (?:option|command|flag|shorthand)|too many arguments/);
}
