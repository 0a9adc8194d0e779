import Table from "cli-table3";
import { stringify } from "csv-stringify/sync";
import { escapeFormula } from "../../csv/formulas";
import type { PostbackStep } from "../input/preview";
import { stripControlChars } from "../output/stripControlChars";

/** One edit to make by hand in CAKE. */
export interface Work {
  readonly postbackId: string;
  readonly affiliateId: string;
  readonly offerId: string;
  readonly field: "postbackUrl" | "postbackStatus";
  readonly from: string;
  readonly to: string;
}

const COLUMNS = [
  "postbackId",
  "affiliateId",
  "offerId",
  "field",
  "from",
  "to",
] as const satisfies (keyof Work)[];
const EDITABLE = ["postbackUrl", "postbackStatus"] as const;
const SWITCHES_OFF: ReadonlySet<string> = new Set(["delete", "delete-replaced", "replace"]);

/** What a previewed change asks a person to edit, where CAKE has no endpoint that could do it. */
export function workListOf(steps: readonly PostbackStep[]): Work[] {
  return steps.flatMap((step) =>
    SWITCHES_OFF.has(step.op) ? switchOff(step) : step.op === "update" ? edits(step) : [],
  );
}

function switchOff(step: PostbackStep): Work[] {
  const from = textOf(step.oldState?.outputs.postbackStatus);
  return from === "inactive" ? [] : [{ ...subject(step), field: "postbackStatus", from, to: "inactive" }];
}

function edits(step: PostbackStep): Work[] {
  return EDITABLE.flatMap((field) => {
    const from = textOf(step.oldState?.outputs[field]);
    const to = textOf(step.newState?.inputs[field]);
    // Two secrets look alike in a preview; the engine still says which property it found changed.
    const changed = from !== to || Object.hasOwn(step.detailedDiff ?? {}, field);
    return changed ? [{ ...subject(step), field, from, to }] : [];
  });
}

function subject({ oldState }: PostbackStep): Pick<Work, "postbackId" | "affiliateId" | "offerId"> {
  return {
    postbackId: oldState?.id ?? "",
    affiliateId: textOf(oldState?.outputs.affiliateId),
    offerId: textOf(oldState?.outputs.offerId),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}

/** The work list as a table for people. */
export function asTable(work: readonly Work[]): string {
  const table = new Table({
    head: ["Postback", "Affiliate", "Offer", "Field", "Now", "Should be"],
    style: { head: [], border: [] },
  });
  for (const row of work) table.push(COLUMNS.map((column) => stripControlChars(row[column])));
  return table.toString();
}

/** The work list as CSV, in which no cell can become a formula of a spreadsheet. */
export function asCsv(work: readonly Work[]): string {
  const rows = work.map((row) => COLUMNS.map((column) => escapeFormula(stripControlChars(row[column]))));
  return stringify([[...COLUMNS], ...rows]);
}
