// Where the Pulumi CLI is: on the PATH, or where engine/build.sh keeps the one that it has built.
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const has = (folder: string, program = "pulumi"): boolean =>
  [program, `${program}.exe`].some((name) => existsSync(join(folder, name)));

function builtFolder(): string {
  const version = readFileSync(join(__dirname, "../engine/version"), "utf8").trim();
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(cache, "pulumi-cake", `pulumi-${version}`);
}

/** Whether there is a CLI; one that was built for tests is put on the PATH of this process. */
export function findCli(): boolean {
  const path = process.env.PATH ?? "";
  if (path.split(delimiter).some((folder) => has(folder))) return true;
  const built = builtFolder();
  if (!has(built)) return false;
  process.env.PATH = `${built}${delimiter}${path}`;
  return true;
}

/** Whether the CLI can run programs in YAML. */
export function findYaml(): boolean {
  if (!findCli()) return false;
  return (process.env.PATH ?? "").split(delimiter).some((folder) => has(folder, "pulumi-language-yaml"));
}
