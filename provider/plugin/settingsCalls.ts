import { isDeepStrictEqual } from "node:util";
import type * as pb from "@pulumi/pulumi/proto/provider_pb";
import { explicitName } from "../door/providerName";
import type { ProviderProcess } from "../door/providerProcess";
import { type Config, settingTexts } from "../door/settingTexts";
import type { Properties } from "../lifecycle/serializeErrors";
import { holdsUnknown } from "../lifecycle/unknown";
import { CodedError, formatMessage } from "../message";
import { messages, SAVED_SETTINGS_ADVICE } from "../settings/messages";
import { resolveSettings } from "../settings/resolve";
import { SETTING_NAMES, settings } from "../settings/settings";
import { SettingsError } from "../settings/settingsError";
import { failuresOf } from "./failures";
import { messages as ownMessages } from "./messages";
import { provider } from "./proto";
import { unwrap, wrap } from "./values";

// A stack or the engine adds these to the settings.
const NOT_OURS: readonly string[] = ["version", "pluginDownloadURL"];
const SECRET_SETTINGS: readonly string[] = SETTING_NAMES.filter((name) => "secret" in settings[name]);

/** Judges the settings before any resource does. */
export function checkConfig(request: pb.CheckRequest): pb.CheckResponse {
  const { bag, secrets } = unwrap(request.getNews());
  return new provider.CheckResponse()
    .setInputs(wrap(bag, [...secrets, ...SECRET_SETTINGS]))
    .setFailuresList(failuresOf(problemsOf(bag, explicitName(request.getUrn()))));
}

function problemsOf(bag: Properties, name: string | undefined): string[] {
  const unknown = Object.keys(bag).filter((key) => !isSetting(key) && !key.startsWith("__"));
  return [
    // A stack may have other values under "cake:", which an explicit provider cannot have on purpose.
    ...(name !== undefined && unknown.length > 0
      ? [formatMessage(messages.providerArgumentUnknown(name, unknown, SETTING_NAMES))]
      : []),
    ...invalid(bag, name),
  ];
}

function invalid(bag: Properties, name: string | undefined): string[] {
  const known = Object.fromEntries(Object.entries(bag).filter(([, value]) => !holdsUnknown(value)));
  try {
    resolveSettings({ config: settingTexts(configOf(known, name)), env: process.env }, SAVED_SETTINGS_ADVICE);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return [error.message];
    throw error;
  }
}

function isSetting(key: string): boolean {
  return [...SETTING_NAMES, ...NOT_OURS].some((known) => known === key);
}

/** A change of settings, a new key as well, updates the provider alone. Resources see for themselves where they live. */
export function diffConfig(request: pb.DiffRequest): pb.DiffResponse {
  const { bag: olds } = unwrap(request.getOldInputs() ?? request.getOlds());
  const { bag: news } = unwrap(request.getNews());
  const changed = SETTING_NAMES.filter((name) => !isDeepStrictEqual(olds[name], news[name]));
  const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
  return new provider.DiffResponse()
    .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(changed);
}

export function configure(served: ProviderProcess, request: pb.ConfigureRequest): pb.ConfigureResponse {
  const urn = request.getUrn();
  if (!urn) throw new CodedError(ownMessages.cliTooOld());
  served.configure(configOf(unwrap(request.getArgs()).bag, explicitName(urn)));
  return new provider.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
}

function configOf(bag: Properties, name: string | undefined): Config {
  const settings: Properties = { ...bag, name };
  return (key) => settings[key.replace(/^cake:/, "")];
}
