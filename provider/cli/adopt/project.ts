import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** A Pulumi project's folder, and the folder of the program that the postbacks are written to. */
export class Project {
  /** Absolute. */
  readonly postbacks: string;

  /**
   * @param folder The folder of Pulumi.yaml.
   * @param into The folder for the postbacks, from the program's file.
   */
  constructor(
    readonly folder: string,
    into: string,
  ) {
    if (!existsSync(join(folder, "Pulumi.yaml")))
      throw new Error(
        `There is no Pulumi.yaml in ${folder}. Run this in the folder of a Pulumi project, or name it with --cwd; "pulumi new typescript" makes one.`,
      );
    const program = dirname(this.main);
    this.postbacks = join(program, into);
    if (relative(program, this.postbacks) === "") throw new Error(NO_FOLDER_OF_ITS_OWN);
  }

  /** The project's name. */
  get name(): string {
    const name = /^name:\s*["']?([^"'\s#]+)/m.exec(
      readFileSync(join(this.folder, "Pulumi.yaml"), "utf8"),
    )?.[1];
    if (name === undefined) throw new Error(`Pulumi.yaml in ${this.folder} has no name.`);
    return name;
  }

  /** The program's file, where it is one of TypeScript: as Pulumi.yaml says, as package.json says, else index.ts. */
  get main(): string {
    const named = [this.mainOfPulumi(), this.mainOfPackage()].filter((path) => path !== undefined);
    const files = named.map((path) => this.fileAt(path)).filter((path) => path?.endsWith(".ts"));
    return files[0] ?? join(this.folder, "index.ts");
  }

  /** The text of each TypeScript file among the postbacks, by its name. */
  code(): Map<string, string> {
    if (!existsSync(this.postbacks)) return new Map();
    const names = readdirSync(this.postbacks).filter((name) => name.endsWith(".ts"));
    return new Map(names.sort().map((name) => [name, readFileSync(join(this.postbacks, name), "utf8")]));
  }

  /** Writes files among the postbacks. */
  writeCode(files: ReadonlyMap<string, string>): void {
    if (files.size > 0) mkdirSync(this.postbacks, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(this.postbacks, name), text);
  }

  /** The program's text with the postbacks in it; undefined where it has them already. */
  mainWithPostbacks(): string | undefined {
    const path = relative(dirname(this.main), this.postbacks).split(sep).join("/");
    const before = existsSync(this.main) ? readFileSync(this.main, "utf8") : "";
    const imported = new RegExp(`["']\\./${path.replace(/[^\w/]/g, "\\$&")}(?:/index(?:\\.[jt]s)?)?["']`);
    if (imported.test(before)) return undefined;
    const end = before.includes("\r\n") ? "\r\n" : "\n";
    const first = /^import\b/m.exec(before)?.index ?? before.length;
    const above = before.slice(0, first);
    const isOpen = above !== "" && !above.endsWith("\n");
    return `${above}${isOpen ? end : ""}import "./${path}";${end}${before.slice(first)}`;
  }

  writeMain(text: string): void {
    writeFileSync(this.main, text);
  }

  /** A path as the user would write it from the project's folder. */
  shown(path: string): string {
    return relative(this.folder, path).split(sep).join("/");
  }

  /** The name of a file among the postbacks, as the user would write it. */
  shownCode(name: string): string {
    return this.shown(join(this.postbacks, name));
  }

  /** The folder for what holds secrets: nobody else reads it, and git does not see it. */
  get aside(): string {
    return join(this.folder, ".pulumi-cake");
  }

  writeAside(name: string, text: string): string {
    mkdirSync(this.aside, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.aside, ".gitignore"), "*\n");
    const path = join(this.aside, name);
    // The mode counts only for a file that is made.
    rmSync(path, { force: true });
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  /** The text of a file that an earlier run left there; undefined where it left none. */
  leftAside(name: string): string | undefined {
    const path = join(this.aside, name);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  }

  removeAside(): void {
    rmSync(this.aside, { recursive: true, force: true });
  }

  private mainOfPulumi(): string | undefined {
    return /^main:\s*["']?([^"'\s#]+)/m.exec(readFileSync(join(this.folder, "Pulumi.yaml"), "utf8"))?.[1];
  }

  private mainOfPackage(): string | undefined {
    const file = join(this.folder, "package.json");
    if (!existsSync(file)) return undefined;
    const { main } = JSON.parse(readFileSync(file, "utf8")) as { main?: unknown };
    return typeof main === "string" ? main : undefined;
  }

  private fileAt(path: string): string | undefined {
    const at = join(this.folder, path);
    if (!existsSync(at)) return undefined;
    return statSync(at).isDirectory() ? join(at, "index.ts") : at;
  }
}

const NO_FOLDER_OF_ITS_OWN =
  "--into names the folder of the program itself, where the index.ts of the postbacks could take the place of the program's. Nothing was written. Name a folder of their own, such as --into postbacks.";
