import { existsSync, readdirSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { CodedError } from "../../message";
import { readTypeScriptProject } from "../input/project";
import { readFile } from "../input/text";
import { refuseLinks, writeFileSafely } from "../output/writeFile";
import { ADOPTED_FILE, type AdoptedList, parseAdopted } from "./adopted";
import { filesBehind } from "./code/program";
import { SHARED_FILE } from "./code/shared";
import { messages } from "./messages";

/** A Pulumi project, and the folder in it that the postbacks are written to. */
export class Project {
  /** The project's name. */
  readonly name: string;
  /** The file that Pulumi runs. */
  readonly program: string;
  private readonly outDir: string;

  /**
   * @param folder The folder of Pulumi.yaml.
   * @param outDir The folder for the postbacks, from the folder of the program's file.
   */
  constructor(
    readonly folder: string,
    outDir: string,
  ) {
    const { name, program } = readTypeScriptProject(folder);
    this.name = name;
    this.program = program;
    this.outDir = join(dirname(program), outDir);
    const below = relative(dirname(program), this.outDir);
    if (below === "" || below.startsWith("..") || isAbsolute(below))
      throw new CodedError(messages.outDirInvalid(outDir));
  }

  /** What was adopted before; undefined if nothing was. Throws a message for people if a file of it is missing. */
  adopted(): AdoptedList | undefined {
    const path = this.pathOf(ADOPTED_FILE);
    if (refuseLinks(path, this.folder) !== undefined) {
      const list = parseAdopted(readFile(path), this.list);
      this.refuseMissingFiles(list);
      return list;
    }
    // Windows and macOS take names for one that differ by case alone.
    const own = ["index.ts", SHARED_FILE];
    const foreign = this.fileNames().find((file) => own.includes(file.toLowerCase()));
    if (foreign !== undefined) throw new CodedError(messages.outDirOccupied(this.shownCode(foreign)));
    return undefined;
  }

  /** The names of the files among the postbacks. */
  fileNames(): string[] {
    return existsSync(this.outDir) ? readdirSync(this.outDir).sort() : [];
  }

  /**
   * Writes files among the postbacks. Throws a message for people before the first one if one of them cannot be.
   *
   * @returns Those that are new or changed, as the user would write them.
   */
  write(files: ReadonlyMap<string, string>): string[] {
    for (const name of files.keys()) refuseLinks(this.pathOf(name), this.folder);
    // Git may have checked them out with other ends of lines.
    const changed = [...files].filter(([name, text]) => text !== this.textOf(name)?.replaceAll("\r\n", "\n"));
    for (const [name, text] of changed) writeFileSafely(this.pathOf(name), text, { root: this.folder });
    return changed.map(([name]) => this.shownCode(name));
  }

  /** The path of adopted.json, as the user would write it. */
  get list(): string {
    return this.shownCode(ADOPTED_FILE);
  }

  /** The line that brings the postbacks into the program. */
  get programLine(): string {
    const path = relative(dirname(this.program), this.outDir).split(sep).join("/");
    // Of a folder and a file with one name, an import finds the file.
    const hasNamesake = [".ts", ".js", ".json", ".node"].some((ending) => existsSync(this.outDir + ending));
    return `import ${JSON.stringify(`./${path}${hasNamesake ? "/index" : ""}`)};`;
  }

  /** A path as the user would write it from the project's folder. */
  shown(path: string): string {
    return relative(this.folder, path).split(sep).join("/");
  }

  /** The name of a file among the postbacks, as the user would write it. */
  shownCode(name: string): string {
    return this.shown(this.pathOf(name));
  }

  private refuseMissingFiles({ postbacks }: AdoptedList): void {
    const isMissing = (file: string) => !existsSync(this.pathOf(file));
    const incomplete = postbacks.filter(({ file }) => filesBehind(file).some(isMissing));
    if (incomplete.length === 0) return;
    const files = [...new Set(incomplete.flatMap(({ file }) => filesBehind(file).filter(isMissing)))];
    const shown = files.map((file) => this.shownCode(file));
    const ids = incomplete.map(({ id }) => id);
    throw new CodedError(messages.codeMissing(this.list, shown, ids));
  }

  private textOf(name: string): string | undefined {
    return existsSync(this.pathOf(name)) ? readFile(this.pathOf(name)) : undefined;
  }

  private pathOf(name: string): string {
    return join(this.outDir, name);
  }
}
