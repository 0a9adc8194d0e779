import { CodedError } from "../message";

/** A setting is missing or wrong, or the surroundings cannot be used: the user's to correct. */
export class SettingsError extends CodedError {
  override readonly name = "SettingsError";
}
