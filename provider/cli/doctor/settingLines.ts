import type { Colors } from "picocolors/types";
import { settings as allSettings } from "../../settings/settings";
import type { FittingSetting } from "./advise";
import type { Report } from "./report";
import { wrapped } from "./text";

/** The settings as lines to paste: into a shell, or into the program for an explicit provider. */
export function settingLines(
  { settings, facts }: Pick<Report, "settings" | "facts">,
  paint: Colors,
): string[] {
  if (settings.length === 0) return [];
  const { provider } = facts.setup;
  return provider === undefined
    ? settings.flatMap((setting) => command(setting, paint))
    : providerLines(provider, settings, paint);
}

// A single quote cannot stand in a host or a path, but a mistake must not run.
function command({ name, value, why }: FittingSetting, paint: Colors): string[] {
  const set = value === undefined ? `--secret cake:${name}` : `cake:${name} ${quoted(value)}`;
  return [
    `pulumi config set ${set}`,
    ...wrapped(`${why} (in the environment: ${allSettings[name].variable})`, 72).map((line) =>
      paint.dim(`    ${line}`),
    ),
  ];
}

function quoted(value: string): string {
  return /^[\w.:/-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

function providerLines(provider: string, settings: readonly FittingSetting[], paint: Colors): string[] {
  const lines = settings.map((setting) => argument(provider, setting, paint));
  return [`new Provider(${JSON.stringify(provider)}, {`, ...lines, "});"];
}

function argument(provider: string, { name, value, why }: FittingSetting, paint: Colors): string {
  if (value === undefined) {
    const secret = provider + name.charAt(0).toUpperCase() + name.slice(1);
    const asked = paint.dim(`// pulumi config set --secret ${secret}`);
    return `  ${name}: config.requireSecret(${JSON.stringify(secret)}), ${asked}`;
  }
  const isText = name === "domain" || name === "endpoints";
  return `  ${name}: ${isText ? JSON.stringify(value) : value}, ${paint.dim(`// ${why}`)}`;
}
