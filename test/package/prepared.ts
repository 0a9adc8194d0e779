// Places in which a documented command runs: a home with a state, and a project with the packed package.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { type Sandbox, startSandbox } from "../../provider/sandbox";
import { sampleRows } from "../../provider/sandbox/data/samples";
import { type Story, withValues } from "../docs/commands";
import { fillIn } from "../stack/support/places";
import { temporary } from "./installed";

const ROOT = resolve(__dirname, "../..");
const KEY = "sandbox-key";

/** A command that was run. */
export interface Ran {
  readonly command: string;
  readonly code: number;
  readonly output: string;
}

/** A folder that stands for the home of a user, and the CAKE instance that its project works on. */
export interface Place {
  readonly home: string;
  readonly project: string;
  readonly sandbox: Sandbox;
  readonly tarball: string;
}

/** What stands for a value in the docs, such as `<id>`, and for this place. */
function values({ tarball }: Place): Readonly<Record<string, string>> {
  return {
    path: resolve(tarball, ".."),
    key: KEY,
    id: "7301",
    "id>,<id": "7301,7302",
    file: "ids.txt",
    directory: ".",
    command: "help",
    entry: "0a-1b-2c",
    n: "300",
    "how many": "300",
    urn: "urn:pulumi:dev::cake-quickstart::pulumi-nodejs:dynamic/cake:AffiliatePostback::acme-summer-sale",
  };
}

/** The place of a story that begins with no project, or with a copy of an example. */
export async function newPlace(kind: Exclude<Story["place"], "project">, packages: Packages): Promise<Place> {
  const home = temporary("commands");
  const project = join(home, "project");
  const place = { home, project, sandbox: await instance(), tarball: packages.tarball };
  if (kind === "nothing") mkdirSync(project);
  else {
    cpSync(join(ROOT, kind), project, { recursive: true, filter: (path) => !path.includes("node_modules") });
    symlinkSync(packages.modules, join(project, "node_modules"));
    fillIn(project, "postbacks");
    replaceIn(project, /127\.0\.0\.1:8801/g, place.sandbox.instance().domain);
  }
  return place;
}

/** The packed package, and a folder of packages with it. */
export interface Packages {
  readonly tarball: string;
  readonly modules: string;
}

/** Commands that make what every place of the kind "project" holds. */
export const PREPARATION = [
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
];

/** Without the CLI there is no stack, and only what needs none runs. */
export async function projectPlace(packages: Packages): Promise<Place> {
  const place = await newPlace("examples/quickstart", packages);
  const csv = "affiliate_id,name,offer_id,status,postback_url\n67890,Acme Media,12345,active,";
  writeFileSync(
    join(place.project, "partners.csv"),
    `${csv}https://track.acme-media.example/postback?cid=#s2#&txid=#leadid#\n`,
  );
  writeFileSync(join(place.project, "ids.txt"), "7301\n");
  cpSync(join(ROOT, "examples/policy-pack"), join(place.project, "examples/policy-pack"), {
    recursive: true,
  });
  return place;
}

/** The same place again, with an instance of its own. */
export async function copyOf(place: Place): Promise<Place> {
  const home = temporary("commands");
  cpSync(place.home, home, { recursive: true, verbatimSymlinks: true });
  const sandbox = await instance(place.sandbox.instance().postbacks());
  replaceIn(home, new RegExp(place.sandbox.instance().domain, "g"), sandbox.instance().domain);
  return { ...place, home, project: join(home, "project"), sandbox };
}

/** What a command needs that its document describes in words, and the commands that make it. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  // A preview that declares something new.
  [/preview --json(?! --show-sames).*\| npx.* lint/, "sed -i 's#/postback?#/postback/new?#' index.ts"],
  // A file that adopt writes only if a URL holds a secret.
  [
    /< \.pulumi-cake\/secrets\.json/,
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

function needed(command: string): string[] {
  return NEEDS.flatMap(([pattern, make]) => (pattern.test(command) ? [make] : []));
}

function instance(postbacks = sampleRows("network")): Promise<Sandbox> {
  return startSandbox({ instances: { cake: { postbacks, apiKey: KEY } } });
}

function replaceIn(folder: string, old: RegExp, text: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== ".git") replaceIn(path, old, text);
    if (!entry.isFile()) continue;
    const before = readFileSync(path, "utf8");
    const after = before.replace(old, text);
    if (after !== before) writeFileSync(path, after);
  }
}

// Answers what the commands would ask on a terminal, stops the sandbox once it runs, and spares starting npm for each command.
const SHELL = `
pulumi() {
  local more=()
  case " $* " in
    *" --help "* | *" --yes "* | *" --preview-only "*) ;;
    *) case "$1" in up | destroy | refresh) more=(--yes --skip-preview) ;; esac ;;
  esac
  if [ "$*" = "login --local" ]; then
    command pulumi login "file://$HOME"
  elif [ "$1 $2 $3" = "config set --secret" ] && [ $# -eq 4 ] && [ /dev/stdin -ef /dev/null ]; then
    printf %s "${KEY}" | command pulumi "$@"
  else
    command pulumi "$@" "\${more[@]}"
  fi
}
npx() {
  [ "$1 $2" = "--no --" ] || { echo "npx without --no -- may ask the registry"; return 64; }
  local name="./node_modules/.bin/$3"
  shift 3
  case "$1 $*" in
    *--help*) "$name" "$@" ;;
    sandbox*)
      coproc SANDBOX { exec "$name" "$@" --port 0 2>&1; }
      local pid=$SANDBOX_PID out line
      exec {out}<&"\${SANDBOX[0]}"
      while IFS= read -r line <&"$out"; do
        echo "$line"
        case "$line" in *Ctrl-C*) kill -TERM "$pid" ;; esac
      done
      wait "$pid" ;;
    *) "$name" "$@" ;;
  esac
}
`;

/** Runs commands one after the other in one shell, as somebody who copies them. */
export async function runIn(
  place: Place,
  commands: readonly string[],
  program?: string,
  env: Record<string, string> = {},
): Promise<Ran[]> {
  const lines = commands.flatMap((command, index) => [
    ...needed(command),
    `printf '\\n@@begin ${index}\\n'`,
    filledIn(command, place),
    `printf '\\n@@end %s\\n' $?`,
    // The documents ask to write the program once there is a project.
    ...(program !== undefined && command.includes("> Pulumi.yaml") ? ['cp "$HOME/program.ts" index.ts'] : []),
  ]);
  if (program !== undefined) writeFileSync(join(place.home, "program.ts"), program);
  const output = await bash([SHELL, ...lines].join("\n"), place, env);
  return commands.map((command, index) => {
    const [, printed, code] = new RegExp(`@@begin ${index}\\n([\\s\\S]*?)\\n@@end (\\d+)`).exec(output) ?? [];
    return { command, code: Number(code ?? -1), output: printed ?? output };
  });
}

function filledIn(command: string, place: Place): string {
  const { url } = place.sandbox.instance();
  return withValues(command, values(place))
    .replace(/https?:\/\/(?:127\.0\.0\.1|localhost):8801|yourdomain\.cakemarketing\.com/g, url)
    .replace(/=…/g, `=${KEY}`)
    .replace(/(--expect-id) \d+/g, "$1 7301");
}

function bash(script: string, { home, project }: Place, env: Record<string, string>): Promise<string> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CAKE|PULUMI|GIT)_/.test(name));
  return new Promise((done) => {
    const child = execFile(
      "bash",
      ["-c", `exec 2>&1 < /dev/null\n${script}`],
      {
        cwd: project,
        maxBuffer: 64 * 1024 * 1024,
        env: {
          ...Object.fromEntries(inherited),
          HOME: home,
          // Pulumi asks the system for the home, not the environment.
          PULUMI_HOME: join(home, ".pulumi"),
          PULUMI_BACKEND_URL: `file://${home}`,
          npm_config_cache: process.env.npm_config_cache ?? join(homedir(), ".npm"),
          npm_config_prefer_offline: "true",
          npm_config_audit: "false",
          npm_config_fund: "false",
          GIT_AUTHOR_NAME: "test",
          GIT_AUTHOR_EMAIL: "test@example.com",
          GIT_COMMITTER_NAME: "test",
          GIT_COMMITTER_EMAIL: "test@example.com",
          NO_PROXY: "127.0.0.1",
          PULUMI_CONFIG_PASSPHRASE: "sandbox",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          // Types are checked by other tests.
          PULUMI_NODEJS_TRANSPILE_ONLY: "true",
          ...env,
        },
      },
      (_error, stdout) => done(stdout),
    );
    child.stdin?.end();
  });
}
