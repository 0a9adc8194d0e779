import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Story, stories } from "../docs/commands";
import { findCli } from "../stack/support/cli";
import { installPackages, type Place, placeFor, projectPlace, type Ran, runIn } from "./prepared";

const ROOT = resolve(__dirname, "../..");

/** Commands that cannot run here, and why. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/^npm (?:ci|test|pack|run)\b/, "is run in a clone, and by this test's own run"],
  [/^npm install(?: pulumi-cake(?:@latest)?)?$/, "asks the registry for a release"],
  [/^pulumi new\b/, "asks the registry for a release; the starter's tests do the same"],
  [/^pulumi (?:plugin install|package add cake@)/, "asks for a release"],
  [/^pulumi import cake:index:\S+ \S+ <id>$/, "needs the plugin; the quickstarts import one"],
  [/^npx pulumi-cake\b/, "is named as what not to run"],
  [/^npx --no -- pulumi-cake$/, "is the beginning of a command"],
  [
    /--policy-pack\b/,
    "needs a plugin that the CLI built for tests lacks; test/stack/policyPack.test.ts starts the pack",
  ],
  [/pulumi-cake try\b.*--send\b/, "calls a partner; test/unit/cli/try/command.test.ts calls some of its own"],
  [/^pulumi up --replace$/, "lacks the resource, and is named as what stops"],
];

/** Commands that judge: they end with 1 if they find something, and the sample network has findings. */
const JUDGES = /pulumi-cake (?:inventory\b|adopt .*--dry-run|lint .*--live)/;

/** A program of another language needs what runs it. */
const OTHER_LANGUAGE = /\/examples\/quickstart-(?<language>\w+)\//;

const isRun = (command: string) => !NOT_RUN.some(([pattern]) => pattern.test(command));
const hasCli = findCli();
const needsCli = ({ place, commands }: Story) =>
  place !== "project" || commands.some((command) => /\bpulumi |--stack\b|\badopt\b|\.json\b/.test(command));

const lacksLanguage = ({ commands }: Story) => {
  const { language } = OTHER_LANGUAGE.exec(commands.join("\n"))?.groups ?? {};
  const isThere = (folder: string) => existsSync(join(folder, `pulumi-language-${language}`));
  return language !== undefined && !(process.env.PATH ?? "").split(delimiter).some(isThere);
};

describe("a documented command", async () => {
  const runnable = (await stories(ROOT))
    .map((story) => ({ ...story, commands: story.commands.filter(isRun) }))
    .filter(({ commands }) => commands.length > 0);
  let ready: Place;

  beforeAll(async () => {
    ready = await projectPlace(installPackages(), hasCli);
  });
  afterAll(async () => {
    await ready[Symbol.asyncDispose]();
    rmSync(ready.packages, { recursive: true, force: true });
  });

  it.concurrent.for(
    runnable.map((story): [string, Story] => [`${story.title}: ${story.commands[0]}`, story]),
  )(
    "runs: %s",
    // Two of them install packages.
    { timeout: 600_000 },
    async ([, story], context) => {
      if ((!hasCli && needsCli(story)) || lacksLanguage(story)) return context.skip();
      await using place = await placeFor(story, ready);
      for (const ran of await runIn(place, story.commands, story.program)) expectSuccess(ran);
    },
  );
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
