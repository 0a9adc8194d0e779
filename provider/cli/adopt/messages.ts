import type { InvalidValue } from "../../lifecycle/arguments";
import { type Message, message } from "../../message";
import { stripControlChars } from "../output/stripControlChars";
import { listed, plural } from "../output/text";
import type { AdoptReport } from "./report";

const NOTHING_WRITTEN = "Nothing was written.";

/** What stops an adoption. */
export const messages = {
  /**
   * The code of postbacks needs a directory of its own, because `adopt` writes an index.ts and a list there. Name one
   * below the directory of the program with `--out-dir`.
   */
  outDirInvalid: (outDir: string) =>
    message(
      "adopt-out-dir-invalid",
      `--out-dir must be a directory below that of the program, such as postbacks, found ${JSON.stringify(outDir)}.`,
      NOTHING_WRITTEN,
      "Name another directory.",
    ),
  /**
   * The directory for the code holds a file that `adopt` would overwrite, and no adopted.json that shows where it comes
   * from. It is the work of somebody else, or adopted.json was lost.
   */
  outDirOccupied: (file: string) =>
    message(
      "adopt-out-dir-occupied",
      `the file ${file} exists, and there is no adopted.json beside it, so adopt did not write it.`,
      NOTHING_WRITTEN,
      "Name another directory with --out-dir, or restore adopted.json from version control.",
    ),
  /**
   * adopted.json records what was adopted before, and `adopt` reads it back to continue. A merge may have broken it. Fix the
   * place that the message names, or restore the file from version control.
   */
  listUnreadable: (file: string, where: string) =>
    message(
      "adopt-list-unreadable",
      `the list of adopted postbacks, ${file}, cannot be read because of ${where}.`,
      NOTHING_WRITTEN,
      "Restore it from version control, or finish the merge that broke it, then run again.",
    ),
  /**
   * The postbacks in adopted.json live on one CAKE instance, and this run read another one. An ID means another postback
   * there, so the run cannot continue the list. Select the stack of the instance, or use a project for each instance.
   */
  otherInstance: (file: string, listedInstance: string, read: string) =>
    message(
      "adopt-other-instance",
      `the list ${file} holds postbacks of ${listedInstance}, and this run read ${read}.`,
      "The same IDs are other postbacks there, so nothing was written.",
      `Adopt ${read} in a project of its own. If it is the same instance under a new name, set cake:formerDomains.`,
    ),
  /**
   * adopted.json names files of code that do not exist. Somebody removed them, or a run was interrupted before it wrote
   * them. Importing their postbacks now would leave resources without code, which the next update deactivates.
   */
  codeMissing: (list: string, files: readonly string[], ids: readonly number[]) =>
    message(
      "adopt-code-missing",
      `the list ${list} names ${some(files)}, and no such file exists.`,
      NOTHING_WRITTEN,
      `Restore it from version control. If an interrupted run never wrote it, remove its entries (${some(ids)}) from the list, then run again.`,
    ),
  /**
   * CAKE's list may lack postbacks. One that it does not show would look as if it did not exist, so `adopt` stops unless
   * `--allow-partial` says that a part is enough. `pulumi-cake doctor` shows how the list behaves.
   */
  listIncomplete: (issues: readonly string[]) =>
    message(
      "adopt-list-incomplete",
      `CAKE's list of postbacks may be incomplete: ${issues.join("; ")}.`,
      "Nothing was adopted.",
      "Run again later, or adopt what CAKE showed with --allow-partial.",
    ),
  /**
   * The code reads secrets from one setting, which holds all of them. Without the Pulumi CLI its present value cannot be
   * read, so setting it anew would lose the secrets that CAKE does not show. Run the command where the CLI is.
   */
  secretsUnknown: (names: readonly string[], setting: string) =>
    message(
      "adopt-secrets-unknown",
      `the setting ${setting} must hold all secrets at once, and CAKE does not show ${some(names)}.`,
      "Without the Pulumi CLI the present value cannot be read, so nothing was written.",
      "Run this where the Pulumi CLI is installed.",
    ),
  /**
   * The secret setting that the code reads is not a JSON object of strings. It may hold secrets that exist nowhere else, so
   * `adopt` does not replace it.
   */
  secretsInvalid: (setting: string) =>
    message(
      "adopt-secrets-invalid",
      `the stack's setting ${setting} must be a JSON object with a string for each name.`,
      "It may hold secrets that exist nowhere else, so nothing was written.",
      `Correct it with "pulumi config set --secret ${setting}", then run again.`,
    ),
  /**
   * An import file can carry the state of a resource only since Pulumi 3.254. The version of the library in the project
   * does not matter: a newer CLI works with an older `@pulumi/pulumi`.
   */
  cliTooOld: (version: string) =>
    message(
      "adopt-cli-too-old",
      `this command needs version 3.254 of the Pulumi CLI or newer, found ${version}.`,
      "An older one cannot import a state, so nothing was written.",
      "Update the CLI, then run again.",
    ),
  /**
   * `--apply` imports with the Pulumi CLI, and there is none on the PATH. Without `--apply`, the command writes the code and
   * an import file for a machine that has the CLI.
   */
  applyWithoutCli: () =>
    message(
      "adopt-apply-without-cli",
      "--apply needs the Pulumi CLI, and there is none on the PATH.",
      NOTHING_WRITTEN,
      "Install the CLI, or run without --apply and with --state.",
    ),
  /**
   * The command must know what the stack manages already, and there is no Pulumi CLI on the PATH to ask. Export the stack
   * where the CLI is, and name the file.
   */
  stateNeeded: (flag: string) =>
    message(
      "adopt-state-needed",
      "there is no Pulumi CLI on the PATH, so the state of the stack cannot be read.",
      NOTHING_WRITTEN,
      `Run "pulumi stack export${flag} > state.json" where the CLI is, then run this with --state state.json.`,
    ),
  /**
   * Pulumi could not store the secrets of the adopted URLs in the stack's configuration, most often because the passphrase
   * is missing. The code is written, and the next run continues from it.
   */
  secretsNotSet: (why: string) =>
    message(
      "adopt-secrets-not-set",
      "the secrets of the adopted URLs could not be stored in the stack's configuration.",
      "The code is written, and nothing was imported.",
      "Correct what Pulumi says, then run again:",
      why,
    ),
  /**
   * The code is written, but the program does not load it: a preview does not show the resources that would be imported.
   * What is imported and not declared, the next update would deactivate, so the import waits for the program.
   */
  notDeclared: (names: readonly string[], program: string, line: string, list: string) =>
    message(
      "adopt-not-declared",
      `the code is written, but a preview does not show ${some(names)}.`,
      "Nothing was imported.",
      `Add this line to ${program}, then run again:\n${line}\nIf the program is not to declare them, remove their entries from ${list}.`,
    ),
  /**
   * Before it imports, `adopt` runs a preview to prove that the program declares the postbacks, and that preview failed. The
   * code is written, and the next run continues from it.
   */
  previewFailed: (errors: readonly string[]) =>
    message(
      "adopt-preview-failed",
      "the preview before the import failed.",
      "The code is written, and nothing was imported.",
      "Correct what it says, then run again:",
      `\n${errors.join("\n")}`,
    ),
  /**
   * The file that `--ids` names may hold nothing but IDs of postbacks, with blanks, commas or line breaks between them.
   */
  idsInvalid: (file: string, found: string) =>
    message(
      "adopt-ids-invalid",
      `the file of --ids, ${file}, must hold postback IDs such as 7301, found ${JSON.stringify(found)}.`,
      NOTHING_WRITTEN,
      "Correct the file, then run again.",
    ),
  /**
   * The file that `--partners` names holds no partner: it needs a header with the columns affiliate_id and name, and a row
   * for each partner.
   */
  partnersEmpty: (file: string) =>
    message(
      "adopt-partners-empty",
      `the file of --partners, ${file}, names no partner.`,
      NOTHING_WRITTEN,
      "Give it the columns affiliate_id and name, and a row for each partner.",
    ),
} satisfies Record<string, (...args: never[]) => Message>;

/** Why a postback cannot be adopted: parts of the report. */
export const reasons = {
  unknownType: (type: string) => `its type is ${JSON.stringify(type)}, which CAKE does not document`,
  invalidValue: ({ name, expected, found }: InvalidValue) =>
    `its ${name} must be ${expected}, found ${found ?? "nothing"}`,
  notLive: (list: string) =>
    `${list} lists it, but neither the state nor CAKE's list has it: remove its entry and its code`,
  secretsGone: (names: readonly string[]) =>
    `its URL in CAKE has changed since its code was written, and ${some(names)} is unknown: add it to postbackSecrets, or remove its entry and its code`,
};

/** What the report says, and what is said meanwhile. */
export const phrases = {
  importing: (count: number) => `Previewing, then importing ${plural(count, "postback")} with Pulumi …`,
  verifying: "Verifying with a preview …",
  live: ({ instance, live, calls }: AdoptReport) =>
    `${instance}: ${plural(live, "live postback")}, read with ${plural(calls, "call")}. Nothing is written to CAKE.`,
  nothingSelected: "No live postback matches the options, so nothing was adopted. Check their values.",
  nothingToAdopt: "Nothing to adopt. Nothing was written.",
  addLine: (program: string) => `Add this line to ${program}, if it is not there:`,
  unchanged: (count: number) =>
    `Imported ${plural(count, "postback")}. A preview shows no changes. Pulumi protects them from deletion.`,
  changed: (count: number, shows: string) => `Imported ${plural(count, "postback")}, and a preview ${shows}.`,
  changedWhy:
    "Nothing was written to CAKE. Either other resources change, or somebody changed a postback in CAKE meanwhile.",
};

// A list that fills the screen hides what to do about it.
export const MAX_LISTED = 10;

function some(values: readonly (string | number)[]): string {
  return listed(
    values.map((value) => stripControlChars(String(value))),
    MAX_LISTED,
  );
}
