// Where the Pulumi CLI is: on the PATH, or where engine/build.sh keeps the one that it has built.
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const has = (program: string) => (folder: string) =>
  [program, `${program}.exe`].some((name) => existsSync(join(folder, name)));

const onPath = (program: string): boolean => (process.env.PATH ?? "").split(delimiter).some(has(program));

function builtFolder(): string {
  const version = readFileSync(join(__dirname, "../engine/version"), "utf8").trim();
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(cache, "pulumi-cake", `pulumi-${version}`);
}

/** Whether there is a CLI; one that was built for tests is put on the PATH of this process. */
export function findCli(): boolean {
  if (onPath("pulumi")) return true;
  const built = builtFolder();
  if (!has("pulumi")(built)) return false;
  process.env.PATH = `${built}${delimiter}${process.env.PATH ?? ""}`;
  return true;
}

/** Whether there is a CLI that runs programs in YAML. */
export function findYamlHost(): boolean {
  return findCli() && onPath("pulumi-language-yaml");
}
