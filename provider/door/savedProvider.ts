import type { SettingName } from "../settings/settings";
import { explicitName } from "./providerName";

/** A provider resource, as a state, a preview or a policy pack shows it. */
export interface ProviderResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a provider resource says, whichever door it opens. */
export interface SavedProvider {
  /** Its name if the program declared it; undefined for the stack's own. */
  readonly name: string | undefined;
  readonly setting: (name: SettingName) => unknown;
  /** Whether a program that declares it hands it the stack's settings. */
  readonly inherits: boolean;
}

/** Reads a provider resource of the dynamic provider or of the plugin; undefined for any other resource. */
export function savedProvider({ urn, type, inputs }: ProviderResource): SavedProvider | undefined {
  switch (type) {
    case "pulumi:providers:pulumi-nodejs": {
      const name = inputs["cake:name"];
      const setting = (one: SettingName) => inputs[`cake:${one}`];
      return { name: typeof name === "string" ? name : undefined, setting, inherits: true };
    }
    case "pulumi:providers:cake": {
      const name = explicitName(urn);
      return { name, setting: (one) => inputs[one], inherits: name === undefined };
    }
    default:
      return undefined;
  }
}
