import { allReplaced, type CutParameter, type CutUrl } from "../cut";
import type { Way } from "../way";

/** What a macro means to a partner. Sub IDs above the first one mean what the offer links say. */
const MEANINGS: Readonly<Record<string, string>> = {
  ...{ s1: "source", s2: "sub ID", s3: "sub ID", s4: "sub ID", s5: "sub ID", price: "payout" },
  ...{ leadid: "transaction", tid: "transaction", oid: "ID of CAKE", affid: "ID of CAKE" },
  ...{ campid: "ID of CAKE", cid: "ID of CAKE", reqid: "ID of CAKE", oreqid: "ID of CAKE" },
};

/** Two values stand in each other's place. */
export const swapWays: readonly Way[] = [
  {
    name: "swap two values of different meanings",
    broken: (good) => swapped(good, (one, other) => meaningOf(one) !== meaningOf(other)),
  },
  {
    name: "swap two sub IDs",
    broken: (good) =>
      swapped(good, (one, other) => meaningOf(one) === "sub ID" && meaningOf(other) === "sub ID"),
    unseen: "which sub ID carries the click ID is decided by the offer links",
  },
];

function swapped(good: CutUrl, isWanted: (one: CutParameter, other: CutParameter) => boolean): string[] {
  const alone = good.parameters.filter(({ value }) => /^#\w+#$/.test(value.text));
  return alone.flatMap((one, index) =>
    alone
      .slice(index + 1)
      .filter((other) => one.value.text !== other.value.text && isWanted(one, other))
      .map((other) =>
        allReplaced(good, [one.value, other.value], (old) =>
          old === one.value.text ? other.value.text : one.value.text,
        ),
      ),
  );
}

function meaningOf({ value }: CutParameter): string {
  const name = value.text.replaceAll("#", "");
  return MEANINGS[name] ?? name;
}
