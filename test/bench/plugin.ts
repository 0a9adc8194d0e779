import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { bundlePlugin } from "../release/plugin/bundle";

/** The name by which the engine looks for the plugin, and by which its process is known. */
export const PLUGIN = "pulumi-resource-cake";

/** Puts the plugin in one file on the PATH, as an installation has it, until it is disposed of. */
export async function installPlugin(): Promise<Disposable> {
  const folder = mkdtempSync(join(tmpdir(), "cake-bench-"));
  const { code } = await bundlePlugin();
  writeFileSync(join(folder, PLUGIN), `#!/usr/bin/env node\n${code}`, { mode: 0o755 });
  const { PATH = "" } = process.env;
  process.env.PATH = `${folder}${delimiter}${PATH}`;
  return {
    [Symbol.dispose]() {
      process.env.PATH = PATH;
      rmSync(folder, { recursive: true });
    },
  };
}
