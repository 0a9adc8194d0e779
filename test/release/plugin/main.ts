/** Makes the plugin in one file: `npm run plugin:build`, with the folder for it behind `--`. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writePlugin } from "./files";

const folder = resolve(process.argv[2] ?? mkdtempSync(join(tmpdir(), "pulumi-resource-cake-")));

writePlugin(folder).then(
  () => console.log(`The plugin is in ${folder}`),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
