import { stripControlChars } from "../output/stripControlChars";
import { listed } from "../output/text";

/** What stops an adoption, for people. Each says what to do. */
export const messages = {
  noOwnFolder:
    "--out-dir must be a folder below the folder of the program, such as postbacks. Nothing was written.",

  foreignFolder: (file: string) =>
    `${file} is there, and adopt did not write it: there is no adopted.json beside it. Nothing was written. Name another folder with --out-dir, or restore adopted.json from version control.`,

  otherInstance: (file: string, listed: string, read: string) =>
    `${file} lists postbacks of ${listed}, and this run read ${read}. Their IDs mean other postbacks there. Nothing was written. Adopt the postbacks of ${read} into a project of their own, or set cake:formerDomains if it is the same instance.`,

  missingFiles: (list: string, files: readonly string[], ids: readonly number[]) =>
    `${list} lists ${some(files)}, which is missing. Nothing was written. Restore it from version control. If an interrupted run never wrote it, remove the entries of its postbacks from ${list} (${some(ids)}), then run this again.`,

  incomplete: (incomplete: readonly string[]) =>
    `CAKE's list may be incomplete: ${incomplete.join("; ")}. Nothing was adopted, because a postback that it does not show would look as if it did not exist. Run again later, or adopt what was seen with --allow-partial.`,

  notLive: (list: string) =>
    `${list} lists it, but the state does not have it and CAKE's list does not show it: remove its entry and its code`,

  secretsGone: (names: readonly string[]) =>
    `its URL in CAKE has changed since its code was written, and the value of ${some(names)} is unknown: add it to postbackSecrets, or remove its entry and its code`,

  nothingSelected: "No live postback matches the options, so nothing was adopted. Check their values.",

  unknownSecrets: (names: readonly string[], setting: string) =>
    `${setting} must hold all secrets at once, and CAKE's list does not show the values of ${some(names)}. Without the Pulumi CLI the stack's configuration cannot be read, so setting it would lose them. Nothing was written. Run this where the Pulumi CLI is.`,

  badSecrets: (setting: string) =>
    `The setting ${setting} of the stack must be a JSON object with a string for each name. It may hold secrets that stand nowhere else, so nothing was written. Correct it, then run this again.`,

  oldCli: (version: string) =>
    `adopt needs version 3.254 or newer of the Pulumi CLI, found ${version}: an older one cannot import a state. Nothing was written. Update the CLI, which works with an older @pulumi/pulumi, then run this again.`,

  applyWithoutCli:
    "--apply needs the Pulumi CLI on the PATH. Without it, leave --apply out and give the stack's export with --state.",

  noCliNoState: (flag: string) =>
    `The Pulumi CLI is not on the PATH. Give the state instead: "pulumi stack export${flag} > state.json" where it is, and --state state.json here.`,

  secretsNotSet: (why: string) =>
    `${why}\nThe code is written, and nothing was imported. Correct what Pulumi says, then run this again.`,

  notDeclared: (names: readonly string[], program: string, line: string, list: string) =>
    `The code is written, but a preview does not show ${some(names)}, so nothing was imported. Add this line to ${program} if it is not there, then run this again:\n  ${line}\nIf the program is not to declare them, remove their entries from ${list}.`,

  previewFailed: (errors: readonly string[]) =>
    `The preview before the import failed, so nothing was imported. Correct what it says, then run this again:\n${errors.join("\n")}`,
} as const;

// A list that fills the screen hides what to do about it.
const MAX_LISTED = 10;

function some(values: readonly (string | number)[]): string {
  return listed(
    values.map((value) => stripControlChars(String(value))),
    MAX_LISTED,
  );
}
