import { STATUS_CODES } from "node:http";
import type { Colors } from "picocolors/types";
import { capitalize } from "../../message";
import { POSTBACK_TYPES } from "../../postback/postback";
import { TRACKERS } from "../../postback/trackers";
import { type Block, type Line, say } from "../output/document";
import { findingCounts, findingText } from "../output/finding";
import { prettyText } from "../output/pretty";
import { listed, plural, shortened, spellOut } from "../output/text";
import { phrases } from "./messages";
import type { TriedAnswer, TriedPart, TriedRequest, TryReport } from "./report";

/** What a terminal needs to know beside the report. */
export interface PrettyContext {
  readonly paint: Colors;
  readonly width: number;
  readonly postbackTypeId: number | undefined;
  /** The macro of the click ID, if its value is a sample. */
  readonly sampleClickId: string | undefined;
  /** Whether the environment names a proxy, which the call does not use. */
  readonly hasProxy: boolean;
}

const MAX_VALUE = 2_000;
const MAX_MACROS = 5;

/** The request and the judgement, before anything is sent. */
export function prettyRequest(report: TryReport, context: PrettyContext): string {
  const { request, findings } = report;
  const { paint, width } = context;
  const blocks: Block[] = [
    { lines: [headOf(report)], tone: "strong" },
    ...(request.url === null
      ? []
      : [{ lines: [say`${request.method} ${shortened(request.url, MAX_VALUE)}`] }]),
    { lines: [[""]] },
    ...(request.parts.length === 0 ? [] : [{ table: tableOf(request) }, { lines: [[""]] }]),
    { lines: notesOf(report, context).map((note) => say`${note}`) },
    { title: "Rules" },
  ];
  return [
    prettyText(blocks, paint, width),
    ...findings.map((finding) => findingText(finding, "", paint)),
    `${findingCounts(report)}.`,
  ].join("\n");
}

function headOf({ postback }: TryReport): Line {
  const { name, source, line } = postback;
  return say`Request of ${name} (${line === undefined ? source : `${source}:${line}`})`;
}

function tableOf({ method, scheme, port, parts }: TriedRequest) {
  const rows = [
    ["method", method],
    ["scheme", scheme],
    ...parts.filter(({ kind }) => kind === "host").map(rowOf),
    ["port", port === null ? null : String(port)],
    ...parts.filter(({ kind }) => kind !== "host").map(rowOf),
  ];
  return {
    head: ["Part", "The partner receives", "As", "From"],
    rows: rows.map((cells) =>
      [0, 1, 2, 3].map((at) => [say`${shortened(cells[at] ?? (at === 1 ? "***" : ""), MAX_VALUE)}`]),
    ),
  };
}

function rowOf({ kind, name, role, macros, receives }: TriedPart): (string | null)[] {
  const from = macros.map((macro) => `#${macro.name}# (${ORIGINS[macro.from]}), ${macro.meaning}`);
  return [
    kind === "parameter" ? `parameter ${name}` : kind,
    receives,
    role === null ? "" : spellOut(role),
    listed(from, MAX_MACROS),
  ];
}

const ORIGINS = {
  given: "given",
  postback: "its own",
  sample: "sample",
  invented: "sample",
  kept: "not replaced",
} as const;

function notesOf({ postback, request }: TryReport, context: PrettyContext): string[] {
  const { sampleClickId, postbackTypeId = 0 } = context;
  const kept = macrosFrom(request, ["kept"]);
  const replaced = macrosFrom(request, ["given", "postback", "sample", "invented"]);
  const type = POSTBACK_TYPES[postbackTypeId as keyof typeof POSTBACK_TYPES];
  return [
    ...(postback.isSecret ? [phrases.secret] : []),
    ...(request.tracker === null ? [] : [`Tracker: ${request.tracker}`]),
    request.calledBy === "browser" ? phrases.calledBy.browser(type) : phrases.calledBy[request.calledBy],
    ...(postback.isInactive ? [phrases.inactive] : []),
    ...(request.parts.length === 0 ? [phrases.markup] : []),
    ...(replaced.length > 0 ? [phrases.encoding] : []),
    ...(kept.length > 0 ? [phrases.kept(listed(kept, MAX_MACROS))] : []),
    ...(request.isCutOff && request.neverSent === null ? [phrases.cutSecret] : []),
    ...(request.neverSent === null ? [] : [phrases.cut, `  ${shortened(request.neverSent, MAX_VALUE)}`]),
    ...(sampleClickId === undefined ? [] : [phrases.sampleClick(sampleClickId)]),
  ];
}

function macrosFrom({ parts }: TriedRequest, origins: readonly string[]): string[] {
  const found = parts.flatMap(({ macros }) => macros.filter(({ from }) => origins.includes(from)));
  return [...new Set(found.map(({ name }) => `#${name}#`))];
}

/** The answer, and what it means. */
export function prettyAnswer({ request, answer, errors }: TryReport, context: PrettyContext): string {
  const { paint, width, hasProxy } = context;
  if (answer === undefined) return `\n${phrases.notSent}`;
  const { text, failure, verdict, means } = answer;
  const blocks: Block[] = [
    { title: "Answer" },
    {
      lines: [
        say`${failure === undefined ? statusLine(answer) : `${capitalize(failure)}.`}`,
        ...(text === null ? [] : [say`  ${text}`]),
      ],
    },
    { lines: [say`${means}`], tone: verdict === "problem" ? "alarm" : "strong" },
    { lines: [...reasonLines(answer, context), ...factLines(request)] },
    { lines: hasProxy && failure !== undefined ? [say`${phrases.proxy}`] : [] },
    {
      lines:
        errors > 0 && verdict !== "problem" ? [say`${phrases.rulesDecide(plural(errors, "error"))}`] : [],
    },
  ];
  const shown = blocks.filter((block) => !("lines" in block) || block.lines.length > 0);
  return prettyText(shown, paint, width);
}

function statusLine({ status, mediaType, bytes, isComplete, milliseconds }: TriedAnswer): string {
  const words = STATUS_CODES[status ?? 0];
  return [
    `HTTP ${status}${words === undefined ? "" : ` ${words}`}`,
    ...(mediaType === "" ? [] : [mediaType]),
    isComplete ? plural(bytes, "byte") : phrases.cutBody(bytes),
    `${Math.round(milliseconds)} ms`,
  ].join(", ");
}

const REASONS = {
  access: phrases.access,
  duplicate: phrases.duplicate,
  click: phrases.unknownClick,
  unstated: undefined,
} as const;

function reasonLines({ reason, isExpected, redirectsTo }: TriedAnswer, context: PrettyContext): Line[] {
  const { sampleClickId } = context;
  const why = reason && REASONS[reason];
  return [
    ...(redirectsTo === undefined ? [] : [say`${phrases.redirectsTo(redirectsTo)}`]),
    ...(why === undefined ? [] : [say`${why}`]),
    ...(isExpected && sampleClickId !== undefined ? [say`${phrases.refusalExpected(sampleClickId)}`] : []),
  ];
}

function factLines({ tracker }: TriedRequest): Line[] {
  const facts = Object.values(TRACKERS).find(({ name }) => name === tracker)?.answers?.facts ?? [];
  if (tracker === null || facts.length === 0) return [];
  return [say`${phrases.trackerSays(tracker)}`, ...facts.map(({ says }) => say`  ${says}`)];
}
