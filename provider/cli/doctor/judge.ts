import { type Fact, valueIn } from "./fact";
import type { Facts } from "./facts";
import { onInstance } from "./judgeInstance";
import type { Opinion, Verdict } from "./opinion";
import { counted } from "./text";
import type { Settled } from "./writes/settled";

/** What the provider can do for a stack, in the order of the report. */
export const ABILITIES = {
  instance: "Reach this instance with this key",
  create: "Register postbacks (pulumi up)",
  duplicates: "See before a create that the postback exists already",
  drift: "See what was changed in CAKE (pulumi refresh)",
  gone: "Notice that a postback is gone",
  update: "Change a URL or status in place",
  deactivate: "Switch off what is removed or replaced (pulumi destroy)",
} as const;
export type Ability = keyof typeof ABILITIES;

export interface Judgement {
  readonly ability: Ability;
  readonly verdict: Verdict;
  readonly why: string;
}

/** What works, what does not, and what nobody can know yet. Pure. `settled` is what a probe of writes brought to light. */
export function judge(facts: Facts, settled?: Settled): Judgement[] {
  const opinions: Record<Ability, Opinion> = {
    instance: onInstance(facts),
    create: onCreate(facts, settled),
    duplicates: onDuplicates(facts, settled),
    drift: onDrift(facts),
    gone: onGone(facts),
    update: onUpdate(facts, settled),
    deactivate: onDeactivate(facts, settled),
  };
  return (Object.keys(ABILITIES) as Ability[]).map((ability) => {
    const [verdict, why] = opinions[ability];
    return { ability, verdict, why };
  });
}

/** Whether the doctor saw enough of a CAKE to judge it. */
export function couldLook({ key }: Facts): boolean {
  return key.kind === "seen";
}

const KEY_FIRST: Opinion = ["not known", "first the key must be accepted"];
const ONLY_DOCUMENTED = 'cake:endpoints is "documented", and no CAKE article documents an endpoint for it';

function onCreate(facts: Facts, settled: Settled | undefined): Opinion {
  if (!couldLook(facts)) return KEY_FIRST;
  const { list, setup, filters } = facts;
  if (settled?.secondPost === "overwrites") {
    return [
      "will not work",
      "a second postback for one affiliate and offer replaces the first, whoever made that: declare at most one for each pair, and none where CAKE has one",
    ];
  }
  const how = howCreatesWereSeen(settled);
  if (setup.endpoints !== "all") return ["works", how];
  if (list.kind !== "seen") {
    const why = list.kind === "notThere" ? "there is no list" : "the list gives no usable answer";
    return [
      "will not work",
      `every create checks the list first, and ${why}. With cake:endpoints "without-list", creates are not checked`,
    ];
  }
  if (list.value.flaws.length > 0 && !honours(filters.affiliateId, filters.offerId)) {
    return [
      "will not work",
      `creates look first, and the list is never whole: ${list.value.flaws.join("; ")}`,
    ];
  }
  return ["works", how];
}

function howCreatesWereSeen(settled: Settled | undefined): string {
  if (settled === undefined) return "documented by CAKE; it was not tried";
  return settled.secondPost === undefined
    ? "documented by CAKE; the probe of writes stopped before it showed more"
    : "tried with inactive records";
}

function onDuplicates(facts: Facts, settled: Settled | undefined): Opinion {
  if (!couldLook(facts)) return KEY_FIRST;
  const looked = onList(facts);
  if (looked) return looked;
  const { flaws, postbacks } = wholeOf(facts);
  if (postbacks === 0) return ["not known", EMPTY];
  if (flaws.length > 0) {
    return honours(facts.filters.affiliateId, facts.filters.offerId)
      ? ["works", "the list as a whole may lack rows, but those of one affiliate and offer can be asked for"]
      : ["will not work", `the list may lack rows: ${flaws.join("; ")}`];
  }
  const identical =
    settled?.identicalPost === "inserts" ? "; CAKE itself takes a second, identical postback" : "";
  return ["works", `the list is complete, ${counted(postbacks, "postback")}${identical}`];
}

function onDrift(facts: Facts): Opinion {
  if (!couldLook(facts)) return KEY_FIRST;
  const looked = onList(facts);
  if (looked) return looked;
  const { postbacks, pages, ms, flaws } = wholeOf(facts);
  if (postbacks === 0) return ["not known", EMPTY];
  const rows = `${counted(postbacks, "postback")} in ${counted(pages, "page")}, ${ms} ms for each look`;
  return flaws.length === 0
    ? ["works", rows]
    : ["works", `${rows}; for what is shown, because the list may lack rows: ${flaws.join("; ")}`];
}

const EMPTY =
  "the list is empty, as it also is for a key without rights: look again when there is a postback";

function onGone(facts: Facts): Opinion {
  if (!couldLook(facts)) return KEY_FIRST;
  const looked = onList(facts);
  if (looked) return looked;
  const { postbacks, flaws } = wholeOf(facts);
  if (postbacks === 0) return ["not known", EMPTY];
  return flaws.length === 0
    ? ["works", "the list is complete, so what it does not show is not there"]
    : ["will not work", `the list may lack rows: ${flaws.join("; ")}. The state is kept`];
}

function onUpdate(facts: Facts, settled: Settled | undefined): Opinion {
  if (!couldLook(facts)) return KEY_FIRST;
  return updateImpossible(facts, settled) ?? updateTried(settled) ?? updateFound(facts, settled);
}

function onDeactivate(facts: Facts, settled: Settled | undefined): Opinion {
  if (!couldLook(facts)) return KEY_FIRST;
  const impossible = updateImpossible(facts, settled);
  if (impossible) return impossible;
  if (settled?.statusUpdate === "keeps the URL") return ["works", "an update to inactive keeps the URL"];
  if (settled?.statusUpdate !== undefined) {
    return ["will not work", `an update of the status alone ${settled.statusUpdate}`];
  }
  return updateFound(facts, settled);
}

function updateImpossible(
  { setup, updateEndpoint }: Facts,
  settled: Settled | undefined,
): Opinion | undefined {
  if (setup.endpoints === "documented") return ["will not work", `${ONLY_DOCUMENTED}: edit by hand in CAKE`];
  if (settled?.updateEndpoint === "missing") return ["will not work", "this CAKE has no update endpoint"];
  if (updateEndpoint.kind === "notThere" && settled?.updateEndpoint === undefined) {
    return ["will not work", `this CAKE seems to have no update endpoint: ${updateEndpoint.why}`];
  }
  return undefined;
}

function updateTried(settled: Settled | undefined): Opinion | undefined {
  if (settled?.statusUpdate === undefined) return undefined;
  if (settled.statusUpdate !== "keeps the URL") {
    return ["will not work", `an update of the status alone ${settled.statusUpdate}`];
  }
  if (settled.urlUpdate === undefined) return undefined;
  return settled.urlUpdate === "keeps the status"
    ? ["works", "an update keeps what it was not sent: tried with an inactive record"]
    : ["will not work", `an update of the URL alone ${settled.urlUpdate}`];
}

function updateFound({ updateEndpoint, list }: Facts, settled: Settled | undefined): Opinion {
  const what =
    updateEndpoint.kind === "seen"
      ? "it is there, and only a write shows what it does"
      : "only a write shows whether it is there";
  // The probe needs the list, and one that was made has said what it can.
  const probe = list.kind === "seen" && settled === undefined ? "--probe-writes tries it. " : "";
  return ["not known", `${what}. ${probe}${FIRST_UPDATE}`];
}

const FIRST_UPDATE =
  "A run sends its first update alone, checks it, and stops if it is missing or does more than it should";

const ELSEWHERE = 'If your CAKE has one elsewhere, name it: --paths \'{"list": "/its/path"}\'';

/** What the list's state settles for all that need it; undefined where it was read. */
function onList({ list, setup }: Facts): Opinion | undefined {
  if (setup.endpoints === "documented") return ["will not work", ONLY_DOCUMENTED];
  if (setup.endpoints === "without-list")
    return ["will not work", 'cake:endpoints is "without-list", so there is nothing to check against'];
  if (list.kind === "notThere") {
    return ["will not work", `this CAKE has no list of postbacks at that path. ${ELSEWHERE}`];
  }
  if (list.kind === "unclear") {
    return ["will not work", `the list gives no usable answer: ${list.why}. ${ELSEWHERE}`];
  }
  return undefined;
}

function wholeOf({ list }: Facts) {
  return valueIn(list) ?? { postbacks: 0, pages: 0, ms: 0, flaws: [] };
}

function honours(...filters: readonly Fact<"honoured" | "ignored">[]): boolean {
  return filters.every((filter) => valueIn(filter) === "honoured");
}
