import type { Colors } from "picocolors/types";
import { settings as allSettings } from "../../settings/settings";
import { quoteArgument } from "../../shellCommand";
import { wrapped } from "../output/text";
import type { DoctorReport, RecommendedSetting } from "./report";

/** The settings as commands to paste, or as what an explicit provider takes in a program of whatever language. */
export function settingLines({ settings, provider }: DoctorReport, paint: Colors): string[] {
  if (settings.length === 0 || provider === null)
    return settings.flatMap((setting) => command(setting, paint));
  const lines = settings.flatMap((setting) => argument(provider, setting, paint));
  return [`Arguments of the provider ${JSON.stringify(provider)} in the program:`, ...lines];
}

function command({ name, value, why }: RecommendedSetting, paint: Colors): string[] {
  const set =
    value === null
      ? `--secret cake:${name}`
      : `cake:${name} ${quoteArgument(name === "paths" ? pairs(value) : value)}`;
  return [
    `pulumi config set ${set}`,
    ...wrapped(`${why} (in the environment: ${allSettings[name].variable})`, 72).map((line) =>
      paint.dim(`    ${line}`),
    ),
  ];
}

// As the setting takes them, too: in Windows PowerShell, JSON would lose its quotes.
function pairs(json: string): string {
  return Object.entries(JSON.parse(json) as Record<string, string>)
    .map(([name, path]) => `${name}=${path.slice(1)}`)
    .join(",");
}

function argument(provider: string, { name, value, why }: RecommendedSetting, paint: Colors): string[] {
  const reason = paint.dim(`    ${why}`);
  if (value === null) {
    const secret = provider + name.charAt(0).toUpperCase() + name.slice(1);
    return [`${name}: a secret of the stack: pulumi config set --secret ${secret}`, reason];
  }
  const isText = name === "domain" || name === "endpoints";
  return [`${name}: ${isText ? JSON.stringify(value) : value}`, reason];
}
