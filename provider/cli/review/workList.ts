import { stringify } from "csv-stringify/sync";
import { escapeFormula } from "../../csv/formulas";
import type { PostbackStep } from "../input/preview";
import { openValue } from "../input/value";
import { stripControlChars } from "../output/stripControlChars";

/** One edit to make by hand in CAKE. */
export interface ManualEdit {
  readonly postbackId: string;
  readonly affiliateId: string;
  readonly offerId: string;
  readonly field: "postbackUrl" | "postbackStatus";
  readonly from: string;
  readonly to: string;
}

const COLUMNS = ["postbackId", "affiliateId", "offerId", "field", "from", "to"] as const;
const HIDDEN = "[secret]";
const EDITABLE = ["postbackUrl", "postbackStatus"] as const;

/** What a previewed change asks a person to edit, where CAKE has no endpoint that could do it. */
export function toWorkList(steps: readonly PostbackStep[]): ManualEdit[] {
  return steps.flatMap((step) => {
    if (step.kind === "update") return edits(step);
    const leaves = step.kind === "delete" || step.kind === "replace";
    return leaves && step.keptActiveBy === undefined ? deactivation(step) : [];
  });
}

function deactivation(step: PostbackStep): ManualEdit[] {
  const from = formatValue(step.oldState?.outputs?.postbackStatus);
  return from.toLowerCase() === "inactive"
    ? []
    : [{ ...subject(step), field: "postbackStatus", from, to: "inactive" }];
}

function edits(step: PostbackStep): ManualEdit[] {
  return EDITABLE.flatMap((field) => {
    const from = formatValue(step.oldState?.outputs?.[field]);
    const to = formatValue(step.newState?.inputs?.[field]);
    return from !== to || mayDiffer(step, field, to) ? [{ ...subject(step), field, from, to }] : [];
  });
}

// Two secrets look alike in a preview. The plugin says which property changes, and the dynamic provider cannot.
function mayDiffer({ changed }: PostbackStep, field: (typeof EDITABLE)[number], shown: string): boolean {
  if (changed.length === 0) return shown === HIDDEN;
  const isOfField = (path: string) =>
    path === field || (field === "postbackUrl" && path.startsWith("urlParts"));
  return changed.some(({ path }) => isOfField(path));
}

function subject({ oldState }: PostbackStep): Pick<ManualEdit, "postbackId" | "affiliateId" | "offerId"> {
  return {
    postbackId: oldState?.id ?? "",
    affiliateId: formatValue(oldState?.outputs?.affiliateId),
    offerId: formatValue(oldState?.outputs?.offerId),
  };
}

// A secret that the preview shows is shown here, too: a person must paste it into CAKE.
function formatValue(written: unknown): string {
  const value = openValue(written);
  if (value.kind === "unknown") return "(known only after the run)";
  if (value.kind === "hidden") return HIDDEN;
  return typeof value.value === "string" ? value.value : JSON.stringify(value.value ?? "");
}

/** The work list for a terminal. Each URL is complete, on a line of its own, so that a person can copy it. */
export function asPretty(work: readonly ManualEdit[]): string {
  if (work.length === 0) return "Nothing to edit by hand.";
  const edits = work.map(({ postbackId, affiliateId, offerId, field, from, to }) =>
    [
      `Postback ${postbackId}, affiliate ${affiliateId}, offer ${offerId}: ${field}`,
      `  Now:       ${from}`,
      `  Should be: ${to}`,
    ].map(stripControlChars),
  );
  return edits.flat().join("\n");
}

/** The work list as CSV, in which no cell can become a formula of a spreadsheet. */
export function asCsv(work: readonly ManualEdit[]): string {
  const rows = work.map((row) => COLUMNS.map((column) => escapeFormula(stripControlChars(row[column]))));
  return stringify([[...COLUMNS], ...rows]);
}

/** The IDs of its postbacks, one a line, as CAKE_CONFIRMED_IDS_FILE takes them. */
export function asIds(work: readonly ManualEdit[]): string {
  return [...new Set(work.map(({ postbackId }) => `${postbackId}\n`))].join("");
}
