import { withSamples } from "../../postback/macros";
import type { Judgement } from "../../postback/rules/judge";
import { maskUrl } from "../../postback/secrets";
import { code, plain } from "../output/markdown";
import { type Change, readableUrl } from "./changes";
import { type Difference, differencesOf } from "./differences";
import type { Review, Reviewed } from "./review";
import { RISKS, type Risk } from "./risks";

/** The most that a comment on GitHub may hold. */
const MOST = 65_536;
// For the counts of what does not fit, which stand at the end, and for the lines that a workflow puts around it.
const RESERVED = 2_000;

const KIND = {
  create: "new",
  update: "changed",
  replace: "replaced",
  delete: "switched off",
  same: "same",
} as const;

/** The review as one comment in Markdown, the riskiest change first. What does not fit is counted. */
export function asMarkdown(review: Review, how: string): string {
  const head = [headline(review), "", how, "", ...stopsText(review), ...togetherText(review)].join("\n");
  const blocks: string[] = [];
  const left = new Map<Risk, number>();
  let room = MOST - RESERVED - sizeOf(head);
  let current: Risk | undefined;
  for (const one of review.changes) {
    const [risk] = one.risks;
    const block = `${risk === current ? "" : `\n### ${sentenceCase(risk)}: ${countOf(review, risk)}\n\n`}${blockOf(one)}\n`;
    // Once one did not fit, the rest is counted: a later and shorter one is no riskier.
    if (left.size > 0 || sizeOf(block) > room) {
      left.set(risk, (left.get(risk) ?? 0) + 1);
      continue;
    }
    room -= sizeOf(block);
    current = risk;
    blocks.push(block);
  }
  return `${head}${blocks.join("")}${leftText(left)}${footer(review)}`;
}

function headline({ counts }: Review): string {
  const { create, update, replace, delete: gone, switchedOff, same } = counts;
  return `## Postbacks: ${create} new, ${update} changed, ${replace} replaced, ${gone} removed; ${switchedOff} switched off, ${same} as they were`;
}

function stopsText({ stops }: Review): string[] {
  return stops.length === 0 ? [] : [`**This must not pass as it is:** ${stops.join("; ")}.`, ""];
}

// A few are enough to act on; the number says the rest.
const MOST_TOGETHER = 20;

function togetherText({ together }: Review): string[] {
  if (together.length === 0) return [];
  const shown = together.slice(0, MOST_TOGETHER).map((one) => {
    const names = one.names.slice(0, 5).map((name) => code(name));
    const more = one.names.length > 5 ? ` and ${one.names.length - 5} more` : "";
    return `- ${names.join(", ")}${more}: ${findingText(one)}`;
  });
  const rest = together.length - shown.length;
  return ["### Newly broken together", "", ...shown, ...(rest > 0 ? [`- and ${rest} more`] : []), ""];
}

function blockOf({ change, broken, risks }: Reviewed): string {
  const { name, kind, id, after, before } = change;
  const { affiliateId, offerId } = after ?? before ?? {};
  const record = id === undefined ? "" : `postback ${code(id)}, `;
  const more = risks.slice(1);
  return [
    `- ${code(name)} (${record}affiliate ${affiliateId ?? "not known"}, offer ${offerId ?? "not known"}): ${KIND[kind]}${more.length === 0 ? "" : `; also ${more.join(", ")}`}`,
    ...differencesOf(change).map((difference) => `  - ${differenceText(difference)}`),
    ...sampleText(change),
    ...broken.map((one) => `  - ${findingText(one)}`),
  ].join("\n");
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

function sampleText({ kind, after }: Change): string[] {
  const url = readableUrl(after);
  if (url === undefined) {
    return kind === "delete"
      ? []
      : ["  - what the partner will receive cannot be shown: the URL is secret or not known yet"];
  }
  return [`  - the partner will receive, for instance: ${code(withSamples(maskUrl(url)))}`];
}

function findingText({ rule, name, severity, part, what, fix, suppressed }: Judgement): string {
  const says = `${rule} ${name}: ${plain(part)} ${plain(what)}.`;
  return suppressed === undefined
    ? `**${severity}** ${says} ${plain(fix)}`
    : `borne: ${says} Reason: ${code(suppressed)}`;
}

function leftText(left: ReadonlyMap<Risk, number>): string {
  if (left.size === 0) return "";
  const counts = RISKS.filter((risk) => left.has(risk)).map((risk) => `${left.get(risk)} ${risk}`);
  return `\nNot shown, because a comment holds no more: ${counts.join(", ")}. \`--format json\` holds all of them.\n`;
}

function footer({ changes, oldFindings, hidden }: Review): string {
  return [
    ...(changes.length === 0 ? ["", "No postback changes."] : []),
    ...(oldFindings > 0
      ? ["", `${oldFindings} findings are not of this change: they were there before.`]
      : []),
    ...(hidden > 0
      ? ["", `Of ${hidden} changes the URL could not be read, because it is secret or not known yet.`]
      : []),
    "",
  ].join("\n");
}

function countOf({ changes }: Review, risk: Risk): number {
  return changes.filter(({ risks: [first] }) => first === risk).length;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// Whichever GitHub counts: bytes are never fewer than characters.
function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}
