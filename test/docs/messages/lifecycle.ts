import { messages as cake, reasonOf } from "../../../provider/cake/messages";
import { messages, phrases } from "../../../provider/lifecycle/messages";
import { CAKE, failedCall } from "./cake";
import type { Examples } from "./rooms";

const name = "postback 8801 (affiliate 67890, offer 12345)";
const fresh = "the postback (affiliate 67890, offer 12345)";
const entry = "5e1c0d9a7b3f4e26a8c15d7f0b924e63-c07a41f89d2b4c5e9f3016d87a5b2ce4-7d20b95e1f4a836c";
const pair = { affiliateId: 67890, offerId: 12345, postbackTypeId: 1 };
const reason = reasonOf(failedCall("create", "no answer within 30 s"));
const { missing } = CAKE;
const noUpdates = failedCall("update", "HTTP 404");
const outcomeUnknown = messages.createOutcomeUnknown(
  fresh,
  entry,
  phrases.noUsableAnswer(reason, phrases.noList),
  true,
);
const noList = reasonOf(failedCall("list", "HTTP 404"));
const createNotConfirmed = messages.createNotConfirmed(name, noList);

/** Each message with values such as it gets. */
export const LIFECYCLE: Examples<typeof messages> = {
  journalUnusable: messages.journalUnusable("/var/cake fails with EACCES"),
  otherInstance: messages.otherInstance(name, "old.example", "new.example"),
  overrideInvalid: messages.overrideInvalid("CAKE_ON_MISSING", "forget", '"forget:<id>,<id>"'),
  confirmedIdsInvalid: messages.confirmedIdsInvalid("ids.txt", "8801,8802"),
  confirmedIdsUnreadable: messages.confirmedIdsUnreadable("ids.txt", "ENOENT"),
  internalError: messages.internalError(),
  tooLargeForState: messages.tooLargeForState("8801", createNotConfirmed.happened),
  argumentMissing: messages.argumentMissing("offerId"),
  argumentInvalid: messages.argumentInvalid("affiliateId", phrases.expected.affiliateId, '"067890"'),
  argumentUnknown: messages.argumentUnknown("postback_url", "Did you mean postbackUrl?"),
  argumentIsOutput: messages.argumentIsOutput("postbackId"),
  declaredTwice: messages.declaredTwice(pair),
  declaredFiringTwice: messages.declaredFiringTwice(pair),
  declaredFiringBeside: messages.declaredFiringBeside(pair),
  declaredMixedSlots: messages.declaredMixedSlots(fresh, "s3", "s2", 4),
  adoptedUrlBreaksRules: messages.adoptedUrlBreaksRules(["P02: an unknown macro."]),
  ownedTwice: messages.ownedTwice(8801),
  replacementByHand: messages.replacementByHand(name, 8801, ["affiliateId"]),
  tooManyReplacements: messages.tooManyReplacements(name, "25 deactivations (cake:maxDeactivations)"),
  tooManyChanges: messages.tooManyChanges(name, "25 deactivations (cake:maxDeactivations)", 26),
  driftNotChecked: messages.driftNotChecked(missing.happened, missing.next),
  cannotRead: messages.cannotRead(8801, missing.happened, missing.next),
  notAnId: messages.notAnId("abc"),
  notFound: messages.notFound(8801, "cake.example"),
  notFoundUnproven: messages.notFoundUnproven(8801, "cake.example", "the list is empty"),
  absenceNotProven: messages.absenceNotProven(name, "the list is empty"),
  postbackMissing: messages.postbackMissing(name, 8801),
  otherPostback: messages.otherPostback(name, 1, "cake.example"),
  drifted: messages.drifted(name, ["postbackUrl (path)"]),
  listIncomplete: messages.listIncomplete(fresh, ["the list says it has 7 rows, but 3 came"]),
  equalIsLive: messages.equalIsLive(fresh, [7301]),
  firesTwice: messages.firesTwice(fresh, [7301, 7302]),
  firesBeside: messages.firesBeside(fresh, [7301]),
  liveMixedSlots: messages.liveMixedSlots(fresh, "s3", "s2", [7301, 7302]),
  createdUnchecked: messages.createdUnchecked("without-list"),
  madeBefore: messages.madeBefore(fresh, entry),
  waitingForOtherRun: messages.waitingForOtherRun(fresh),
  createdMeanwhile: messages.createdMeanwhile(pair),
  resumed: messages.resumed(name),
  interruptedLeft: messages.interruptedLeft(fresh, [{ postbackId: 8801 }], entry),
  interruptedUnknown: messages.interruptedUnknown(fresh, entry, phrases.listUnreadable(noList)),
  entryUnreadable: messages.entryUnreadable(fresh, entry),
  createNotFound: messages.createNotFound(fresh, reason),
  createOutcomeUnknown: outcomeUnknown,
  createOverwrote: messages.createOverwrote(fresh, 7301),
  createNotConfirmed,
  createWentWrong: messages.createWentWrong(name, ["URL", "status"]),
  storedOtherwise: messages.storedOtherwise(name, ['parameter "payout"']),
  adoptDiffers: messages.adoptDiffers(8801, ["offerId"]),
  adoptBreaksRules: messages.adoptBreaksRules(8801, ["P02: an unknown macro."]),
  adoptNotFound: messages.adoptNotFound(name, 1_200),
  adoptUnseen: messages.adoptUnseen(8801, "without-list"),
  alreadyOwned: messages.alreadyOwned(8801),
  beingDeactivated: messages.beingDeactivated(8801),
  goneBeforeUpdate: messages.goneBeforeUpdate(name),
  updateEndpointMissing: messages.updateEndpointMissing(
    name,
    reasonOf(noUpdates),
    cake.missing(noUpdates).next,
  ),
  changeByHand: messages.changeByHand(name, "set the status to inactive"),
  updateIgnored: messages.updateIgnored(name),
  updateNotConfirmed: messages.updateNotConfirmed(name, noList),
  updateWentWrong: messages.updateWentWrong(name, ["URL"]),
  stoppedByEarlierWrite: messages.stoppedByEarlierWrite(outcomeUnknown.happened),
  deleteOfAskedFor: messages.deleteOfAskedFor(8801),
  leftToAnother: messages.leftToAnother(name),
  replacedWhileMoving: messages.replacedWhileMoving(name),
  replacedInVain: messages.replacedInVain(name),
  deactivatedNotDeleted: messages.deactivatedNotDeleted(),
  engineGone: messages.engineGone(),
};
