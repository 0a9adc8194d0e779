import { message, notice } from "../../message";
import { plural } from "../output/text";

const CLEAR = "pulumi refresh --clear-pending-creates --yes";

/** What preflight finds in a state. Every name and host is safe to print. */
export const messages = {
  /**
   * An earlier run was killed while it created these postbacks, so the state does not say whether CAKE has them. Creating one
   * again pays twice. Search in CAKE by affiliate and offer, or in its request log, which shows when a create arrived. If CAKE
   * can list postbacks, "pulumi up" on the interrupted machine resolves it, too. If the program no longer declares a postback,
   * deactivate it in CAKE instead of adopting it. If CAKE cannot list postbacks, nothing can be adopted: deactivate it as well,
   * and the next update creates a new one.
   */
  interruptedCreate: (count: number) =>
    message(
      "preflight-interrupted-create",
      `stop: the create of ${plural(count, "postback")} was interrupted.`,
      `It may or may not exist in CAKE, and "pulumi up" could create it again, which pays twice.`,
      "Check by affiliate and offer: in CAKE's admin, or in its request log (GET /api/2/api_logs.json).",
    ),
  /**
   * The state says on which CAKE instance each postback lives, and its provider works on another one. There, the same ID is
   * another partner's postback. Most often the wrong stack is selected, or `cake:domain` is wrong. Preflight compares with
   * `--domain` or `CAKE_DOMAIN`, else with what the last run saved: if the setting has been corrected since, "pulumi up" saves
   * it. A postback moves to another instance only under a new resource name, with a provider for that instance.
   */
  otherInstance: (stop: {
    readonly count: number;
    readonly livesOn: string;
    readonly worker: string;
    readonly configured: string;
    readonly source: string;
  }) =>
    message(
      "preflight-other-instance",
      `stop: ${plural(stop.count, "postback")} ${stop.count === 1 ? "lives" : "live"} on ${stop.livesOn}, and ${stop.worker} works on ${stop.configured} (${stop.source}).`,
      "The same ID there is another partner's postback.",
      "Select the right stack, or correct the setting.",
    ),
  /**
   * The state holds an interrupted operation that a newer version of Pulumi introduced. This version of pulumi-cake
   * cannot say what it did to the postback. A newer version of pulumi-cake may know it.
   */
  unknownOperation: (count: number, operations: string) =>
    message(
      "preflight-unknown-operation",
      `unknown: ${plural(count, "postback")} had an interrupted operation that this version of pulumi-cake does not know: ${operations}.`,
      "It may have changed CAKE.",
      'Update pulumi-cake, or check the postback in CAKE before "pulumi up".',
    ),
  /**
   * A later run has finished these interrupted creates, and only their traces are left in the state. If CAKE cannot list
   * postbacks, that run could not check before it created: search in CAKE for a second postback.
   */
  finishedCreate: (count: number) =>
    notice(
      "preflight-finished-create",
      `a later run has finished ${plural(count, "interrupted create")}.`,
      `If CAKE cannot list postbacks, search it for a second one. Then clear the state: ${CLEAR}`,
    ),
  /** An update was interrupted, so CAKE may or may not have applied it. The next run continues from what a refresh reads. */
  interruptedUpdate: (count: number) =>
    notice(
      "preflight-interrupted-update",
      `the update of ${plural(count, "postback")} was interrupted, and CAKE may have applied it.`,
      'Run "pulumi refresh", then "pulumi preview" shows what is left to do.',
    ),
  /** A delete was interrupted, so the postback may or may not be inactive. The next run deactivates what is still active. */
  interruptedDelete: (count: number) =>
    notice(
      "preflight-interrupted-delete",
      `the delete of ${plural(count, "postback")} was interrupted, and CAKE may have deactivated it.`,
      'Run "pulumi refresh", then the next run deactivates those that are still active.',
    ),
  /**
   * Other providers' creates were interrupted, too. The command that clears those of postbacks clears all of them, so resolve
   * them first: "pulumi refresh" in a terminal asks about each.
   */
  otherCreate: (names: string) =>
    notice(
      "preflight-other-create",
      `creates of other resources were interrupted, too: ${names}.`,
      `Resolve them first: "${CLEAR}" clears them as well. Or run "pulumi refresh" in a terminal, which asks about each.`,
    ),
  /** These interrupted operations, such as reads and imports, wrote nothing to CAKE, and a refresh resolves them. */
  otherOperation: (operations: string) =>
    notice(
      "preflight-other-operation",
      `other interrupted operations, which wrote nothing to CAKE: ${operations}.`,
      '"pulumi refresh" resolves them.',
    ),
  /**
   * Preflight could not compare where these postbacks live with where their provider works: the state does not say one
   * of them, or keeps it secret. For the default provider, `--domain` or `CAKE_DOMAIN` names the instance.
   */
  notCompared: (count: number, unknown: "postback" | "provider") =>
    notice(
      "preflight-not-compared",
      `the instance of ${plural(count, "postback")} was not compared: the state does not say ${unknown === "postback" ? "where they live" : "where their provider works"}, or keeps it secret.`,
      unknown === "postback" ? "" : "For the default provider, give --domain or CAKE_DOMAIN.",
    ),
  /** A run on this machine is creating these postbacks right now. A second run at the same time waits for it or stops. */
  journalRunning: (count: number) =>
    notice(
      "preflight-journal-running",
      `a run on this machine is creating ${plural(count, "postback")}.`,
      "Wait until it has ended.",
    ),
  /**
   * The journal of this machine has creates whose requests were sent, and whose answers nobody saw. CAKE may or may not have
   * made these postbacks. On this machine, the next `pulumi up` of the stack finds out and goes on. A run on another machine,
   * such as a CI job, knows nothing of the journal. Where CAKE can list postbacks, it finds an equal one and stops; where
   * CAKE cannot, it creates a second one.
   */
  journalSent: (count: number) =>
    notice(
      "preflight-journal-sent",
      `this machine's journal has ${plural(count, "create")} whose outcome is unknown.`,
      'Run "pulumi up" of the stack on this machine: that resolves it. Elsewhere, a run could create a second postback.',
    ),
  /** A run was interrupted before it sent these creates. CAKE knows nothing of them. */
  journalNotSent: (count: number) =>
    notice(
      "preflight-journal-not-sent",
      `this machine's journal has ${plural(count, "create")} that never reached CAKE.`,
      "There is nothing to do: the next create for the same affiliate and offer removes the entry.",
    ),
  /**
   * CAKE made these postbacks for resources of this stack, and the run was interrupted before Pulumi saved them. On this
   * machine, the next `pulumi up` of the stack takes them into the state. A run on another machine does not know them: see
   * [preflight-journal-sent](#preflight-journal-sent).
   */
  journalMade: (count: number) =>
    notice(
      "preflight-journal-made",
      `this machine's journal has ${plural(count, "postback")} that CAKE made and the state lacks.`,
      'Run "pulumi up" of the stack on this machine: that saves them. Elsewhere, a run could create a second postback.',
    ),
  /**
   * CAKE made these postbacks for resources that the export does not have. An entry stays until the next run of its stack
   * reads the state, so other stacks on this machine usually have some. If no stack has such a postback, its program was
   * changed after an interrupted run: search CAKE for it.
   */
  journalOthers: (count: number) =>
    notice(
      "preflight-journal-others",
      `this machine's journal has ${plural(count, "postback")} that CAKE made for resources that this export does not have.`,
      "Usually another stack has them, and its next run removes the entry.",
    ),
  /** The state has these postbacks, so their entries have served. The next run that reads the state removes them. */
  journalSaved: (count: number) =>
    notice(
      "preflight-journal-saved",
      `this machine's journal has ${plural(count, "postback")} that the state has by now.`,
      "There is nothing to do: the next run removes the entry.",
    ),
  /**
   * These files have the names of entries, and this version cannot read them: a newer pulumi-cake wrote them, or the disk
   * failed. A create for the same affiliate and offer stops, and says what the options are.
   */
  journalUnreadable: (count: number) =>
    notice(
      "preflight-journal-unreadable",
      `this pulumi-cake cannot read ${plural(count, "file")} of this machine's journal.`,
      "Creates for the same affiliate and offer stop. If a newer version wrote that, update: npm install pulumi-cake@latest",
    ),
  /**
   * These files in the directory of the journal are not entries, or were cut short before anything was sent. They change
   * nothing. The journal needs a directory of its own.
   */
  journalNotEntries: (count: number) =>
    notice(
      "preflight-journal-not-entries",
      `this machine's journal has ${plural(count, "file")} without a create in it.`,
      "Such files are ignored, and may be removed.",
    ),
  /**
   * The directory of the journal cannot be read, so preflight does not say what is in it. A run needs it as well, and stops
   * at its first write.
   */
  journalNotRead: (why: string) =>
    notice(
      "preflight-journal-not-read",
      `the journal of this machine was not read. ${why}`,
      "Set CAKE_JOURNAL_DIR to a directory of your own.",
    ),
};

/** What stands below a message, and at the end of the report. */
export const phrases = {
  steps: `If CAKE has it:
  1. in the program, set adopt.postbackId of the resource to its ID
  2. ${CLEAR}
  3. pulumi up
If CAKE does not have it:
  1. ${CLEAR}
  2. pulumi up
If the program no longer declares it, or CAKE cannot list postbacks:
  deactivate it in CAKE, then do the steps of "does not have it".
Do not use --import-pending-creates: it reports success and imports nothing.
If Pulumi says that the stack is locked, and no run is active: pulumi cancel`,
  clearsAll: "The refresh clears all of them at once: check every one first.",
  renamed: (livesOn: string, setting: string) =>
    `If the instance was only renamed, add ${livesOn} to ${setting}, and to CAKE_FORMER_DOMAINS for this command.`,
  moved: "To move a postback, declare it under a new resource name with a provider for the other instance.",
  corrected: (setting: string, orDomain: string) =>
    `If ${setting} has been corrected since, "pulumi up" saves that, once without this check${orDomain}.`,
  times: (count: number) => `, interrupted ${count} times: there may be as many postbacks`,
  notInExport: "not in this export",
  mayRun: ", and its run may still be active",
  ofVersion: (version: number) => ` (version ${version})`,
  more: (count: number) => `  and ${count} more`,
  cut: " (cut short: nothing was sent)",
  justNow: "less than a minute ago",
  ok: "OK: no interrupted creates.",
};
