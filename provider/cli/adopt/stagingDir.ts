import { chmodSync, existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { despiteOtherReaders } from "../../files/openElsewhere";
import { COULD_NOT_JUDGE } from "../command";
import { refuseLinks, writeFileSafely } from "../output/writeFile";
import { STOP_SIGNALS } from "../stopSignals";

type StagedFile = "import.json" | "secrets.json";
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
    const options = { root: this.root, mode: 0o600 };
    writeFileSafely(join(this.path, ".gitignore"), "*\n", options);
    // It may have been there before, open to others.
    chmodSync(this.path, 0o700);
    const path = join(this.path, name);
    writeFileSafely(path, text, options);
    return path;
  }

  /** Writes a file for as long as it is used. It is gone afterwards, also if the run is interrupted. */
  async lend(name: StagedFile, text: string, use: (path: string) => Promise<void>): Promise<void> {
    const stop = () => {
      try {
        this.remove();
      } finally {
        process.exit(COULD_NOT_JUDGE);
      }
    };
    for (const signal of STOP_SIGNALS) process.once(signal, stop);
    try {
      await use(this.write(name, text));
    } finally {
      for (const signal of STOP_SIGNALS) process.off(signal, stop);
      this.remove();
    }
  }

  /** Removes what was written here, and the folder unless it holds files of others. */
  remove(): void {
    this.refuseLinks();
    for (const name of FILES) despiteOtherReaders(() => rmSync(join(this.path, name), { force: true }));
    if (existsSync(this.path) && readdirSync(this.path).length === 0) rmdirSync(this.path);
  }
}
