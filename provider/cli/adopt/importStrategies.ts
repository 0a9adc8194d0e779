import type { Pulumi } from "../input/pulumi";
import { type ProviderInputs, withPostbacks } from "./deployment";
import type { AdoptedRow } from "./row";
import type { StagedFile } from "./stagingDir";
import { importFileOf } from "./state";

/** What the file of a strategy is made from. */
export interface ImportSource {
  readonly rows: readonly AdoptedRow[];
  /** Host and port of the instance that they live on. */
  readonly domain: string;
  /** The export of the stack. */
  readonly exported: string;
  readonly name: { readonly project: string; readonly stack: string };
  /** What the default provider is saved with. */
  readonly settings: ProviderInputs;
}

/** A way to bring postbacks into a stack's state. None calls CAKE. */
export interface ImportStrategy {
  /** The file that it needs. */
  readonly file: StagedFile;
  readonly text: (source: ImportSource) => string;
  /** The command that takes the file in, for people. */
  readonly command: (file: string) => string;
  readonly run: (cli: Pulumi, file: string) => Promise<void>;
}

/** `pulumi import --file`, for a CLI whose import file can carry a state. */
export const byImport: ImportStrategy = {
  file: "import.json",
  text: ({ rows, domain }) => importFileOf(rows, domain),
  command: (file) =>
    `PULUMI_SKIP_CHECKPOINTS=true pulumi import --file ${file} --yes --skip-preview --generate-code=false`,
  run: (cli, file) => cli.importResources(file),
};

/** `pulumi stack import`, which replaces the whole state, for older ones. */
export const byState: ImportStrategy = {
  file: "state.json",
  text: ({ rows, domain, exported, name, settings }) =>
    `${JSON.stringify(withPostbacks(JSON.parse(exported), name, rows, domain, settings))}\n`,
  command: (file) => `pulumi stack import --file ${file}`,
  run: (cli, file) => cli.importState(file),
};
