import { allReplaced, type CutParameter, type CutUrl, replaced } from "../cut";
import { PAYOUT_NAME, TRANSACTION_NAME } from "../names";
import type { Way } from "../way";

/** What a macro means to a partner. Sub IDs above the first one mean what the offer links say. */
const MEANINGS: Readonly<Record<string, string>> = {
  ...{ s1: "source", s2: "sub ID", s3: "sub ID", s4: "sub ID", s5: "sub ID", price: "payout" },
  ...{ leadid: "transaction", tid: "transaction", oid: "ID of CAKE", affid: "ID of CAKE" },
  ...{ campid: "ID of CAKE", cid: "ID of CAKE", reqid: "ID of CAKE", oreqid: "ID of CAKE" },
};

/** A macro stands where another one belongs. */
export const swapWays: readonly Way[] = [
  {
    name: "swap two values of different meanings",
    broken: (good) => swapped(good, (one, other) => meaningOf(one) !== meaningOf(other)),
  },
  {
    name: "write another macro as click ID",
    broken: (good) =>
      instead(good, (one) => one === good.clickId, ["price", "leadid", "tid", "oid", "affid", "cid", "s1"]),
  },
  {
    name: "write another macro as payout",
    broken: (good) =>
      instead(good, isNamed("price", PAYOUT_NAME), ["leadid", "tid", "oid", "affid", "s1", "s2"]),
  },
  {
    name: "write another macro as transaction ID",
    broken: (good) =>
      ["leadid", "tid"].flatMap((macro) => instead(good, isNamed(macro, TRANSACTION_NAME), ["price", "oid"])),
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

function isNamed(macro: string, names: RegExp): (one: CutParameter) => boolean {
  return ({ name, value }) => value.text === `#${macro}#` && names.test(name);
}

function instead(
  good: CutUrl,
  isWanted: (one: CutParameter) => boolean,
  macros: readonly string[],
): string[] {
  return good.parameters
    .filter(isWanted)
    .flatMap(({ value }) => macros.map((macro) => replaced(good, value, `#${macro}#`)));
}
