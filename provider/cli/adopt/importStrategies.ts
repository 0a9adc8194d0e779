import type { Pulumi } from "../input/pulumi";
import type { StagedFile } from "./stagingDir";

/** A way to bring postbacks into a stack's state. None calls CAKE. */
export interface ImportStrategy {
  /** The file that it needs. */
  readonly file: StagedFile;
  /** The command that takes the file in, for people. */
  readonly command: (file: string) => string;
  readonly run: (cli: Pulumi, file: string) => Promise<void>;
}

/** `pulumi import --file`, for a CLI whose import file can carry a state. */
export const byImport: ImportStrategy = {
  file: "import.json",
  command: (file) =>
    `PULUMI_SKIP_CHECKPOINTS=true pulumi import --file ${file} --yes --skip-preview --generate-code=false`,
  run: (cli, file) => cli.importResources(file),
};

/** `pulumi stack import`, which replaces the whole state, for older ones. */
export const byState: ImportStrategy = {
  file: "state.json",
  command: (file) => `pulumi stack import --file ${file}`,
  run: (cli, file) => cli.importState(file),
};
