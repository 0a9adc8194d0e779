import { type Message, message, notice } from "../message";
import { EXPECTED_IDS } from "../postback/fields";
import { maskText } from "../postback/secrets";
import { SAVED_SETTINGS_ADVICE } from "../settings/messages";
import { withVariable } from "../shellCommand";

/** A postback named for a message: no URL, no value. */
export function postbackName(
  { affiliateId, offerId }: Pick<DeclaredIds, "affiliateId" | "offerId">,
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

// An affiliate may have thousands.
const MAX_LISTED = 10;
const activeOnes = (ids: readonly number[]) =>
  ids.length > MAX_LISTED ? `${ids.length} active postbacks` : `active ${listed(ids)}`;

const confirmed = () => withVariable("CAKE_CONFIRMED_IDS_FILE", "<file>", "pulumi up");
const CONFIRM_BY_HAND = `Then write the IDs into a file, one a line, and run '${confirmed()}' (or destroy).`;

/**
 * Every text of the lifecycle for people, each under its code. A text has three parts: what happened and to which
 * postback, what it means, what to do now. None holds a URL.
 */
export const messages = {
  // ---- Settings and surroundings
  /**
   * Before a create is sent, pulumi-cake writes it into a journal on this machine. So no second create follows a run
   * that was killed. By default the journal is in `~/.pulumi-cake/journal`. It must be a directory that
   * only you can write to. In a container or a CI job without a home directory, point `CAKE_JOURNAL_DIR` to a
   * directory that outlives the job. Previews work without a journal.
   */
  journalUnusable: (why: string) =>
    message(
      "journal-unusable",
      `the journal of creates cannot be used: ${why}.`,
      "Nothing was sent: without the journal, an interrupted create could be made twice.",
      "Set CAKE_JOURNAL_DIR to a directory of your own that survives the run.",
    ),
  /**
   * The state says on which CAKE instance a postback lives, and the settings name another one. IDs of two instances
   * mean different partners, so pulumi-cake does not touch it. Either the wrong stack is selected, or `cake:domain`
   * was changed by mistake, or your instance has a new host. A postback cannot be moved: declare it under a new
   * resource name for the new instance, and the old one is deactivated by a run against the old instance.
   */
  otherInstance: (name: string, livesOn: string, domain: string) =>
    message(
      "other-instance",
      `${name} lives on ${livesOn}, and cake:domain is ${domain}.`,
      "Nothing was done: elsewhere the same ID is another partner's postback.",
      `If the instance was only renamed, add "${livesOn}" to cake:formerDomains. If not, correct cake:domain.`,
      SAVED_SETTINGS_ADVICE,
    ),
  /**
   * Overrides are environment variables with which a person decides for a single run. A value that is not understood
   * stops the run before anything is sent, because to ignore it could do the opposite of what was meant.
   */
  overrideInvalid: (variable: string, value: string, takes: string) =>
    message(
      "override-invalid",
      `${variable} is ${JSON.stringify(maskText(value))}, and it takes ${takes}.`,
      "Nothing was done.",
      "Correct it or unset it, then run again.",
    ),
  /**
   * `CAKE_CONFIRMED_IDS_FILE` names a text file with one postback ID a line. What follows a `#` is a comment.
   * `pulumi-cake review --work-list --format ids preview.json` prints such a file. A line that is not an ID stops the
   * run, because the edit behind it would not be recorded.
   */
  confirmedIdsInvalid: (file: string, line: string) =>
    message(
      "confirmed-ids-invalid",
      `the file that CAKE_CONFIRMED_IDS_FILE names, ${JSON.stringify(file)}, has the line ${JSON.stringify(maskText(line))}, which is not a postback ID.`,
      "Nothing was done.",
      "Write one ID a line, such as 8801, then run again.",
    ),
  /**
   * `CAKE_CONFIRMED_IDS_FILE` names a file with the IDs of postbacks that were edited by hand. The file does not
   * exist, or this user cannot read it. A relative path counts from the directory of the Pulumi project.
   */
  confirmedIdsUnreadable: (file: string, reason: string) =>
    message(
      "confirmed-ids-unreadable",
      `the file that CAKE_CONFIRMED_IDS_FILE names, ${JSON.stringify(file)}, cannot be read (${reason}).`,
      "Nothing was done.",
      "Correct the path or unset the variable, then run again.",
    ),
  /**
   * Something happened that pulumi-cake does not expect. The lines below the message say where in the code. They hold
   * neither the API key nor the password of the proxy, but check them for values of your own before you share them.
   */
  internalError: () =>
    message(
      "internal-error",
      "this is a bug in pulumi-cake, not a mistake of yours.",
      'Whether CAKE or the state changed is unknown: run "pulumi refresh" before the next "pulumi up".',
      "Report these lines to the maintainers:",
    ),
  /**
   * The postback was created or changed, and then something went wrong. Normally Pulumi keeps such a postback in the
   * state together with the error. Its URL is so long that the engine could not receive both. So CAKE may have a
   * postback that no stack manages: adopt it, or deactivate it in CAKE.
   */
  tooLargeForState: (id: string, what: string) =>
    message(
      "too-large-for-state",
      `postback ${id} and its error are too large for the state.`,
      "CAKE may have it although the stack does not.",
      `If so, set adopt.postbackId to ${id} on the resource.`,
      `The error: ${what}`,
    ),

  // ---- Check and diff
  /**
   * A required argument of an `AffiliatePostback` is missing or null in the program. Every postback needs an
   * affiliate, an offer and a URL. The value may come from a configuration or a CSV column that is empty.
   */
  argumentMissing: (name: string) => notice("argument-missing", `the argument ${name} is missing.`),
  /**
   * An argument of an `AffiliatePostback` has a value that CAKE cannot accept. The message says what was expected and
   * what was found. The value of `postbackUrl` is never shown, because it may be secret. Correct it in the program, or
   * in the file that the program reads.
   */
  argumentInvalid: (name: string, expected: string, found: string) =>
    notice("argument-invalid", `the argument ${name} must be ${expected}, found ${found}.`),
  /**
   * The program gives an `AffiliatePostback` an argument that does not exist. Most often the name is misspelled, or
   * CAKE's own name for a field was used, such as `postback_url`. To ignore it could lose what was meant.
   */
  argumentUnknown: (name: string, known: string) =>
    notice("argument-unknown", `${JSON.stringify(name)} is not an argument of AffiliatePostback.`, known),
  /**
   * CAKE decides this value, and pulumi-cake only reads it. It is an output of the resource and cannot be set. If it
   * was copied from the state or from an export, remove it from the program.
   */
  argumentIsOutput: (name: string) =>
    notice("argument-is-output", `the argument ${name} is an output: CAKE decides it.`, "Remove it."),
  /**
   * Two resources declare the same affiliate, offer, type and URL, so that each conversion would be reported twice.
   * Often a row was copied, or two files list the same postback. If one of them was renamed, give it `aliases` instead
   * of declaring both.
   */
  declaredTwice: ({ affiliateId, offerId, postbackTypeId }: DeclaredIds) =>
    message(
      "declared-twice",
      `another resource of this program declares the same postback: affiliate ${affiliateId}, offer ${offerId}, type ${postbackTypeId} and the same URL.`,
      "Both would fire, and the partner would count each conversion twice.",
      "Remove one of the two.",
    ),
  /**
   * Rule P20: two active postbacks fire for the same conversions, for example one for all offers and one for a single
   * offer. During a switch of trackers that can be meant: `overlapUntil` allows it until a day.
   * Otherwise keep one, or suppress P20 with a reason on one of them: `suppress` takes reasons by rule ID.
   */
  declaredFiringTwice: ({ affiliateId, offerId }: DeclaredIds) =>
    message(
      "declared-firing-twice",
      `P20: another resource of this program fires for the same conversions: affiliate ${affiliateId}, offer ${offerId}.`,
      "The partner would count each conversion twice.",
      "Keep one. If both are meant, set overlapUntil, or suppress P20 with a reason.",
    ),
  /**
   * Rule P20 as a warning: two resources fire for the same conversions and call different hosts. During a switch of
   * trackers that is meant: `overlapUntil` on one of them says until when. Nothing stops. If `cake:rules` makes P20 a
   * warning, two on one host get this warning, too.
   */
  declaredFiringBeside: ({ affiliateId, offerId }: DeclaredIds) =>
    notice(
      "declared-firing-beside",
      `P20: another resource of this program also fires for these conversions: affiliate ${affiliateId}, offer ${offerId}.`,
      "If both are meant, set overlapUntil, or suppress P20 with a reason.",
    ),
  /**
   * Rule P26: active postbacks of one affiliate take the click ID from different sub IDs. The affiliate's offer links
   * fill only one of them, so conversions of the others match no click. Which one is right is in the offer links. If
   * both are right, suppress P26 with a reason on one side. `clickIdSlot` names the sub ID of the click ID
   * where the URL does not show it. `cake:rules` can make the warning an error.
   */
  declaredMixedSlots: (name: string, slot: string, usual: string, others: number) =>
    message(
      "declared-mixed-slots",
      `P26: ${name} takes the click ID from #${slot}#, and ${others === 1 ? "another postback" : `${others} others`} of the affiliate in this program from #${usual}#.`,
      "Conversions with the wrong sub ID match no click.",
      "Use the sub ID of the affiliate's offer links, or suppress P26 with a reason.",
    ),
  /**
   * The URL that is declared together with `adopt` breaks rules. If CAKE has exactly this URL, it is adopted as it is,
   * so that existing postbacks never block an adoption. If CAKE has another URL, the adoption fails.
   */
  adoptedUrlBreaksRules: (broken: readonly string[]) =>
    notice(
      "adopted-url-breaks-rules",
      `the URL to adopt breaks rules: ${broken.join(" ")}`,
      "It is adopted only if the live URL is exactly this one.",
    ),
  /**
   * Two resources in the state of one stack claim the same postback. The next change of one would undo the other's,
   * and the removal of one would deactivate it for both. This happens after an import by hand, or after a rename
   * without `aliases`. `pulumi state delete <urn>` removes one from the state without touching CAKE.
   */
  ownedTwice: (postbackId: number) =>
    message(
      "owned-twice",
      `two resources of this stack have postback ${postbackId}.`,
      "Nothing was done: removing either would deactivate it for both.",
      `Remove one of them with "pulumi state delete", or give the new one "aliases" if it is a rename.`,
    ),
  /**
   * A change of affiliate, offer or type replaces a postback: a new one is created and the old one is deactivated.
   * With `cake:endpoints` set to `documented`, pulumi-cake cannot deactivate it, and both would fire. A person
   * deactivates the old one in CAKE first, and confirms its ID.
   */
  replacementByHand: (name: string, postbackId: number, fields: readonly string[]) =>
    message(
      "replacement-by-hand",
      `a change of ${fields.join(" and ")} replaces ${name}, and cake:endpoints is "documented", so it cannot be deactivated by API.`,
      "Nothing was changed.",
      `In CAKE, set postback ${postbackId} to inactive. ${CONFIRM_BY_HAND}`,
    ),
  /**
   * The program would replace more postbacks than one run may deactivate. Each replacement deactivates an old
   * postback. Most often an affiliate or offer column was shifted or a default changed. The limits are
   * `cake:maxDeactivations` and `cake:maxChanges`. `CAKE_ALLOW_CHANGES` allows a number for one run instead.
   */
  tooManyReplacements: (name: string, reached: string) =>
    message(
      "too-many-replacements",
      `replacing ${name} would exceed the limit of ${reached} for one run.`,
      "A replacement deactivates the old postback. In a preview nothing was changed.",
      'Check "pulumi preview". If all of it is wanted, run again with CAKE_ALLOW_CHANGES=<number>.',
    ),
  /**
   * A run stops at its limit of changes, so that a mistake cannot deactivate a whole network. What was done before the
   * stop stays done.
   *
   * 1. Check `pulumi preview`. The most frequent cause is an `up` from a branch that lacks rows.
   * 2. If all of it is wanted: `CAKE_ALLOW_CHANGES=<number> pulumi up`.
   * 3. If it is not: restore the program and run `CAKE_ON_EXISTING=adopt CAKE_ALLOW_CHANGES=<number> pulumi up`. The
   *    postbacks that were deactivated have left the state. They are found in CAKE, adopted and activated again.
   */
  tooManyChanges: (name: string, reached: string, least: number) =>
    message(
      "too-many-changes",
      `${name} was not changed: this run has reached its limit of ${reached}.`,
      "What was changed before stays changed.",
      `Check "pulumi preview". If the rest is wanted, run again with CAKE_ALLOW_CHANGES=<number>; at least ${least} are planned in all.`,
    ),

  // ---- What is live
  /**
   * CAKE's list of postbacks could not be read, so a refresh keeps the state as it is. Unless `cake:endpoints` says that
   * there is no list, every write stops as well until it can be read. `pulumi-cake doctor` checks the list. If your instance has it under another path, set
   * `cake:paths`. If it has none, run `pulumi config set cake:endpoints without-list`. Creates and updates are then
   * sent unchecked, and only the journal prevents a second create. `documented` also rules out updates, and makes a
   * work list of them.
   */
  driftNotChecked: (why: string, next: string) =>
    notice("drift-not-checked", `drift not checked, and the state is kept. ${why}`, next),
  /**
   * A resource that is only read, or an import, needs a single postback, and CAKE's list could not be read. The second
   * sentence says why. Without a list, no postback can be read, because CAKE documents no other call for it.
   */
  cannotRead: (postbackId: number, why: string, next: string) =>
    message("cannot-read", `postback ${postbackId} cannot be read. ${why}`, "Nothing was read.", next),
  /**
   * The ID of an `AffiliatePostback` is the number that CAKE shows for the postback. The given ID is
   * something else: the name of a resource, an affiliate's ID with a prefix, or a number with a leading zero.
   */
  notAnId: (id: string) =>
    message(
      "not-an-id",
      `${JSON.stringify(maskText(id))} is not the ID of a CAKE postback.`,
      "Nothing was read.",
      "Use the number that CAKE shows, such as 8801.",
    ),
  /**
   * CAKE's complete list does not have this postback, and a read by its ID does not find it either. The ID may belong
   * to another CAKE instance, or the API key may not see the affiliate.
   */
  notFound: (postbackId: number, domain: string) =>
    message(
      "postback-not-found",
      `there is no postback ${postbackId} at ${domain} that this API key can see.`,
      "Nothing was read.",
      "Check the ID and the instance.",
    ),
  /**
   * CAKE's list does not show the postback, but the list may be incomplete. So the postback may exist all the same. If
   * this goes on, `pulumi-cake doctor --expect-id <id>` shows how the list behaves and whether the API key sees a
   * postback.
   */
  notFoundUnproven: (postbackId: number, domain: string, doubt: string) =>
    message(
      "postback-not-found-unproven",
      `postback ${postbackId} was not found at ${domain}, which proves nothing: ${doubt}.`,
      "Nothing was read.",
      "Run again later, or check the postback in CAKE.",
    ),
  /**
   * The list does not show a postback that the stack manages, and the list may be incomplete. One incomplete answer
   * never removes a postback from the state. Run again. If this goes on, `pulumi-cake doctor` shows how the list
   * behaves.
   */
  absenceNotProven: (name: string, doubt: string) =>
    message(
      "absence-not-proven",
      `CAKE's list does not show ${name}, which proves nothing: ${doubt}.`,
      "The state is kept.",
      "Run again later, or check the postback in CAKE.",
    ),
  /**
   * A complete list and a read by ID agree that CAKE does not show this postback. CAKE cannot delete postbacks, so the
   * API key most likely lost rights or belongs to another tenant. `pulumi-cake doctor --expect-id <id>` checks that.
   * Only if the postback is really gone, run `CAKE_ON_MISSING=forget:<id> pulumi refresh`. The next `pulumi up`
   * creates it again if the program still declares it.
   */
  postbackMissing: (name: string, postbackId: number) =>
    message(
      "postback-missing",
      `CAKE no longer shows ${name}.`,
      "The state is kept: most often the API key sees less than before, or belongs to another tenant.",
      `If it is really gone, run again with CAKE_ON_MISSING=forget:${postbackId} (several IDs with commas between).`,
    ),
  /**
   * The postback with this ID has another affiliate and another URL than the state. If pulumi-cake took that for
   * drift, the next run would deactivate another partner's postback. Most often a proxy or DNS leads to another CAKE
   * instance. If somebody really reused the postback in CAKE, `pulumi state delete <urn>` removes it from the stack
   * without touching CAKE.
   */
  otherPostback: (name: string, affiliateId: number, domain: string) =>
    message(
      "other-postback",
      `CAKE shows another postback under the ID of ${name}: affiliate ${affiliateId}, another URL.`,
      "Nothing was done, and the state is kept: most often another CAKE instance answers under this address.",
      `Check that ${domain} leads to your instance, also through the proxy. If somebody changed the postback in CAKE, run "pulumi state delete" on the resource.`,
    ),
  /**
   * Somebody edited the postback in CAKE after Pulumi last read it. `pulumi refresh` shows the edit, and the next
   * `pulumi up` restores what the program declares. So either declare the edit, or let `up` undo it. An `up` without a
   * refresh stops here, so that the edit is not lost unseen. CAKE itself can be the cause: after an update that
   * cleared other fields, the next run stops like this.
   */
  drifted: (name: string, parts: readonly string[]) =>
    message(
      "changed-in-cake",
      `${name} was changed in CAKE since the last refresh: ${parts.join(", ")}.`,
      "Nothing was written, so that this change is not lost.",
      `Review it: pulumi refresh. Overwrite it: ${withVariable("CAKE_ON_DRIFT", "overwrite", "pulumi up")}`,
    ),
  /**
   * Before every write, pulumi-cake reads what CAKE already has. The list did not prove that it is complete: its total
   * differs from the rows that came, rows moved between two pages, or a row cannot be read. A create beside a postback
   * that the list did not show would pay twice.
   */
  listIncomplete: (name: string, issues: readonly string[]) =>
    message(
      "list-incomplete",
      `CAKE's list of postbacks may be incomplete: ${issues.join("; ")}.`,
      `Nothing was written for ${name}: a duplicate would pay twice.`,
      'Run again. If it stays, "pulumi-cake doctor" shows how the list behaves.',
    ),
  /**
   * CAKE already has an active postback with this affiliate, offer, type and URL, and this resource does not manage
   * it. Often the resource was renamed, an earlier state was lost, or somebody created the postback in CAKE. Adopt it,
   * give the renamed resource `aliases`, or deactivate the other one.
   */
  equalIsLive: (name: string, ids: readonly number[]) =>
    message(
      "equal-postback-is-live",
      `CAKE already has ${name} with this URL, active: ${listed(ids)}.`,
      "Nothing was written: both would fire, and the partner would be paid twice.",
      `Options: (1) renamed resource: add "aliases", or apply its removal first; (2) adopt it: set adopt.postbackId to ${ids[0]}, or CAKE_ON_EXISTING=adopt for this run.`,
    ),
  /**
   * Rule P20: an active postback in CAKE fires for the same conversions as the one that this run would activate. It
   * can be one for all offers, or one with another URL on the same tracker. The message names it. During a switch of
   * trackers, `overlapUntil` allows both until a day.
   */
  firesTwice: (name: string, ids: readonly number[]) =>
    message(
      "fires-twice",
      `P20: active ${listed(ids)} in CAKE would fire for the same conversions as ${name}.`,
      "Nothing was written: the partner would count each conversion twice.",
      "Apply the removal of the other first. If both are meant, set overlapUntil, or suppress P20 with a reason.",
    ),
  /**
   * A second active postback of the affiliate and offer calls another host. Two trackers can be meant, and they can be
   * a forgotten one. Nothing stops. `overlapUntil` says until when both are meant, and a reason in `suppress` for P20 says why.
   */
  firesBeside: (name: string, ids: readonly number[]) =>
    notice(
      "fires-beside",
      `P20: active ${listed(ids)} in CAKE also fires for conversions of ${name}.`,
      "If both are meant, set overlapUntil, or suppress P20 with a reason.",
    ),
  /**
   * Rule P26: a postback that this run creates takes the click ID from another sub ID than the affiliate's active
   * postbacks in CAKE. The affiliate's offer links fill only one of them. If both are right, suppress
   * P26 with a reason on the new one. Where `cake:rules` makes P26 an error, nothing is created.
   */
  liveMixedSlots: (name: string, slot: string, usual: string, ids: readonly number[]) =>
    message(
      "live-mixed-slots",
      `P26: ${name} takes the click ID from #${slot}#, and ${activeOnes(ids)} in CAKE from #${usual}#.`,
      "Conversions with the wrong sub ID match no click.",
      "Use the sub ID of the affiliate's offer links, or suppress P26 with a reason.",
    ),
  /**
   * The settings say that this CAKE instance has no list of postbacks. So pulumi-cake cannot check what exists before
   * it creates. Only the journal on this machine prevents a second create. If the instance has a list, set
   * `cake:endpoints` to `all`.
   */
  createdUnchecked: (endpoints: string) =>
    notice(
      "created-unchecked",
      `the setting cake:endpoints is "${endpoints}", so postbacks are created without checking what CAKE already has.`,
    ),
  /**
   * Without a list, the journal is all that knows what was created. It says that another resource on this machine
   * created an equal postback. No state has shown it since. Check CAKE: if the postback exists, adopt it. If it is
   * inactive or gone, allow the create with the entry that the message names.
   */
  madeBefore: (name: string, entry: string) =>
    message(
      "made-before",
      `${name} was created by another resource on this machine, and no state has shown it since.`,
      "Nothing was sent: a duplicate would pay twice.",
      `If it is inactive or gone in CAKE, run again with CAKE_ON_UNKNOWN=create:${entry}.`,
    ),

  // ---- Create
  /**
   * Two runs on this machine are about to create postbacks of the same affiliate and offer. This one waits until the
   * other has finished or is certainly dead, and then checks what it made.
   */
  waitingForOtherRun: (name: string) =>
    notice("waiting-for-other-run", `another run has not finished creating ${name}. Waiting for it.`),
  /**
   * Two runs on this machine wanted to create a postback of the same affiliate and offer at the same moment. Only one
   * of them sends. The other checks the list again and goes on by itself, so this message is rarely seen.
   */
  createdMeanwhile: ({ affiliateId, offerId }: Pick<DeclaredIds, "affiliateId" | "offerId">) =>
    message(
      "created-meanwhile",
      `another run is creating this postback (affiliate ${affiliateId}, offer ${offerId}).`,
      "This run sent nothing.",
      "Run again when the other run has ended.",
    ),
  /**
   * An earlier run was killed after it had created the postback and before Pulumi saved it. The journal on this
   * machine knew of it.
   *
   * 1. On the same machine, `pulumi up` is enough. If Pulumi says that the stack is locked and no run is active:
   *    `pulumi cancel`.
   * 2. On another machine, or if the disk is gone: `pulumi stack export | npx --no -- pulumi-cake preflight`, and do
   *    as it says.
   * 3. Pulumi keeps the interrupted operation in the state and goes on warning. After a good `up`: `pulumi refresh
   *    --clear-pending-creates --yes`. Do not use `--import-pending-creates`: it reports success and imports nothing
   *    of this kind.
   */
  resumed: (name: string) =>
    notice(
      "create-resumed",
      `an earlier run that was interrupted created ${name}. It is adopted, and nothing is created again.`,
    ),
  /**
   * An earlier run was interrupted after it had created a postback. No state has it, and the program has changed
   * since, so pulumi-cake does not decide for you. Adopt the postback, deactivate it in CAKE, or say that it belongs
   * to somebody else. Until then no postback is created for this affiliate, offer or resource.
   */
  interruptedLeft: (name: string, rows: readonly { readonly postbackId: number }[], entry: string) =>
    message(
      "interrupted-create-left",
      `an interrupted run left active ${listed(rows.map(({ postbackId }) => postbackId))} in CAKE, in no state.`,
      `Nothing was created for ${name}: both would fire.`,
      `Options: (1) declare it as it is and set adopt.postbackId to ${rows[0]?.postbackId}; (2) deactivate it in CAKE; (3) if it is somebody else's: CAKE_ON_UNKNOWN=create:${entry}.`,
    ),
  /**
   * An earlier run was interrupted while it created a postback for this affiliate, offer or resource. The journal does
   * not know the outcome, and CAKE cannot be checked. Do the same as for
   * [create-outcome-unknown](#create-outcome-unknown).
   */
  interruptedUnknown: (name: string, entry: string, why: string) =>
    message(
      "interrupted-create-unknown",
      `an interrupted create for the affiliate, offer or resource of ${name} may have succeeded, and that cannot be checked: ${why}.`,
      "Nothing was created: both would fire.",
      `If CAKE has it, set adopt.postbackId to its ID or deactivate it; if not, run again with CAKE_ON_UNKNOWN=create:${entry}.`,
    ),
  /**
   * The journal on this machine has an entry for this affiliate and offer whose first line cannot be read: the disk may have
   * failed, or somebody edited the file. It may be of a create whose postback is in CAKE. Search CAKE for the affiliate and
   * offer. The variable lets this one run go on; the file stays until you remove it.
   */
  entryUnreadable: (name: string, entry: string) =>
    message(
      "journal-entry-unreadable",
      `the journal's entry for ${name} cannot be read, and may be of an interrupted create.`,
      "Nothing was created: both would fire.",
      `If CAKE has no such postback, run again with CAKE_ON_UNKNOWN=create:${entry}. If it has, set adopt.postbackId to its ID.`,
    ),
  /**
   * The answer to the create was lost, so pulumi-cake searched CAKE's complete list for as long as `cake:listLag`
   * says. The postback is not there. So the request did not reach CAKE, and the next run may send it again.
   */
  createNotFound: (name: string, answer: string) =>
    message(
      "create-not-found",
      `the request to create ${name} did not reach CAKE: its complete list does not show the postback.`,
      "Nothing was created.",
      "Run again.",
      `Reason: ${answer}.`,
    ),
  /**
   * A create was sent, and CAKE cannot show its outcome. Nothing more is sent for that affiliate and offer.
   *
   * 1. Check CAKE for the affiliate and offer with the declared URL: in the admin, or in the request log (`GET
   *    /api/2/api_logs.json`). The log shows what arrived and when, without bodies.
   * 2. If the postback is there: set `adopt.postbackId` to its ID on the resource and run `pulumi up`. If CAKE
   *    has no list, also write the ID into a file and run `CAKE_CONFIRMED_IDS_FILE=<file> pulumi up`. Afterwards
   *    `adopt` changes nothing any more, and can be removed.
   * 3. If it is not there: `CAKE_ON_UNKNOWN=create:<entry> pulumi up`, with the entry that the message names. Do the
   *    same in an instance without any postback, where an empty list proves nothing.
   * 4. If it is there and not wanted: deactivate it in CAKE, and run `pulumi up`.
   * 5. If it is there twice: deactivate one of them in CAKE, and go on with step 2.
   */
  createOutcomeUnknown: (name: string, entry: string, why: string, isBlind: boolean) =>
    message(
      "create-outcome-unknown",
      `the create of ${name} may have succeeded: ${why}.`,
      "It is not sent again: that could pay twice.",
      `If CAKE has it, set adopt.postbackId to its ID${isBlind ? ", name it in CAKE_CONFIRMED_IDS_FILE" : ""}; if not, run with CAKE_ON_UNKNOWN=create:${entry}.`,
    ),
  /**
   * CAKE answered the create with the ID of a postback that existed before. This CAKE instance keeps one postback for
   * an affiliate and offer, and the create replaced its URL. The partner's former URL is no longer called. CAKE does
   * not keep it: find it in an earlier state, an export or a pull request.
   */
  createOverwrote: (name: string, postbackId: number) =>
    message(
      "create-overwrote",
      `CAKE did not add ${name}: it overwrote postback ${postbackId}, which existed before.`,
      `What postback ${postbackId} sent before is no longer sent. No further postback is created in this run.`,
      "Restore its URL in CAKE, and declare one postback for this affiliate and offer.",
    ),
  /**
   * The first create of a run is read back before any other is sent. CAKE said that it created the postback, but the
   * list does not show it. The API key may not see the affiliate, or the list is slower than `cake:listLag`.
   * `pulumi-cake doctor --expect-id <id>` checks the first.
   */
  createNotConfirmed: (name: string, why: string) =>
    message(
      "create-not-confirmed",
      `CAKE answered that it created ${name}, and that could not be confirmed: ${why}.`,
      "It is kept in the state. No further postback is created in this run.",
      'Check it in CAKE, and that the API key may see all affiliates. Then run "pulumi up" again.',
    ),
  /**
   * CAKE stored something else than pulumi-cake sent, for example another affiliate, URL or type. No further postback
   * is created, because each would have the same error. `pulumi refresh` shows what CAKE has. Ask CAKE's support if it
   * goes on.
   */
  createWentWrong: (name: string, fields: readonly string[]) =>
    message(
      "create-went-wrong",
      `CAKE created ${name}, but its ${fields.join(" and ")} differ from what was sent.`,
      "The state has it as CAKE does. Conversions may go to the wrong place, so no further postback is created in this run.",
      "Correct it in CAKE.",
    ),
  /**
   * CAKE changed the spelling of the URL, for example `%20` to `+`. The state keeps the URL as you declared it, and
   * the spelling causes no drift. If CAKE also calls the partner with the other spelling, a tracker may not understand
   * it. Test one conversion.
   */
  storedOtherwise: (name: string, parts: readonly string[]) =>
    notice(
      "stored-otherwise",
      `CAKE stores the URL of ${name} in another spelling than it was sent: ${parts.join(", ")}.`,
      "If CAKE also calls the partner that way, conversions may be lost. Check it in CAKE.",
    ),

  // ---- Adopt
  /**
   * `adopt` and `import` take a postback as it is. The one with this ID has another affiliate, offer, type or URL than
   * the program declares, so it may be the wrong one. Declare what CAKE has, adopt it, and make the change in a second
   * step that a reviewer can see.
   */
  adoptDiffers: (postbackId: number, parts: readonly string[]) =>
    message(
      "adopt-differs",
      `postback ${postbackId} cannot be adopted: it differs from the declaration in ${parts.join(", ")}.`,
      "Nothing was changed.",
      'Declare it as it is in CAKE first, run "pulumi up", then change it, so that the change can be reviewed.',
    ),
  /**
   * The postback in CAKE spells its URL in another way than the program, and the program's spelling breaks rules. An
   * adoption would write it to CAKE. Declare the URL exactly as CAKE has it, which never breaks an adoption, or fix
   * what the rules found.
   */
  adoptBreaksRules: (postbackId: number, broken: readonly string[]) =>
    message(
      "adopt-breaks-rules",
      `postback ${postbackId} cannot be adopted: the program spells its URL differently, and that spelling breaks rules: ${broken.join(" ")}`,
      "Nothing was changed.",
      "Declare the URL exactly as it is in CAKE, or correct it.",
    ),
  /**
   * The program adopts a postback by its ID, and CAKE's list does not show one with that ID. The ID may be of another
   * instance or an affiliate's, or the API key may not see the affiliate.
   */
  adoptNotFound: (name: string, rows: number) =>
    message(
      "adopt-not-found",
      `${name} is not in CAKE's list (${rows} postbacks), so it cannot be adopted.`,
      "Nothing was changed.",
      "Check the ID, and that the API key belongs to this instance and may see all affiliates.",
    ),
  /**
   * Without a list, pulumi-cake cannot compare the postback with the program. A person does it instead: compare
   * affiliate, offer, type, URL and status in CAKE, and confirm the ID in the file that `CAKE_CONFIRMED_IDS_FILE`
   * names.
   */
  adoptUnseen: (postbackId: number, endpoints: string) =>
    message(
      "adopt-unseen",
      `postback ${postbackId} cannot be adopted: cake:endpoints is "${endpoints}", so it cannot be read.`,
      "Nothing was changed.",
      `If CAKE has it exactly as declared, write its ID into a file and run: ${confirmed()}`,
    ),
  /**
   * Two resources of the stack want the same postback, often because a resource was renamed and `adopt` was copied.
   * Give the renamed resource `aliases` with its former name. Then it keeps its postback, and needs no `adopt`.
   */
  alreadyOwned: (postbackId: number) =>
    message(
      "already-owned",
      `postback ${postbackId} belongs to another resource of this run.`,
      "It was not adopted: one postback can belong to one resource only.",
      'Remove one of the two resources, or its "adopt".',
    ),
  /**
   * The same run removes the resource that had this postback, and another resource adopts it. The removal came first.
   * The next run adopts the postback and activates it again. For a rename, `aliases` avoids this.
   */
  beingDeactivated: (postbackId: number) =>
    message(
      "being-deactivated",
      `postback ${postbackId} is being deactivated by this run, for a resource that was removed.`,
      "It was not adopted.",
      'Run "pulumi up" again.',
    ),

  // ---- Update and delete
  /**
   * `CAKE_ON_MISSING` says that this postback is gone, and the run was to change it. What is gone cannot be changed. A
   * refresh with the same `CAKE_ON_MISSING` removes it from the state, and the next `up` creates it.
   */
  goneBeforeUpdate: (name: string) =>
    message(
      "gone-before-update",
      `${name} is no longer in CAKE and cannot be changed.`,
      "CAKE no longer calls the partner for it.",
      'Run "pulumi refresh" with the same CAKE_ON_MISSING; the next "pulumi up" creates it again.',
    ),
  /**
   * CAKE documents no call to change a postback. pulumi-cake assumes one, and this instance does not have it at that
   * path. The words of the message name the path. Set `cake:paths` if it is elsewhere, or `cake:endpoints` to
   * `documented`, and changes become a work list.
   */
  updateEndpointMissing: (name: string, reason: string, next: string) =>
    message(
      "update-endpoint-missing",
      `${name} was not changed: ${reason}.`,
      "What it sends to the partner is as before.",
      next,
    ),
  /**
   * With `cake:endpoints` set to `documented`, pulumi-cake can create postbacks but not change them. `pulumi preview
   * --json | npx --no -- pulumi-cake review --work-list` prints all that is to be done by hand, with old and new
   * values. Write the IDs into a file and run `CAKE_CONFIRMED_IDS_FILE=<file> pulumi up`: it records the changes.
   */
  changeByHand: (name: string, work: string) =>
    message(
      "change-by-hand",
      `${name} cannot be changed by API: cake:endpoints is "documented".`,
      "Nothing was changed.",
      `To do by hand in CAKE: ${work}. ${CONFIRM_BY_HAND} If your CAKE instance has an update endpoint, set cake:endpoints to "all" or "without-list".`,
    ),
  /**
   * The first update of a run is read back before any other is sent. CAKE said that it changed the postback, and its
   * list still shows the old values after `cake:listLag`. Either the list is slow, or this instance accepts updates
   * and ignores them. No further update is sent in this run.
   */
  updateIgnored: (name: string) =>
    message(
      "update-ignored",
      `CAKE answered that it changed ${name}, and its list still shows the old values.`,
      "The state is unchanged. No further update is sent in this run.",
      "Check it in CAKE. If it is changed there, the list was late: run again. If not, change postbacks by hand: pulumi config set cake:endpoints documented",
    ),
  /**
   * The first update of a run is read back before any other is sent, and the list did not show this postback clearly.
   * The change may have been made. The next run reads the postback and sends only what is still missing, so it is safe
   * to run again.
   */
  updateNotConfirmed: (name: string, why: string) =>
    message(
      "update-not-confirmed",
      `CAKE answered that it changed ${name}, and that could not be confirmed: ${why}.`,
      "The state is unchanged. No further update is sent in this run.",
      "Run again: it reads the postback first, and sends only what is still missing.",
    ),
  /**
   * CAKE's answer or its list shows a value that the update did not send, for example a cleared URL. The first update
   * goes alone, so at most one postback is affected. Correct it in CAKE at once. If your instance treats updates in
   * another way, change postbacks by hand.
   */
  updateWentWrong: (name: string, fields: readonly string[]) =>
    message(
      "update-went-wrong",
      `CAKE's update of ${name} changed something other than requested: its ${fields.join(" and ")}.`,
      "Conversions may be lost. No further update is sent in this run.",
      "Correct the postback in CAKE. If updates of your CAKE instance work differently, change postbacks by hand: pulumi config set cake:endpoints documented",
    ),
  /**
   * The first create, update and deactivation of a run each go alone, and the others rely on it. The first one failed
   * or its outcome is unknown, so the others were not sent. The text after the colon says what happened to that one. Its
   * own message in the same run says what to do. Once that is done, run again: the others follow.
   */
  stoppedByEarlierWrite: (happened: string) =>
    message(
      "stopped-by-earlier-write",
      `an earlier write of this run was not proven: ${happened}`,
      "Nothing was sent for this postback.",
      "Solve that one first, then run again.",
    ),
  /**
   * The run removes a resource, and another resource of the same run was refused because of its postback. If the
   * removal went on, nobody would have the postback. Most often a resource was renamed without `aliases`.
   */
  deleteOfAskedFor: (postbackId: number) =>
    message(
      "delete-of-asked-for",
      `postback ${postbackId} was not deactivated: another resource of this run asked for it and did not get it.`,
      "It still fires, and stays in the state.",
      'Solve the other resource\'s error (a rename needs "aliases"), then run again.',
    ),
  /**
   * A resource was removed, and another resource of the run has its postback now, for example through `adopt`. So the
   * postback is not deactivated. This is what a rename by `adopt` should do.
   */
  leftToAnother: (name: string) =>
    notice("left-to-another", `${name} stays active: another resource of this run has it now.`),
  /**
   * The program of a stack moved from the dynamic provider to the plugin, or back. In the same run, an affiliate, an offer or a
   * type was changed. One provider would create the new postback, and the other deactivate the old one. That one knows nothing
   * of the new postback, and may not even be installed. So move first and change later: see docs/migration.md.
   */
  replacedWhileMoving: (name: string) =>
    message(
      "replaced-while-moving",
      `${name} moves between the dynamic provider and the plugin, and would be replaced in the same run.`,
      "Nothing was changed.",
      'Declare its former affiliate, offer and type, run "pulumi up", and then change them.',
    ),
  /**
   * The resource option `replaceOnChanges` names the URL or the status, and one of them changed. The provider changes both in
   * place. A replacement would stop the partner's calls between two postbacks, or pay twice. Or an earlier run deactivated the
   * postback to replace it, and could not make the new one: then declare its former URL and status, run, and change it after.
   */
  replacedInVain: (name: string) =>
    message(
      "replaced-in-vain",
      `the option replaceOnChanges asks to replace ${name}, which is changed in place.`,
      "Nothing was changed.",
      "Take what changed out of that option: it has no use for a postback.",
    ),
  /**
   * CAKE has no call to delete a postback. A removed resource leaves the state, and its postback stays in CAKE with
   * the status `inactive`: it is no longer called. Declared again, it can be adopted and activated.
   */
  deactivatedNotDeleted: () =>
    notice(
      "deactivated-not-deleted",
      "CAKE cannot delete postbacks: those that a stack no longer declares are set to inactive.",
    ),
  /**
   * The Pulumi command that asked for the write has ended, because it was killed or its machine lost it. A write that
   * nobody records could be made a second time, so the provider process drops what waits and ends. The next run goes
   * on from what the journal and CAKE show.
   */
  engineGone: () =>
    message(
      "engine-gone",
      "the Pulumi engine has ended.",
      "Nothing more is written to CAKE.",
      'Run "pulumi up" again.',
    ),
} as const satisfies Record<string, (...args: never[]) => Message>;

/** Parts of messages. */
export const phrases = {
  entryFor: (name: string) => `the journal's entry for ${name}`,
  orDecideOn: (entry: string) =>
    `Or, if CAKE has no such postback: ${withVariable("CAKE_ON_UNKNOWN", `create:${entry}`, "pulumi up")}`,
  stateOf: (name: string) => `the state of ${name}`,
  ofNoRun: (name: string) => `If no other run is active, remove the file runs/${name} from the journal.`,
  fileOfRun: (name: string) => `the record ${name} of another process of this run, in the journal,`,
  noListBySetting: (endpoints: string) =>
    `The setting cake:endpoints is "${endpoints}", so the list of postbacks is not read.`,
  allowList: "If the instance has a list: pulumi config set cake:endpoints all",
  noList: "this CAKE instance has no list",
  listUnreadable: (reason: string) => `the list cannot be read: ${reason}`,
  notListed: "the list does not show it",
  noUsableAnswer: (answer: string, doubt: string) => `CAKE's response: ${answer}, and ${doubt}`,
  answeredOther: (postbackId: number, affiliateId: number, offerId: number) =>
    `CAKE answered with postback ${postbackId} of affiliate ${affiliateId}, offer ${offerId}`,
  newPostbacks: (ids: readonly number[]) =>
    `CAKE shows new postbacks for this affiliate and offer: ${ids.join(", ")}`,
  secretValue: "a secret value",
  expected: {
    affiliateId: EXPECTED_IDS.affiliateId,
    offerId: EXPECTED_IDS.offerId,
    url: "a URL that begins with http:// or https:// and names a host",
    adopt: "an object with the postbackId of a live postback",
    postbackId: EXPECTED_IDS.postbackId,
    suppress: 'rule IDs with reasons, such as P12 with "no TLS until March"',
    reason: 'a reason such as "no TLS until March"',
    day: 'a day such as "2026-12-31"',
  },
} as const;

interface DeclaredIds {
  readonly affiliateId?: number | undefined;
  readonly offerId?: number | undefined;
  readonly postbackTypeId?: number | undefined;
}
