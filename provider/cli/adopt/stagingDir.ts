import { chmodSync, existsSync, mkdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { refuseLinks, writeFileSafely } from "../output/file";

export type StagedFile = "import.json" | "secrets.json";
const FILES = ["import.json", "secrets.json", ".gitignore"] as const;

/** The folder for files that hold URLs and secrets in clear text: nobody else can read it, and git ignores it. */
export class StagingDir {
  readonly path: string;

  constructor(private readonly root: string) {
    this.path = join(root, ".pulumi-cake");
  }

  /** Throws a message for people if the folder, or a file in it, is a link: its files must not land elsewhere. */
  refuseLinks(): void {
    for (const name of FILES) refuseLinks(join(this.path, name), this.root);
  }

  /** @returns The path of the file. */
  write(name: StagedFile, text: string): string {
    this.refuseLinks();
    mkdirSync(this.path, { recursive: true });
    // It may have been there before, open to others.
    chmodSync(this.path, 0o700);
    const options = { root: this.root, mode: 0o600 };
    writeFileSafely(join(this.path, ".gitignore"), "*\n", options);
    const path = join(this.path, name);
    writeFileSafely(path, text, options);
    return path;
  }

  /** Removes what was written here, and the folder unless it holds files of others. */
  remove(): void {
    this.refuseLinks();
    for (const name of FILES) rmSync(join(this.path, name), { force: true });
    if (existsSync(this.path)) removeIfEmpty(this.path);
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
  }
}
