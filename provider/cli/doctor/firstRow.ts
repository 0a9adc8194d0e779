import { isCakeError } from "../../cake/errors";
import type { Context } from "./context";
import { listPage, orFailure, type TimedPage } from "./list";
import { findings } from "./messages";

/** The number of the list's first row, and what a list that counts from 1 does with row 0. */
export type FirstRow =
  | { readonly kind: "seen"; readonly base: 0 | 1; readonly rowZero: "first" | "refused" | "lost" }
  | { readonly kind: "unknown"; readonly what: string };

const FEW = 3;

/** CAKE's articles disagree on whether rows count from 0 or from 1: three small pages show it. */
export async function findFirstRow(context: Context): Promise<FirstRow> {
  const result = await orFailure(async () => {
    const zero = await listPage(context, 0, FEW).catch((error: unknown) => {
      if (isCakeError(error, "refused") && error.message.includes("start_at_row")) return "refused" as const;
      throw error;
    });
    return firstRowOf(zero, await listPage(context, 1, FEW), await listPage(context, 2, FEW));
  });
  return result.kind === "failed" ? unknown(result.what) : result;
}

function firstRowOf(zero: TimedPage | "refused", one: TimedPage, two: TimedPage): FirstRow {
  if (zero === "refused") return { kind: "seen", base: 1, rowZero: "refused" };
  if ([zero, one, two].some(({ size }) => size > FEW)) return unknown(findings.rowLimitIgnored(FEW));
  const [ofZero, ofOne, ofTwo] = [zero, one, two].map(({ rows }) => rows[0]?.postbackId);
  if (ofZero === undefined) return unknown("the list shows no rows");
  if (ofOne === undefined || ofOne === zero.rows[1]?.postbackId)
    return { kind: "seen", base: 0, rowZero: "first" };
  if (ofOne !== ofZero) return unknown("rows moved during the check");
  if (ofTwo === ofZero) return unknown("the list ignores start_at_row");
  return { kind: "seen", base: 1, rowZero: zero.size < one.size ? "lost" : "first" };
}

function unknown(what: string): FirstRow {
  return { kind: "unknown", what };
}
