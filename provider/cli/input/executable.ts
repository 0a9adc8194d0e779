import { statSync } from "node:fs";
import { win32 } from "node:path";
import { attempt } from "../../lifecycle/attempt";
import { CodedError } from "../../message";
import { maskText } from "../../postback/secrets";
import { messages } from "./messages";

type Variables = Readonly<Record<string, string | undefined>>;

/** How `spawn` starts a program. */
export interface Startable {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: { readonly shell?: true; readonly env: Variables };
}

/**
 * How to start a program of the PATH; undefined if Windows has none. There, Node itself would start one of the working
 * directory first, would not find a batch file, and starts that only by a shell.
 */
export function startable(
  name: string,
  args: readonly string[],
  env: Variables,
  platform: NodeJS.Platform = process.platform,
): Startable | undefined {
  if (platform !== "win32") return { file: name, args, options: { env } };
  const file = onWindowsPath(name, env);
  if (file === undefined) return undefined;
  if (!/\.(?:bat|cmd)$/i.test(file)) return { file, args, options: { env } };
  const command = [batchFile(file), ...args.map((one) => plainArgument(one, file))].join(" ");
  // What the batch file starts must not come from the working directory, either.
  return {
    file: command,
    args: [],
    options: { shell: true, env: { ...env, NoDefaultCurrentDirectoryInExePath: "1" } },
  };
}

// In the order of Windows; what else PATHEXT may name needs a program of its own to run it.
const ENDINGS = [".com", ".exe", ".bat", ".cmd"];

// Where an entry is relative or empty, it means the working directory: the files of a pull request may stand there.
function onWindowsPath(name: string, env: Variables): string | undefined {
  const path = Object.entries(env).find(([variable]) => variable.toLowerCase() === "path")?.[1] ?? "";
  return path
    .split(";")
    .map((folder) => folder.trim().replace(/^"(.*)"$/, "$1"))
    .filter((folder) => win32.isAbsolute(folder))
    .flatMap((folder) => ENDINGS.map((ending) => `${folder.replace(/[\\/]+$/, "")}/${name}${ending}`))
    .find((file) => attempt(() => statSync(file).isFile()) === true);
}

// Between quotes, only these two mean something to the shell.
function batchFile(file: string): string {
  if (/["%]/.test(file)) throw new CodedError(messages.batchFileUnsafe(maskText(file), "its path"));
  return `"${file}"`;
}

// A shell reads the arguments twice, so nothing is quoted: what would need it is refused.
function plainArgument(argument: string, file: string): string {
  if (/^[\w./\\~:=@+,-]+$/.test(argument)) return argument;
  throw new CodedError(messages.batchFileUnsafe(maskText(file), maskText(JSON.stringify(argument))));
}
