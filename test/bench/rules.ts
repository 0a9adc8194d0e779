import { evaluate } from "../../provider/postback/rules/evaluate";
import { defaultRuleSettings } from "../../provider/postback/rules/rule";
import { samples } from "../unit/postback/rules/support";

/** What the rules about one URL cost. */
export interface RulesCost {
  /** A usual URL: the mean of the URLs in `test/fixtures/urls`. */
  readonly microsecondsPerUrl: number;
  /** One URL of a megabyte, which only somebody hostile writes. */
  readonly secondsPerMegabyte: number;
  readonly limitSecondsPerMegabyte: number;
}

const MEGABYTE = 1_000_000;
const ROUNDS = 20;
/** What rules search for, so that each of them has much to do. */
const REPEATED = ["&cid=#s2#", "&a={x}", "%23s2%23", "&token=x", "##", "xx", "= "];

export function rulesCost(): RulesCost {
  const usual = samples.map(({ url }) => url).filter(({ length }) => length < 2_000);
  judge(usual);
  const fastest = Math.min(...Array.from({ length: ROUNDS }, () => seconds(() => judge(usual))));
  const slowest = Math.max(...REPEATED.map((part) => seconds(() => judge([megabyteOf(part)]))));
  return {
    microsecondsPerUrl: (fastest / usual.length) * 1e6,
    secondsPerMegabyte: slowest,
    limitSecondsPerMegabyte: 1,
  };
}

function judge(urls: readonly string[]): void {
  for (const postbackUrl of urls)
    evaluate({ postbackUrl, postbackTypeId: 1 }, defaultRuleSettings, { isSecret: false });
}

function megabyteOf(part: string): string {
  return `https://t.partner.net/pb?cid=#s2#&payout=${part.repeat(MEGABYTE / part.length)}`;
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}
