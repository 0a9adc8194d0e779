import { message } from "../message";

/** What is said about what another version of this package wrote. */
export const messages = {
  /**
   * A newer version of pulumi-cake wrote this file, this entry or this state, in a format that this version does not read.
   * Usually a colleague has updated already. Nothing of it was changed or removed. Install at least the version that wrote
   * it, as package or as plugin, in the project and on every machine that runs it. docs/compatibility.md says which formats there are.
   */
  newer: (what: string, found: unknown, known: number, otherwise = "") =>
    message(
      "written-by-newer-version",
      `${what} has version ${JSON.stringify(found)}, and this pulumi-cake reads up to ${known}.`,
      "A newer one wrote it, so nothing was changed.",
      `Update: npm install pulumi-cake@latest, or its newest plugin${otherwise === "" ? "" : `. ${otherwise}`}`,
    ),
};
