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
};

/** What stands below a message, and at the end of the report. */
export const phrases = {
  steps: `If CAKE has it:
  1. set  adopt: { postbackId: <its ID> }  on the resource in the program
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
  ok: "OK: no interrupted creates.",
};
