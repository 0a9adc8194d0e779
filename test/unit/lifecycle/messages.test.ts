import { describe, expect, it } from "vitest";
import type { Message } from "../../../provider/lifecycle/errors";
import { textOf } from "../../../provider/lifecycle/errors";
import { capitalize, messages, postbackName } from "../../../provider/lifecycle/messages";

const name = "postback 8801 (affiliate 67890, offer 12345)";
const entry = `${"0".repeat(32)}-${"1".repeat(32)}-${"2".repeat(16)}`;
const pair = { affiliateId: 67890, offerId: 12345, postbackTypeId: 1 };
const why = "HTTP 503";

/** Each message with values such as it gets. */
const EXAMPLES: { [K in keyof typeof messages]: Message } = {
  journalUnusable: messages.journalUnusable("/var/cake fails with EACCES"),
  otherInstance: messages.otherInstance(name, "old.example", "new.example"),
  internalError: messages.internalError(),
  tooLargeForState: messages.tooLargeForState("8801", why),
  declaredTwice: messages.declaredTwice(pair),
  declaredFiringTwice: messages.declaredFiringTwice(pair),
  adoptedUrlBreaksRules: messages.adoptedUrlBreaksRules(["P02: an unknown macro."]),
  ownedTwice: messages.ownedTwice(8801),
  replacementByHand: messages.replacementByHand(name, 8801, ["affiliateId"]),
  tooManyReplacements: messages.tooManyReplacements(name, "25 deactivations (cake:maxDeactivations)"),
  tooManyChanges: messages.tooManyChanges(name, "25 deactivations (cake:maxDeactivations)", 26),
  noListBySetting: messages.noListBySetting("without-list"),
  driftNotChecked: messages.driftNotChecked(why),
  cannotRead: messages.cannotRead(8801, why),
  notAnId: messages.notAnId("abc"),
  notFound: messages.notFound(8801, "cake.example", undefined),
  absenceNotProven: messages.absenceNotProven(name, "the list is empty"),
  postbackMissing: messages.postbackMissing(name, 8801),
  otherPostback: messages.otherPostback(name, 1, "cake.example"),
  drifted: messages.drifted(name, ["postbackUrl (path)"]),
  listIncomplete: messages.listIncomplete(name, [
    "the list says that it has 7 rows, and 3 different ones came",
  ]),
  equalIsLive: messages.equalIsLive(name, [8801]),
  firesTwice: messages.firesTwice(name, [8801, 8802]),
  firesBeside: messages.firesBeside(name, [8801]),
  createdUnchecked: messages.createdUnchecked("without-list"),
  madeBefore: messages.madeBefore(name, entry),
  waitingForOtherRun: messages.waitingForOtherRun(name),
  createdMeanwhile: messages.createdMeanwhile(pair),
  resumed: messages.resumed(name),
  interruptedLeft: messages.interruptedLeft(name, [{ postbackId: 8801 }], entry),
  interruptedUnknown: messages.interruptedUnknown(name, entry, "the list is empty"),
  createNeverArrived: messages.createNeverArrived(name, why),
  createOutcomeUnknown: messages.createOutcomeUnknown(name, entry, why, true),
  createOverwrote: messages.createOverwrote(name, 8801),
  createNotConfirmed: messages.createNotConfirmed(name, why),
  createWentWrong: messages.createWentWrong(name, ["URL", "status"]),
  storedOtherwise: messages.storedOtherwise(name, ['parameter "payout"']),
  adoptDiffers: messages.adoptDiffers(8801, ["offerId"]),
  adoptBreaksRules: messages.adoptBreaksRules(8801, ["P02: an unknown macro."]),
  adoptNotFound: messages.adoptNotFound(name, 1_200),
  adoptUnseen: messages.adoptUnseen(8801, "without-list"),
  alreadyOwned: messages.alreadyOwned(8801),
  beingDeactivated: messages.beingDeactivated(8801),
  goneBeforeUpdate: messages.goneBeforeUpdate(name),
  updateEndpointMissing: messages.updateEndpointMissing(name, why),
  changeByHand: messages.changeByHand(name, 8801, "set the status to inactive"),
  updateIgnored: messages.updateIgnored(name),
  updateNotConfirmed: messages.updateNotConfirmed(name, undefined),
  updateWentWrong: messages.updateWentWrong(name, ["URL"]),
  stoppedByEarlierWrite: messages.stoppedByEarlierWrite(why),
  deleteOfAskedFor: messages.deleteOfAskedFor(8801),
  leftToAnother: messages.leftToAnother(name),
  deactivatedNotDeleted: messages.deactivatedNotDeleted(),
  engineGone: messages.engineGone(),
};

/** Those that say something in passing, or are shown inside of another message. */
const IN_PASSING = new Set<keyof typeof messages>([
  ...([
    "noListBySetting",
    "driftNotChecked",
    "cannotRead",
    "createdUnchecked",
    "waitingForOtherRun",
  ] as const),
  ...(["createdMeanwhile", "resumed", "leftToAnother", "deactivatedNotDeleted", "engineGone"] as const),
  // What the client says of the call holds the rest.
  ...(["updateEndpointMissing"] as const),
]);

const all = Object.entries(EXAMPLES) as [keyof typeof messages, Message][];
const errors = all.filter(([key]) => !IN_PASSING.has(key));

describe("every message", () => {
  it("has a code of its own, in lower case with hyphens", () => {
    const codes = all.map(([, { code }]) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it.each(all)(
    "is a sentence that begins with a capital and holds nothing that was left out: %s",
    (_, { text }) => {
      expect(text).toMatch(/^[A-Z"]/);
      expect(text).not.toMatch(/undefined|null|NaN|\[object|\s\s/);
    },
  );

  it.each(all)("says who does what in the words of the project: %s", (_, { text }) => {
    expect(text).not.toMatch(/switch(ed)? off|take over|a look|ways on|guard|whole list|note\b/i);
  });

  it("is shown with its code", () => {
    expect(textOf(EXAMPLES.engineGone)).toMatch(/ \[engine-gone\]$/);
  });
});

describe("a message about something that went wrong", () => {
  it.each(errors)("has what happened, what it means and what to do: %s", (_, { text }) => {
    // Each part ends with a full stop or a colon, or with the value that it quotes.
    const sentences = text.split(/(?<=[.:?])\s+(?=[A-Z"(])/);
    expect(sentences.length).toBeGreaterThanOrEqual(2);
  });

  it.each(errors)("has at most 70 words with all that it quotes: %s", (_, { text }) => {
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(70);
  });
});

describe("the name of a postback in a message", () => {
  it("tells id, affiliate and offer, as far as they are known, and no URL", () => {
    expect(postbackName(pair, 8801)).toBe(name);
    expect(postbackName(pair)).toBe("the postback (affiliate 67890, offer 12345)");
    expect(postbackName({}, "8801")).toBe("postback 8801");
    expect(postbackName({})).toBe("the postback");
    expect(capitalize(postbackName({}))).toBe("The postback");
  });
});
