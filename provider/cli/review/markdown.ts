import { capitalize } from "../../message";
import type { RuleFinding } from "../output/finding";
import { code, codeBlock, plain } from "../output/markdown";
import { listed, plural, spellOut } from "../output/text";
import { CHANGE_CATEGORIES, type ChangeCategory } from "./categories";
import type { Difference } from "./differences";
import { type ChangeGroup, groupsOf } from "./groups";
import { phrases } from "./messages";
import type { ReviewedChange, ReviewReport } from "./report";

/** The most that a comment on GitHub may hold. */
const MAX_BYTES = 65_536;
// For the counts of what does not fit, which stand at the end, and for the lines that a workflow puts around it.
const RESERVED = 2_000;
// A few are enough to act on; the number says the rest.
const MAX_TOGETHER = 20;
const MAX_NAMES = 5;
const MAX_REASONS = 20;

/** The comment where nothing could be reviewed. What failed may quote anything, so it stands as code. */
export function notReviewedMarkdown(why: string): string {
  return `## The postbacks were not reviewed\n\n${codeBlock(why, MAX_BYTES - RESERVED)}\n`;
}

/** The review as one comment in Markdown, equal changes together and the riskiest first. What does not fit is counted. */
export function asMarkdown(report: ReviewReport): string {
  const head = [
    headline(report),
    "",
    report.comparison,
    "",
    ...blockersText(report),
    ...crossFindingsText(report),
  ];
  const blocks: string[] = [];
  const left = new Map<ChangeCategory, number>();
  let room = MAX_BYTES - RESERVED - sizeOf(head.join("\n"));
  let current: ChangeCategory | undefined;
  for (const group of groupsOf(report.changes)) {
    const category = categoryOf(group[0]);
    // Once one did not fit, the rest is counted: a later and shorter one is no riskier.
    if (left.size === 0) {
      const title = category === current ? "" : titleOf(report, category);
      const block = `${title}${blockOf(group)}\n`;
      room -= sizeOf(block);
      if (room >= 0) blocks.push(block);
    }
    if (room < 0) left.set(category, (left.get(category) ?? 0) + group.length);
    current = category;
  }
  return `${head.join("\n")}${blocks.join("")}${leftText(left)}${footer(report)}`;
}

function headline({ counts }: ReviewReport): string {
  return `## Postbacks: ${phrases.headline(counts)}`;
}

function blockersText({ blockers, incomplete }: ReviewReport): string[] {
  const more = incomplete.length - MAX_REASONS;
  return [
    ...(blockers.length === 0 ? [] : [`**Do not merge:** ${blockers.join("; ")}.`, ""]),
    ...(incomplete.length === 0 ? [] : ["**Incomplete: the preview does not show the whole change.**", ""]),
    ...incomplete.slice(0, MAX_REASONS).map((why) => `- ${code(why)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(incomplete.length === 0 ? [] : [""]),
  ];
}

function crossFindingsText({ crossFindings }: ReviewReport): string[] {
  if (crossFindings.length === 0) return [];
  const shown = crossFindings.slice(0, MAX_TOGETHER).map((one) => {
    return `- ${listed(one.names.map(code), MAX_NAMES)}: ${findingText(one)}`;
  });
  const rest = crossFindings.length - shown.length;
  return ["### Rules newly broken together", "", ...shown, ...(rest > 0 ? [`- and ${rest} more`] : []), ""];
}

/** What changes, what the partner will receive and what breaks: of one postback, or of many that change alike. */
function blockOf(group: ChangeGroup): string {
  const [change] = group;
  const { name, categories, differences, findings } = change;
  const kind = kindText(change);
  const others = categories
    .slice(1)
    .map(spellOut)
    .filter((category) => !kind.includes(category));
  const also = others.length === 0 ? "" : `; also ${others.join(", ")}`;
  return [
    `- ${subjectText(group)}: ${kind}${also}`,
    ...differences.map((difference) => `  - ${differenceText(difference)}`),
    ...sampleText(change, group.length > 1 ? ` of ${code(name)}` : ""),
    ...findings.map((one) => `  - ${findingText(one, change.sample)}`),
  ].join("\n");
}

function subjectText(group: ChangeGroup): string {
  if (group.length > 1) {
    const names = group.map(({ name }) => code(name));
    const affiliates = group.map(({ affiliateId }) => affiliateId);
    const offers = group.map(({ offerId }) => offerId);
    const ids = `${idsText("affiliate", affiliates)}; ${idsText("offer", offers)}`;
    return `**${group.length} postbacks** (${listed(names, MAX_NAMES)}; ${ids})`;
  }
  const [{ name, postbackId, affiliateId, offerId }] = group;
  const postback = postbackId === undefined ? "" : `postback ${code(postbackId)}, `;
  return `${code(name)} (${postback}affiliate ${affiliateId ?? "unknown"}, offer ${offerId ?? "unknown"})`;
}

/** `affiliate 501`, `offers 1, 2, 3, 4, 5 and 7 more`. */
function idsText(noun: string, ids: readonly (number | undefined)[]): string {
  const different = [...new Set(ids)].map((id) => String(id ?? "unknown"));
  return `${different.length === 1 ? noun : `${noun}s`} ${listed(different, MAX_NAMES)}`;
}

function kindText({ kind, categories, keptActiveBy }: ReviewedChange): string {
  const stays = keptActiveBy === undefined ? "" : ` stays active in CAKE (\`${keptActiveBy}\`)`;
  switch (kind) {
    case "create":
      return "new";
    case "replace":
      return stays === "" ? "replaced" : `replaced; the old postback${stays}`;
    case "delete":
      if (stays !== "") return `removed from the stack; it${stays}`;
      return categories.includes("deactivated") ? "removed from the stack and deactivated" : "removed";
    default:
      return "changed";
  }
}

function differenceText({ part, name, from, to }: Difference): string {
  const what = name === undefined ? part : `${part} ${code(name)}`;
  if (part === "order") return "only the order of the parameters changes";
  if (part === "spelling") return `only the spelling changes: ${code(from ?? "")} → ${code(to ?? "")}`;
  if (from === undefined && to === undefined) return `${what} changes; its value is not shown`;
  if (from === undefined) return `${what} is added: ${code(to ?? "")}`;
  if (to === undefined) return `${what} is removed: ${code(from)}`;
  return `${what}: ${code(from)} → ${code(to)}`;
}

function sampleText({ sample, isSampleHidden }: ReviewedChange, whose: string): string[] {
  if (sample !== undefined) return [`  - the partner${whose} will receive, for instance: ${code(sample)}`];
  return isSampleHidden ? [`  - ${phrases.sampleHidden}`] : [];
}

// What the partner receives may stand in the sample already.
function findingText(finding: RuleFinding, sample = ""): string {
  const { rule, name, severity, part, what, fix, suppressed, receives } = finding;
  const says = `${rule} ${name}: ${plain(part)} ${plain(what)}.`;
  if (suppressed !== undefined) return `suppressed: ${says} Reason: ${code(suppressed)}`;
  const isShown = receives === undefined || sample.includes(receives);
  const received = isShown ? "" : ` The partner receives: ${code(receives)}`;
  return `**${severity}** ${says} ${plain(fix)}${received}`;
}

function leftText(left: ReadonlyMap<ChangeCategory, number>): string {
  if (left.size === 0) return "";
  const counts = CHANGE_CATEGORIES.filter((one) => left.has(one)).map(
    (one) => `${left.get(one)} ${spellOut(one)}`,
  );
  return `\n${phrases.notShown(counts.join(", "))}\n`;
}

function footer({ changes, existingFindings, unreadableUrls, otherSteps }: ReviewReport): string {
  const { refresh, read, forget } = otherSteps;
  const others = [
    ...(refresh > 0 ? [`${refresh} only refreshed`] : []),
    ...(read > 0 ? [`${read} only read`] : []),
    ...(forget > 0 ? [`${forget} only removed from the state`] : []),
  ];
  return [
    ...(changes.length === 0 ? ["", "No postback changes."] : []),
    ...(others.length > 0 ? ["", `Not changed in CAKE: ${others.join(", ")}.`] : []),
    ...(existingFindings > 0
      ? ["", `${plural(existingFindings, "finding")} existed before this change.`]
      : []),
    ...(unreadableUrls > 0 ? ["", phrases.unreadableUrls(unreadableUrls)] : []),
    "",
  ].join("\n");
}

function categoryOf({ categories: [first = "otherChange"] }: ReviewedChange): ChangeCategory {
  return first;
}

function titleOf({ changes }: ReviewReport, category: ChangeCategory): string {
  const count = changes.filter((change) => categoryOf(change) === category).length;
  return `\n### ${capitalize(spellOut(category))}: ${count}\n\n`;
}

// Whichever GitHub counts: bytes are never fewer than characters.
function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}
