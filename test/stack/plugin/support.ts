import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ConfigMap } from "../support/cli";
import { repository } from "../support/places";
import { pluginFolder, writeYaml, type YamlProgram, yamlProject } from "../support/plugin";
import { openWorld, type World, type WorldOptions } from "../support/world";

/** A stack whose program is written in YAML and uses the plugin. */
export interface YamlWorld extends World {
  /** From now on the program declares this. */
  readonly declare: (program: YamlProgram) => void;
  /** From now on the program has this text below its name and its runtime. */
  readonly write: (text: string) => void;
}

/** The blocks of one language on the page about import and previews, which show what Pulumi prints. */
export function documentedBlocks(language: string): string[] {
  const page = readFileSync(join(repository, "docs/importing.md"), "utf8");
  return [...page.matchAll(new RegExp(`\\n\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map(
    ([, block = ""]) => block,
  );
}

/** What a program declares, by its name. */
export type Resources = NonNullable<YamlProgram["resources"]>;

export const TYPE = "cake:index:AffiliatePostback";
export const URL = "https://tracker.example/postback?cid=#s2#";

/** A value of another part of the program, as YAML refers to it. */
export const from = (path: string): string => `\${${path}}`;

/** A good postback, with changes. */
export function postback(properties: object = {}, options: object = {}): Resources[string] {
  return {
    type: TYPE,
    properties: { affiliateId: 67890, offerId: 12345, postbackUrl: URL, ...properties },
    options: { ...options },
  };
}

/** A stack with a program, at an empty instance unless the options say otherwise. */
export async function openYaml(
  program: YamlProgram,
  options: Partial<WorldOptions> & { readonly config?: ConfigMap | false } = {},
): Promise<YamlWorld> {
  const workDir = yamlProject(program);
  const world = await openWorld({ workDir, plugin: pluginFolder(), ...options });
  return Object.assign(world, {
    declare: (next: YamlProgram) => writeYaml(workDir, next),
    write: (text: string) =>
      writeFileSync(join(workDir, "Pulumi.yaml"), `name: postbacks\nruntime: yaml\n${text}`),
  });
}

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly detailedDiff?: Readonly<Record<string, { readonly kind: string }>> | null;
}

/** What `pulumi preview --json` says of each resource that changes, by name: each change as "kind path". */
export async function detailedDiffs({ stack }: World): Promise<Record<string, string[]>> {
  const { steps } = JSON.parse(await stack.command(["preview", "--json"])) as { steps: Step[] };
  const changed = steps.filter(({ detailedDiff }) => detailedDiff);
  return Object.fromEntries(
    changed.map(({ urn, detailedDiff }) => [
      urn.split("::").at(-1),
      Object.entries(detailedDiff ?? {}).map(([path, { kind }]) => `${kind} ${path}`),
    ]),
  );
}
