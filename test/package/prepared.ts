// Places in which a documented command runs: a home with a state, and a project with the packed package.
import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { ownManifest } from "../../provider/manifest";
import { type Sandbox, startSandbox } from "../../provider/sandbox";
import { sampleRows } from "../../provider/sandbox/data/samples";
import { MAKES_A_PROJECT, type Story } from "../docs/commands";
import { fillIn } from "../stack/support/places";
import { install, PULUMI, pack, temporary } from "./installed";

const ROOT = resolve(__dirname, "../..");
const KEY = "sandbox-key";

/** A command that was run. */
export interface Ran {
  readonly command: string;
  readonly code: number;
  readonly output: string;
}

/** A directory that stands for the home of a user, and the CAKE instance that its project works on. */
export interface Place extends AsyncDisposable {
  readonly home: string;
  readonly project: string;
  readonly sandbox: Sandbox;
  /** The directory of `installPackages`. */
  readonly packages: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What stands for a value in the docs, such as `<id>`. */
const VALUES: Readonly<Record<string, string>> = {
  key: KEY,
  id: "7301",
  file: "ids.txt",
  directory: ".",
  command: "help",
  entry: "0a-1b-2c",
  n: "300",
  number: "300",
  name: "pageSize",
  value: "200",
  urn: "urn:pulumi:dev::cake-quickstart::pulumi-nodejs:dynamic/cake:AffiliatePostback::acme-summer-sale",
};

/** A directory with the packed package, and with it and all that the places need installed. */
export function installPackages(): string {
  const tarball = pack();
  const also = { "@pulumi/policy": "^1.21.0" };
  const directory = install(tarball, { modules: "commonjs", pulumi: PULUMI, also });
  renameSync(tarball, join(directory, basename(tarball)));
  rmSync(dirname(tarball), { recursive: true });
  return directory;
}

/** Commands that make what every place of the kind "project" holds. */
const PREPARATION = [
  "pulumi stack init prod",
  "pulumi stack init dev",
  "pulumi config set cake:domain yourdomain.cakemarketing.com",
  "pulumi config set --secret cake:apiKey",
  "pulumi preview --json --show-sames > base.json",
  "cp base.json head.json",
  "pulumi up",
  "pulumi preview --json --show-sames > preview.json",
  "pulumi stack export > dev.json",
  "cp dev.json state.json",
  "pulumi stack export --stack prod > prod.json",
  "git init --quiet",
  "git config user.name test",
  "git config user.email test@example.com",
];

/** The place that stories of the kind "project" copy. Without the CLI it has no stack. */
export async function projectPlace(packages: string, hasCli: boolean): Promise<Place> {
  const place = await examplePlace("examples/quickstart", packages);
  cpSync(join(ROOT, "test/fixtures/commands"), place.project, { recursive: true });
  cpSync(join(ROOT, "examples/policy-pack"), join(place.project, "examples/policy-pack"), {
    recursive: true,
  });
  if (hasCli) await prepare(place, PREPARATION);
  return place;
}

/** The place of a story: a copy of the prepared project, a copy of an example, or an empty project. */
export async function placeFor({ place: kind, commands }: Story, ready: Place): Promise<Place> {
  if (kind === "project") return copyOf(ready);
  if (kind === "nothing") {
    const place = placeAt(temporary("commands"), await instance(), ready.packages);
    mkdirSync(place.project);
    return place;
  }
  const place = await examplePlace(kind, ready.packages);
  // As "pulumi new" leaves it.
  if (!commands.some((command) => command.startsWith("pulumi stack init")))
    await prepare(place, ["pulumi stack init dev"]);
  return place;
}

async function copyOf(place: Place): Promise<Place> {
  const home = temporary("commands");
  cpSync(place.home, home, { recursive: true, verbatimSymlinks: true });
  const original = place.sandbox.instance();
  const sandbox = await instance(original.postbacks());
  const { url, domain } = sandbox.instance();
  replaceIn(home, new RegExp(original.domain, "g"), domain);
  const env = { CAKE_DOMAIN: url, CAKE_API_KEY: KEY, PULUMI_STACK: "dev" };
  return placeAt(home, sandbox, place.packages, env);
}

async function examplePlace(example: string, packages: string): Promise<Place> {
  const place = placeAt(temporary("commands"), await instance(), packages);
  const filter = (path: string) => !path.includes("node_modules");
  cpSync(join(ROOT, example), place.project, { recursive: true, filter });
  symlinkSync(join(packages, "node_modules"), join(place.project, "node_modules"));
  fillIn(place.project, "postbacks");
  replaceIn(place.project, /127\.0\.0\.1:8801/g, place.sandbox.instance().domain);
  return place;
}

function placeAt(home: string, sandbox: Sandbox, packages: string, env: Place["env"] = {}): Place {
  return {
    ...{ home, project: join(home, "project"), sandbox, packages, env },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function instance(postbacks = sampleRows("network")): Promise<Sandbox> {
  return startSandbox({ instances: { cake: { postbacks, apiKey: KEY } } });
}

async function prepare(place: Place, commands: readonly string[]): Promise<void> {
  for (const { command, code, output } of await runIn(place, commands))
    if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}`);
}

function replaceIn(directory: string, old: RegExp, text: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && entry.name !== ".git") replaceIn(path, old, text);
    if (!entry.isFile()) continue;
    const before = readFileSync(path, "utf8");
    const after = before.replace(old, text);
    if (after !== before) writeFileSync(path, after);
  }
}

/** What a command needs that its page describes in words, and the commands that make it. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  // A preview that declares something new.
  [/preview --json(?! --show-sames).*\| npx.* lint/, "sed -i 's#/postback?#/postback/new?#' index.ts"],
  // A file that adopt writes only if a URL holds a secret.
  [
    /^cat \.pulumi-cake\/secrets\.json/,
    "[ -e .pulumi-cake/secrets.json ] || echo '{}' > .pulumi-cake/secrets.json",
  ],
  // The one line that adopt asks for.
  [/ adopt .*--apply/, `echo 'import "./postbacks";' >> index.ts`],
  // The ranges of shards after the change.
  [
    /state move --source shard-1/,
    `echo '{"shard-1": [[67000, 67930], [67932, 67999]], "shard-2": [[67931, 67931], [68000, 68999]]}' > shards.json`,
  ],
];

/** Runs commands one after the other in one shell, as somebody who copies them. */
export async function runIn(place: Place, commands: readonly string[], program?: string): Promise<Ran[]> {
  const lines = commands.flatMap((command, index) => [
    ...NEEDS.flatMap(([pattern, make]) => (pattern.test(command) ? [make] : [])),
    `printf '\\n@@begin ${index}\\n'`,
    filledIn(command, place),
    `printf '\\n@@end %s\\n' $?`,
    // The pages ask to write the program once there is a project.
    ...(program !== undefined && command.includes(MAKES_A_PROJECT) ? ['cp "$HOME/program.ts" index.ts'] : []),
  ]);
  if (program !== undefined) writeFileSync(join(place.home, "program.ts"), program);
  const output = await bash(lines.join("\n"), place);
  return commands.map((command, index) => {
    const [, printed, code] = new RegExp(`@@begin ${index}\\n([\\s\\S]*?)\\n@@end (\\d+)`).exec(output) ?? [];
    return { command, code: Number(code ?? -1), output: printed ?? output };
  });
}

function filledIn(command: string, { sandbox, packages }: Place): string {
  const values: typeof VALUES = { ...VALUES, path: packages };
  return (
    command
      // One page shows that the packed file can be installed. For the others it is there.
      .replace(/^npm install <path>\/\S+\.tgz$/, `ln -sfn ${packages}/node_modules node_modules`)
      // Nothing is asked of the registry about this package.
      .replace(
        /^(npm install .*) pulumi-cake(?=\s|$)/gm,
        `$1 ${packages}/pulumi-cake-${ownManifest().version}.tgz`,
      )
      .replace(/<([a-z][a-z ./-]*)>/g, (placeholder, name) => values[name] ?? `"${placeholder}"`)
      .replace(
        /https?:\/\/(?:127\.0\.0\.1|localhost):8801|yourdomain\.cakemarketing\.com/g,
        sandbox.instance().url,
      )
      .replace(/=…/g, `=${KEY}`)
      .replace(/(--expect-id) \d+/g, "$1 7301")
  );
}

async function bash(script: string, { home, project, env }: Place): Promise<string> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CAKE|PULUMI|GIT)_/.test(name));
  const run = promisify(execFile)("bash", ["-c", `exec 2>&1 < /dev/null\n. "$TERMINAL"\n${script}`], {
    cwd: project,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...Object.fromEntries(inherited),
      TERMINAL: join(__dirname, "terminal.sh"),
      SANDBOX_KEY: KEY,
      HOME: home,
      // Pulumi asks the system for the home, not the environment.
      PULUMI_HOME: join(home, ".pulumi"),
      PULUMI_BACKEND_URL: `file://${home}`,
      npm_config_cache: process.env.npm_config_cache ?? join(homedir(), ".npm"),
      npm_config_prefer_offline: "true",
      npm_config_audit: "false",
      npm_config_fund: "false",
      NO_PROXY: "127.0.0.1",
      PULUMI_CONFIG_PASSPHRASE: "sandbox",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // Types are checked by other tests.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      ...env,
    },
  });
  // A script that ends early is judged by what it printed.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return stdout;
}
