import { messages, SAVED_SETTINGS_ADVICE } from "../../../provider/settings/messages";
import type { Examples } from "./rooms";

export const SETTINGS: Examples<typeof messages> = {
  settingsInvalid: messages.settingsInvalid(
    ['The setting cake:concurrency is "many", and it must be an integer from 1 to 32.'],
    SAVED_SETTINGS_ADVICE,
  ),
  settingsMissing: messages.settingsMissing(
    ['No CAKE instance is set. Run "pulumi config set cake:domain yourdomain.cakemarketing.com".'],
    SAVED_SETTINGS_ADVICE,
  ),
  providerArgumentUnknown: messages.providerArgumentUnknown("eu", ["timeout"], ["domain", "apiKey"]),
};
