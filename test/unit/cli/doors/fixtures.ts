import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PLUGIN_TYPE_TOKEN, TYPE_TOKEN } from "../../../../provider/postback/postback";

/**
 * What version 3.274.1 of the CLI exported and previewed of one program, with readable hosts and short secrets. The program
 * declares its postbacks as dynamic resources (`dynamic`), by the plugin (`plugin`), or one of them as a dynamic resource
 * (`mixed`). `moved` is the state right after the plugin took the postbacks over, and `moving` the preview that takes them
 * over and changes them. What a preview changes is the same in all of them, but `two`: no run moves and replaces a postback.
 */
export const STATES = ["dynamic", "mixed", "moved", "plugin"] as const;
export const PREVIEWS = ["dynamic", "mixed", "moving", "plugin"] as const;

export function stateOf(door: (typeof STATES)[number]): string {
  return readFileSync(join(__dirname, `${door}.state.json`), "utf8");
}

export function previewOf(door: (typeof PREVIEWS)[number]): string {
  return readFileSync(join(__dirname, `${door}.preview.json`), "utf8");
}

/** A preview without the postback that it replaces. */
export function withoutReplaced(preview: string): string {
  const { steps, config } = JSON.parse(preview) as { steps: { urn: string }[]; config: object };
  return JSON.stringify({ steps: steps.filter(({ urn }) => !urn.endsWith("::two")), config });
}

/** A text as it would be if all postbacks were dynamic resources. */
export function asDynamic(text: string): string {
  return text
    .replaceAll(PLUGIN_TYPE_TOKEN, TYPE_TOKEN)
    .replaceAll("pulumi:providers:cake", "pulumi:providers:pulumi-nodejs");
}
