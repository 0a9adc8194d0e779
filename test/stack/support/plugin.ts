import { existsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findCli } from "./cli";
import { repository, temporaryFolder } from "./places";
import type { World } from "./world";

/** Whether the CLI can run programs in YAML. */
export const hasYaml =
  findCli() &&
  (process.env.PATH ?? "")
    .split(delimiter)
    .some((folder) => existsSync(join(folder, "pulumi-language-yaml")));

/** From now on the stack finds `pulumi-resource-cake` on its PATH, as the package's bin is. */
export function withPlugin({ stack }: World): void {
  const folder = temporaryFolder();
  const main = join(repository, "dist/plugin/main.js");
  const script = `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`;
  writeFileSync(join(folder, "pulumi-resource-cake"), script, { mode: 0o755 });
  stack.setEnv("PATH", `${folder}${delimiter}${process.env.PATH}`);
}

/** From now on the program declares its postbacks through this door. */
export async function through({ stack }: World, door: "dynamic" | "plugin"): Promise<void> {
  await stack.setConfig("postbacks:door", { value: door });
}

/** A postback of a YAML program: its arguments and its resource options. */
export interface YamlPostback {
  readonly properties: object;
  readonly options?: object;
}

/** From now on the stack's program is this one, in YAML, in a folder without `node_modules`. */
export function declareInYaml({ stack }: World, postbacks: Readonly<Record<string, YamlPostback>>): void {
  const resources = Object.fromEntries(
    Object.entries(postbacks).map(([name, one]) => [name, { type: "cake:AffiliatePostback", ...one }]),
  );
  // JSON is YAML.
  writeFileSync(
    join(stack.workDir, "Pulumi.yaml"),
    JSON.stringify({ name: "postbacks", runtime: "yaml", resources }),
  );
}
