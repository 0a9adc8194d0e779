import { DOCUMENTED_MACROS, SHARED_IDS } from "../macros";
import { clickSlotsAmong, slotsAmong, type UrlComponent } from "../reading/reading";
import { clickIdRank, mayBeAmount } from "../reading/vocabulary";
import { isCertainTransactionId, rolesOf } from "../trackers/roles";
import { PLACES, type UrlFinding, type UrlRule } from "./rule";

/** P29: a macro in the place of another one. */
export const wrongMeaning: UrlRule = {
  id: "P29",
  name: "wrong-meaning",
  title: "a macro in the place of another one",
  severity: "error",
  runsIn: PLACES,
  why: "Two macros were swapped, or one was put into the wrong parameter. The partner books an ID as money, or searches for a click whose ID is an amount. It counts nothing, or the wrong sum.",
  source:
    "CAKE article 5000545788 on what each macro holds; a shipped tracker template with a payout as status",
  fix: "Give each parameter the macro that it is for: #price# for the payout, the click ID's sub ID for the click ID.",
  bad: "https://t.partner.net/pb?clickid=#price#&payout=#s2#",
  good: "https://t.partner.net/pb?clickid=#s2#&payout=#price#",
  find: (url) => {
    const roles = rolesOf(url);
    const { namedClickIds, amounts, transactionIds, statuses } = roles;
    const ids = new Set([...namedClickIds, ...transactionIds, ...url.parameters.filter(isId)]);
    return [
      ...[...ids]
        .filter(holdsOnlyPayout)
        .map((part) => finding(part, "gets #price#, which is a payout and not an ID")),
      ...transactionIds
        .filter((part) => isShared(part) && isCertainTransactionId(roles, part))
        .map((part) =>
          finding(part, "gets the same ID for many conversions, and the partner may drop all but one"),
        ),
      ...wrongAmounts(amounts).map((part) =>
        finding(part, "takes an amount, and gets something else than #price#"),
      ),
      ...statuses.flatMap(wrongStatus),
      ...(namedClickIds.length > 0 || amounts.length > 0 ? [] : probablySwapped(url.parameters)),
    ];
  },
};

function isShared({ macros }: UrlComponent): boolean {
  return macros.length > 0 && macros.every((name) => SHARED_IDS.has(name));
}

// Where one parameter has the payout, another may hand on an amount that the partner has sent in a sub ID.
function wrongAmounts(amounts: readonly UrlComponent[]): UrlComponent[] {
  const hasPayout = amounts.some(({ macros }) => macros.includes("price"));
  return amounts.filter(
    ({ macros }) =>
      macros.length > 0 &&
      macros.every((name) => isOther(name)) &&
      !(hasPayout && slotsAmong(macros).length > 0),
  );
}

// What a partner sends in a sub ID may be a status.
function wrongStatus(part: UrlComponent): UrlFinding[] {
  const { macros } = part;
  if (!macros.some((name) => name === "price" || isOther(name))) return [];
  const found = finding(part, "takes a status, and gets something else");
  return [slotsAmong(macros).length === macros.length ? { ...found, severity: "warning" } : found];
}

function finding(part: UrlComponent, what: string): UrlFinding {
  return { part, what, quoted: part.value };
}

// "bid" and "paid" end like an ID and are amounts.
function isId({ name, plain }: UrlComponent): boolean {
  return clickIdRank(plain) === 0 || /(?:^|[_.-])id$|[a-z]I[dD]$/i.test(name.replace(/^(?:bid|paid)$/i, ""));
}

function holdsOnlyPayout({ macros }: UrlComponent): boolean {
  return macros.length > 0 && macros.every((name) => name === "price");
}

// A macro of the project may be an amount of its own.
function isOther(name: string): boolean {
  return name !== "price" && name !== "status" && DOCUMENTED_MACROS.has(name);
}

// The names alone prove nothing here, but together they do: r=#s2#&c=#price#.
function probablySwapped(all: readonly UrlComponent[]): UrlFinding[] {
  const payouts = all.filter(holdsOnlyPayout);
  const slots = all.filter(({ macros }) => macros.length === 1 && clickSlotsAmong(macros).length === 1);
  const [amount, id] = [payouts[0], slots.find(({ plain }) => mayBeAmount(plain))];
  if (payouts.length !== 1 || amount === undefined || id === undefined || mayBeAmount(amount.plain))
    return [];
  return [{ ...finding(id, "has the name of an amount, and gets a sub ID"), severity: "warning" }];
}
