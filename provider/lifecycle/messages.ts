import { type Message, message, notice } from "../message";
import { SAVED_SETTINGS_ADVICE } from "../settings/resolve";

/** A postback named for a message: no URL, no value. */
export function postbackName(
  { affiliateId, offerId }: { readonly affiliateId?: number; readonly offerId?: number },
  postbackId?: number | string,
): string {
  const id = postbackId === undefined ? "the postback" : `postback ${postbackId}`;
  const whose = [
    ...(affiliateId === undefined ? [] : [`affiliate ${affiliateId}`]),
    ...(offerId === undefined ? [] : [`offer ${offerId}`]),
  ].join(", ");
  return whose === "" ? id : `${id} (${whose})`;
}

const listed = (ids: readonly (number | string)[]) =>
  `postback${ids.length === 1 ? "" : "s"} ${ids.join(", ")}`;

const CONFIRM_BY_HAND =
  'Then write the IDs into a file, one a line, and run "CAKE_CONFIRMED_IDS_FILE=<file> pulumi up" (or destroy).';

/**
 * Every text of the lifecycle for people, each under its code. A text has three parts: what happened and to which
 * postback, what it means, what to do now. None holds a URL.
 */
export const messages = {
  // ---- Settings and surroundings
  journalUnusable: (why: string) =>
    message(
      "journal-unusable",
      `the journal of creates cannot be used: ${why}.`,
      "Nothing was sent: without the journal, an interrupted create could be made twice.",
      "Set CAKE_JOURNAL_DIR to a directory of your own that survives the run.",
    ),
  otherInstance: (name: string, livesOn: string, domain: string) =>
    message(
      "other-instance",
      `${name} lives on ${livesOn}, and cake:domain is ${domain}.`,
      "Nothing was done: elsewhere the same ID is another partner's postback.",
      `If the instance was only renamed, add "${livesOn}" to cake:formerDomains. To move the postback, declare it under a new name.`,
      SAVED_SETTINGS_ADVICE,
    ),
  overrideInvalid: (variable: string, value: string, takes: string) =>
    message(
      "override-invalid",
      `${variable} is ${JSON.stringify(value)}, and it takes ${takes}.`,
      "Nothing was done.",
      "Correct it or unset it, then run again.",
    ),
  confirmedIdsUnreadable: (file: string, reason: string) =>
    message(
      "confirmed-ids-unreadable",
      `the file that CAKE_CONFIRMED_IDS_FILE names cannot be read: ${JSON.stringify(file)} (${reason}).`,
      "Nothing was done.",
      "Correct the path or unset the variable, then run again.",
    ),
  internalError: () =>
    message(
      "internal-error",
      "this is a bug in pulumi-cake, not a mistake of yours.",
      'Whether CAKE or the state changed is unknown: run "pulumi refresh" before the next "pulumi up".',
      "Report these lines to the maintainers:",
    ),
  tooLargeForState: (id: string, what: string) =>
    message(
      "too-large-for-state",
      `postback ${id} is too large to be kept in the state together with this error.`,
      "CAKE may have it although the stack does not.",
      `Check it in CAKE; if the stack does not have it, set "adopt: { postbackId: ${id} }" on the resource.`,
      what,
    ),

  // ---- Check and diff
  declaredTwice: ({ affiliateId, offerId, postbackTypeId }: DeclaredIds) =>
    message(
      "declared-twice",
      `another resource of this program declares the same postback: affiliate ${affiliateId}, offer ${offerId}, type ${postbackTypeId} and the same URL.`,
      "Both would fire, and the partner would count each conversion twice.",
      "Remove one of the two.",
    ),
  declaredFiringTwice: ({ affiliateId, offerId }: DeclaredIds) =>
    message(
      "declared-firing-twice",
      `P20: another resource of this program fires for the same conversions: affiliate ${affiliateId}, offer ${offerId}.`,
      "The partner would count each conversion twice.",
      "Keep one. If both are meant, set overlapUntil, or suppress P20 with a reason.",
    ),
  adoptedUrlBreaksRules: (broken: readonly string[]) =>
    notice(
      "adopted-url-breaks-rules",
      `the URL to adopt breaks rules: ${broken.join(" ")}`,
      "It is adopted only if the live URL is exactly this one.",
    ),
  ownedTwice: (postbackId: number) =>
    message(
      "owned-twice",
      `two resources of this stack have postback ${postbackId}.`,
      "Nothing was done: removing either would deactivate it for both.",
      `Remove one of them with "pulumi state delete", or give the new one "aliases" if it is a rename.`,
    ),
  replacementByHand: (name: string, postbackId: number, fields: readonly string[]) =>
    message(
      "replacement-by-hand",
      `a change of ${fields.join(" and ")} replaces ${name}, and cake:endpoints is "documented", so it cannot be deactivated by API.`,
      "Nothing was changed.",
      `In CAKE, set postback ${postbackId} to inactive. ${CONFIRM_BY_HAND}`,
    ),
  tooManyReplacements: (name: string, reached: string) =>
    message(
      "too-many-replacements",
      `replacing ${name} would exceed the limit of ${reached} for one run.`,
      "A replacement deactivates the old postback. In a preview nothing was changed.",
      'Check "pulumi preview". If all of it is wanted, run again with CAKE_ALLOW_CHANGES=<number>.',
    ),
  tooManyChanges: (name: string, reached: string, least: number) =>
    message(
      "too-many-changes",
      `${name} was not changed: this run has reached its limit of ${reached}.`,
      "What was changed before stays changed.",
      `Check "pulumi preview". If the rest is wanted, run again with CAKE_ALLOW_CHANGES=<number>; at least ${least} are planned in all.`,
    ),

  // ---- What is live
  noListBySetting: (endpoints: string) =>
    notice("no-list-by-setting", `cake:endpoints is "${endpoints}", so the list of postbacks is not read.`),
  driftNotChecked: (why: string) =>
    notice(
      "drift-not-checked",
      `drift not checked: the live postbacks cannot be read, so the state is kept. ${why}`,
    ),
  cannotRead: (postbackId: number, why: string) =>
    notice("cannot-read", `postback ${postbackId} cannot be read. ${why}`),
  notAnId: (id: string) =>
    message(
      "not-an-id",
      `${JSON.stringify(id)} is not the ID of a CAKE postback.`,
      "Nothing was read.",
      "Use the number that CAKE shows, such as 8801.",
    ),
  notFound: (postbackId: number, domain: string, doubt: string | undefined) =>
    doubt === undefined
      ? message(
          "postback-not-found",
          `there is no postback ${postbackId} at ${domain} that this API key can see.`,
          "Nothing was read.",
          "Check the ID and the instance.",
        )
      : message(
          "postback-not-found-unproven",
          `postback ${postbackId} was not found at ${domain}.`,
          `That proves nothing: ${doubt}.`,
          "Run again later, or check the postback in CAKE.",
        ),
  absenceNotProven: (name: string, doubt: string) =>
    message(
      "absence-not-proven",
      `CAKE's list does not show ${name}, which proves nothing: ${doubt}.`,
      "The state is kept.",
      "Run again later, or check the postback in CAKE.",
    ),
  postbackMissing: (name: string, postbackId: number) =>
    message(
      "postback-missing",
      `CAKE no longer shows ${name}.`,
      "The state is kept: CAKE cannot delete postbacks, so most often the API key sees less than before, or belongs to another tenant.",
      `If it is really gone, run again with CAKE_ON_MISSING=forget:${postbackId} (several IDs with commas between).`,
    ),
  otherPostback: (name: string, affiliateId: number, domain: string) =>
    message(
      "other-postback",
      `CAKE shows another postback under the ID of ${name}: affiliate ${affiliateId}, another URL.`,
      "Nothing was done, and the state is kept: most often another CAKE instance answers under this address.",
      `Check that ${domain} leads to your instance, also through the proxy. If somebody changed the postback in CAKE, run "pulumi state delete" on the resource.`,
    ),
  drifted: (name: string, parts: readonly string[]) =>
    message(
      "changed-in-cake",
      `${name} was changed in CAKE since the last refresh: ${parts.join(", ")}.`,
      "Nothing was written, so that their change is not lost.",
      "Review it: pulumi refresh. Overwrite it: CAKE_ON_DRIFT=overwrite pulumi up.",
    ),
  listIncomplete: (name: string, issues: readonly string[]) =>
    message(
      "list-incomplete",
      `CAKE's list of postbacks may be incomplete: ${issues.join("; ")}.`,
      `Nothing was written for ${name}: a duplicate would pay twice.`,
      'Run again. If it stays, "pulumi-cake doctor" shows how the list behaves.',
    ),
  equalIsLive: (name: string, ids: readonly number[]) =>
    message(
      "equal-postback-is-live",
      `CAKE already has ${name} with this URL, active: ${listed(ids)}.`,
      "Nothing was written: both would fire, and the partner would be paid twice.",
      `Options: (1) renamed resource: add "aliases", or apply its removal first; (2) adopt it: "adopt: { postbackId: ${ids[0]} }", or CAKE_ON_EXISTING=adopt for this run.`,
    ),
  firesTwice: (name: string, ids: readonly number[]) =>
    message(
      "fires-twice",
      `P20: active ${listed(ids)} in CAKE would fire for the same conversions as ${name}.`,
      "Nothing was written: the partner would count each conversion twice.",
      "Apply the removal of the other first. If both are meant, set overlapUntil, or suppress P20 with a reason.",
    ),
  firesBeside: (name: string, ids: readonly number[]) =>
    notice(
      "fires-beside",
      `P20: active ${listed(ids)} in CAKE also fires for conversions of ${name}, on another host.`,
      "If both are meant, set overlapUntil.",
    ),
  createdUnchecked: (endpoints: string) =>
    notice(
      "created-unchecked",
      `cake:endpoints is "${endpoints}", so postbacks are created without checking what CAKE already has.`,
    ),
  madeBefore: (name: string, entry: string) =>
    message(
      "made-before",
      `${name} was created by another resource on this machine, and no state has shown it since.`,
      "Nothing was sent: a duplicate would pay twice.",
      `If it is inactive or gone in CAKE, run again with CAKE_ON_UNKNOWN=create:${entry}.`,
    ),

  // ---- Create
  waitingForOtherRun: (name: string) =>
    notice("waiting-for-other-run", `another run has not finished creating ${name}. Waiting for it.`),
  createdMeanwhile: ({ affiliateId, offerId }: Pick<DeclaredIds, "affiliateId" | "offerId">) =>
    notice(
      "created-meanwhile",
      `another run is creating a postback for affiliate ${affiliateId}, offer ${offerId}.`,
    ),
  resumed: (name: string) =>
    notice(
      "create-resumed",
      `${name} was made by an earlier run that was interrupted. It is taken into the state; nothing is created again.`,
    ),
  interruptedLeft: (name: string, rows: readonly { readonly postbackId: number }[], entry: string) =>
    message(
      "interrupted-create-left",
      `an interrupted run left active ${listed(rows.map(({ postbackId }) => postbackId))} in CAKE, in no state.`,
      `Nothing was created for ${name}: both would fire.`,
      `Options: (1) declare it as it is and set "adopt: { postbackId: ${rows[0]?.postbackId} }"; (2) deactivate it in CAKE; (3) if it is somebody else's: CAKE_ON_UNKNOWN=create:${entry}.`,
    ),
  interruptedUnknown: (name: string, entry: string, why: string) =>
    message(
      "interrupted-create-unknown",
      `an interrupted create for the affiliate, offer or resource of ${name} may have succeeded, and that cannot be checked: ${why}.`,
      "Nothing was created: both would fire.",
      `Check CAKE. If it is there, set "adopt: { postbackId: <ID> }" or deactivate it; if not, run again with CAKE_ON_UNKNOWN=create:${entry}.`,
    ),
  createNotFound: (name: string, what: string) =>
    message(
      "create-not-found",
      `the request to create ${name} did not reach CAKE: its complete list does not show the postback.`,
      "Nothing was created.",
      "Run again.",
      `What happened: ${what}`,
    ),
  createOutcomeUnknown: (name: string, entry: string, why: string, isBlind: boolean) =>
    message(
      "create-outcome-unknown",
      `the create of ${name} may have succeeded: ${why}`,
      "It is not sent again: a duplicate would pay twice.",
      `Check CAKE (GET /api/2/api_logs.json shows what arrived). If it is there, set "adopt: { postbackId: <ID> }"${isBlind ? " and name the ID in CAKE_CONFIRMED_IDS_FILE" : ""}; if not, run again with CAKE_ON_UNKNOWN=create:${entry}.`,
    ),
  createOverwrote: (name: string, postbackId: number) =>
    message(
      "create-overwrote",
      `CAKE did not add ${name}: it wrote over postback ${postbackId}, which was there before.`,
      `What postback ${postbackId} sent before is no longer sent. No further postback is created in this run.`,
      "Restore its URL in CAKE, and declare one postback for this affiliate and offer.",
    ),
  createNotConfirmed: (name: string, why: string) =>
    message(
      "create-not-confirmed",
      `CAKE answered that it created ${name}, and that could not be confirmed: ${why}.`,
      "It is kept in the state. No further postback is created in this run.",
      'Check it in CAKE, and that the API key may see all affiliates. Then run "pulumi up" again.',
    ),
  createWentWrong: (name: string, fields: readonly string[]) =>
    message(
      "create-went-wrong",
      `CAKE created ${name}, but its ${fields.join(" and ")} differ from what was sent.`,
      "It is kept in the state as CAKE has it; conversions may go to the wrong place. No further postback is created in this run.",
      "Correct it in CAKE.",
    ),
  storedOtherwise: (name: string, parts: readonly string[]) =>
    notice(
      "stored-otherwise",
      `CAKE stores the URL of ${name} in another spelling than it was sent; different: ${parts.join(", ")}.`,
      "If CAKE also calls the partner that way, conversions may be lost. Check it in CAKE.",
    ),

  // ---- Adopt
  adoptDiffers: (postbackId: number, parts: readonly string[]) =>
    message(
      "adopt-differs",
      `postback ${postbackId} cannot be adopted: it differs from the declaration in ${parts.join(", ")}.`,
      "Nothing was changed.",
      'Declare it as it is in CAKE first, run "pulumi up", then change it, so that the change can be reviewed.',
    ),
  adoptBreaksRules: (postbackId: number, broken: readonly string[]) =>
    message(
      "adopt-breaks-rules",
      `postback ${postbackId} cannot be adopted with a new spelling of its URL that breaks rules: ${broken.join(" ")}`,
      "Nothing was changed.",
      "Declare the URL exactly as it is in CAKE, or correct it.",
    ),
  adoptNotFound: (name: string, rows: number) =>
    message(
      "adopt-not-found",
      `${name} is not in CAKE's list (${rows} postbacks), so it cannot be adopted.`,
      "Nothing was changed.",
      "Check the ID, and that the API key belongs to this instance and may see all affiliates.",
    ),
  adoptUnseen: (postbackId: number, endpoints: string) =>
    message(
      "adopt-unseen",
      `postback ${postbackId} cannot be adopted: cake:endpoints is "${endpoints}", so it cannot be read.`,
      "Nothing was changed.",
      "If it is exactly as declared in CAKE, write its ID into a file and name the file in CAKE_CONFIRMED_IDS_FILE.",
    ),
  alreadyOwned: (postbackId: number) =>
    message(
      "already-owned",
      `postback ${postbackId} belongs to another resource of this run.`,
      "It was not adopted: one postback can belong to one resource only.",
      'Remove one of the two resources, or its "adopt".',
    ),
  beingDeactivated: (postbackId: number) =>
    message(
      "being-deactivated",
      `postback ${postbackId} is being deactivated by this run, for a resource that was removed.`,
      "It was not adopted.",
      'Run "pulumi up" again.',
    ),

  // ---- Update and delete
  goneBeforeUpdate: (name: string) =>
    message(
      "gone-before-update",
      `${name} is gone from CAKE and cannot be changed.`,
      "The partner is not called.",
      'Run "pulumi refresh" with the same CAKE_ON_MISSING; the next "pulumi up" creates it again.',
    ),
  updateEndpointMissing: (name: string, what: string) =>
    message(
      "update-endpoint-missing",
      `${name} was not changed.`,
      "What it sends to the partner is as before.",
      what,
    ),
  changeByHand: (name: string, postbackId: number, work: string) =>
    message(
      "change-by-hand",
      `${name} cannot be changed by API: cake:endpoints is "documented".`,
      "Nothing was changed.",
      `To do by hand in CAKE: postback ${postbackId}: ${work}. ${CONFIRM_BY_HAND} If your CAKE has an update endpoint, set cake:endpoints to "all" or "without-list".`,
    ),
  updateIgnored: (name: string) =>
    message(
      "update-ignored",
      `CAKE answered that it changed ${name}, and its list still shows the old values.`,
      "The state is unchanged. No further update is sent in this run.",
      "Check it in CAKE. If it is changed there, the list was late: run again. If not, change postbacks by hand: cake:endpoints documented.",
    ),
  updateNotConfirmed: (name: string, why: string | undefined) =>
    message(
      "update-not-confirmed",
      `CAKE answered that it changed ${name}, and that could not be confirmed: ${why ?? "the list does not show it"}.`,
      "The state is unchanged. No further update is sent in this run.",
      "Run again: it reads the postback first, and sends only what is still missing.",
    ),
  updateWentWrong: (name: string, fields: readonly string[]) =>
    message(
      "update-went-wrong",
      `CAKE's update of ${name} changed something other than requested: its ${fields.join(" and ")}.`,
      "Conversions may be lost. No further update is sent in this run.",
      "Correct the postback in CAKE. If updates of your CAKE work differently, change postbacks by hand: cake:endpoints documented.",
    ),
  stoppedByEarlierWrite: (why: string) =>
    message(
      "stopped-by-earlier-write",
      "an earlier write of this run was not proven.",
      "Nothing was sent for this postback.",
      "Solve that one first, then run again:",
      why,
    ),
  deleteOfAskedFor: (postbackId: number) =>
    message(
      "delete-of-asked-for",
      `postback ${postbackId} was not deactivated: another resource of this run asked for it and did not get it.`,
      "It still fires, and stays in the state.",
      'Solve the other resource\'s error (a rename needs "aliases"), then run again.',
    ),
  leftToAnother: (name: string) =>
    notice("left-to-another", `${name} stays active: another resource of this run has it now.`),
  deactivatedNotDeleted: () =>
    notice(
      "deactivated-not-deleted",
      "CAKE cannot delete postbacks: those that a stack no longer declares are set to inactive.",
    ),
  engineGone: () =>
    message(
      "engine-gone",
      "the Pulumi engine has ended.",
      "Nothing more is written to CAKE.",
      'Run "pulumi up" again.',
    ),
} as const satisfies Record<string, (...args: never[]) => Message>;

interface DeclaredIds {
  readonly affiliateId: number;
  readonly offerId: number;
  readonly postbackTypeId: number;
}
