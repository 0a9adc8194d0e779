import { existsSync, readdirSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { readTypeScriptProject } from "../input/project";
import { readFile } from "../input/text";
import { refuseLinks, writeFileSafely } from "../output/file";
import { ADOPTED_FILE, type AdoptedList, parseAdopted } from "./adopted";
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
    if (below === "" || below.startsWith("..") || isAbsolute(below)) throw new Error(messages.noOwnFolder);
  }

  /** What was adopted before; undefined if nothing was. */
  adopted(): AdoptedList | undefined {
    const path = this.pathOf(ADOPTED_FILE);
    const isThere = refuseLinks(path, this.folder) !== undefined;
    if (isThere) return parseAdopted(readFile(path), this.shown(path));
    const foreign = ["index.ts", "shared.ts"].find((file) => existsSync(this.pathOf(file)));
    if (foreign !== undefined) throw new Error(messages.foreignFolder(this.shownCode(foreign)));
    return undefined;
  }

  /** The names of the files among the postbacks. */
  fileNames(): string[] {
    return existsSync(this.outDir) ? readdirSync(this.outDir).sort() : [];
  }

  /** Writes files among the postbacks. Throws a message for people before the first one if one of them cannot be. */
  write(files: ReadonlyMap<string, string>): void {
    for (const name of files.keys()) refuseLinks(this.pathOf(name), this.folder);
    for (const [name, text] of files) writeFileSafely(this.pathOf(name), text, { root: this.folder });
  }

  /** The line that brings the postbacks into the program. */
  get programLine(): string {
    const path = relative(dirname(this.program), this.outDir).split(sep).join("/");
    return `import "./${path}";`;
  }

  /** A path as the user would write it from the project's folder. */
  shown(path: string): string {
    return relative(this.folder, path).split(sep).join("/");
  }

  /** The name of a file among the postbacks, as the user would write it. */
  shownCode(name: string): string {
    return this.shown(this.pathOf(name));
  }

  private pathOf(name: string): string {
    return join(this.outDir, name);
  }
}
