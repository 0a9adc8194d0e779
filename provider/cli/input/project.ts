import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, isAbsolute, join, relative, sep } from "node:path";
import * as v from "valibot";
import { parse } from "yaml";
import { decodeText } from "../../files/decode";
import { attempt } from "../../lifecycle/attempt";
import { CodedError } from "../../message";
import { messages } from "./messages";

/** A Pulumi project whose program is TypeScript, as its own files describe it. */
export interface TypeScriptProject {
  /** The folder of Pulumi.yaml. */
  readonly folder: string;
  readonly name: string;
  /** The file that Pulumi runs. */
  readonly program: string;
}

/** Reads what Pulumi and Node would run. Throws a message for people if that is not TypeScript of CommonJS. */
export function readTypeScriptProject(folder: string): TypeScriptProject {
  const { name, runtime, main } = describedIn(folder);
  const { name: language, options } = typeof runtime === "string" ? { name: runtime } : runtime;
  if (language !== "nodejs") throw new CodedError(messages.projectOfOtherLanguage(JSON.stringify(language)));
  if (options?.typescript === false) throw refusal('its option "typescript" is false');
  const program = fileOf(join(folder, main ?? ".")) ?? join(folder, mainNamed(folder, main) ?? "index.ts");
  const shown = relative(folder, program);
  if (isOutside(shown)) throw refusal(`Pulumi runs ${shown}, which is outside of the project's directory`);
  if (extname(program) !== ".ts") throw refusal(`Pulumi runs ${shown}, which is not TypeScript`);
  if (isModule(dirname(program))) throw refusal(`${shown} is an ES module ("type": "module")`);
  return { folder, name, program };
}

// Code goes beside the program, and what a repository says must not send it elsewhere.
function isOutside(path: string): boolean {
  return isAbsolute(path) || path.split(sep)[0] === "..";
}

const runtime = v.object({
  name: v.string(),
  options: v.nullish(v.looseObject({ typescript: v.nullish(v.boolean()) })),
});
const description = v.object({
  name: v.string(),
  runtime: v.union([v.string(), runtime]),
  main: v.nullish(v.string()),
});

function describedIn(folder: string): v.InferOutput<typeof description> {
  const file = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].find((one) => existsSync(join(folder, one)));
  if (file === undefined) throw new CodedError(messages.projectMissing(folder));
  const parsed = v.safeParse(
    description,
    attempt(() => parse(decodeText(readFileSync(join(folder, file))))),
  );
  if (parsed.success) return parsed.output;
  throw new CodedError(messages.projectUnreadable(join(folder, file), "YAML with a name and a runtime"));
}

const ENDINGS = ["", ".js", ".json", ".node", ".ts"];

// As Node finds a file, with the ending that Pulumi adds.
function fileOf(path: string): string | undefined {
  if (!isFolder(path)) return withEnding(path);
  const { main } = packageIn(path);
  const named = typeof main === "string" ? join(path, main) : undefined;
  const found = named === undefined ? undefined : (withEnding(named) ?? withEnding(join(named, "index")));
  return found ?? withEnding(join(path, "index"));
}

function withEnding(path: string): string | undefined {
  return ENDINGS.map((ending) => `${path}${ending}`).find((file) => existsSync(file) && !isFolder(file));
}

/** What the project names although it is not there (yet), as before a build. */
function mainNamed(folder: string, main: string | null | undefined): string | undefined {
  if (main) return extname(main) === "" ? join(main, "index.js") : main;
  const { main: inPackage } = packageIn(folder);
  return typeof inPackage === "string" ? inPackage : undefined;
}

function isModule(folder: string): boolean {
  if (existsSync(join(folder, "package.json"))) return packageIn(folder).type === "module";
  const above = dirname(folder);
  return above !== folder && isModule(above);
}

function packageIn(folder: string): { readonly main?: unknown; readonly type?: unknown } {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return {};
  const read = attempt(() => JSON.parse(decodeText(readFileSync(file))));
  if (typeof read === "object" && read !== null) return read;
  throw new CodedError(messages.projectUnreadable(file, "JSON"));
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function refusal(why: string): Error {
  return new CodedError(messages.projectUnsupported(why));
}
