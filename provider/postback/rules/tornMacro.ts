import { slotsAmong, type UrlComponent, type UrlReading } from "../reading/reading";
import { unmatchedHashes } from "../reading/unmatchedHashes";
import { clickIdRank, isNumbered, roleOfName } from "../reading/vocabulary";
import { PLACES, type RuleFacts, type UrlFinding, type UrlRule } from "./rule";

/** P07: a macro without both of its hashes. */
export const tornMacro: UrlRule = {
  id: "P07",
  name: "torn-macro",
  title: "a macro that lost a hash",
  severity: "error",
  runsIn: PLACES,
  why: "A macro has one hash on both sides. If one is missing or is another character, CAKE replaces nothing, and it may not send what follows the other hash.",
  source: "CAKE article 5000593201, which itself misprints (#s2)",
  fix: "Put one # on both sides of the macro's name.",
  bad: "https://t.partner.net/pb?cid=#s2&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: (url, facts) => [...tornMacros(url, facts), ...lookalikes(url), ...bareNames(url)],
};

function tornMacros(url: UrlReading, { macros }: RuleFacts): UrlFinding[] {
  const torn = unmatchedHashes(url, macros).filter(({ isTorn }) => isTorn);
  const textOf = new Map<UrlComponent, string>(torn.map(({ component, text }) => [component, text]));
  return [...textOf].map(([part, quoted]) => ({
    part,
    what: "has a hash that neither opens nor closes a macro",
    quoted,
  }));
}

/** Characters that look like a hash: full-width, small, the musical sharp; raw or percent-encoded. */
const LOOKALIKE = /[\uff03\ufe5f\u266f]|%EF%BC%83|%EF%B9%9F|%E2%99%AF|\\u0023|\\#/i;

function lookalikes({ components }: UrlReading): UrlFinding[] {
  return components
    .filter(({ text }) => LOOKALIKE.test(text))
    .map((part) => ({
      part,
      what: "has a character that looks like a hash and is none",
      quoted: part.value,
    }));
}

/** Names of macros that are no words. */
const BARE_NAME =
  /^(?:leadid|affid|campid|reqid|oreqid|reqsessid|vstid|udid|sourceip|source_ip|utcunixtime|sourcetime|sourcedate|oid|tid)$/;

function bareNames({ parameters }: UrlReading): UrlFinding[] {
  return parameters
    .filter(
      ({ value, plain }) => BARE_NAME.test(value) || (slotsAmong([value]).length > 0 && takesSubId(plain)),
    )
    .map((part) => ({ part, what: "has the name of a macro without hashes", quoted: part.value }));
}

function takesSubId(plain: string): boolean {
  return clickIdRank(plain) !== undefined || isNumbered(plain) || roleOfName(plain) === "transactionId";
}
