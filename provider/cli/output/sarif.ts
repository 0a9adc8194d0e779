import { addressOf, type Manifest } from "../../manifest";
import { builtInRules } from "../../postback/rules/builtInRules";
import { type ExplainedRule, explanationOf, rulePage } from "../../postback/rules/explanation";
import { OWN_RULE } from "../../postback/rules/ownRules";
import { limitations } from "../lint/limitations";
import type { FoundMistake, LintFinding, LintRun } from "../lint/report";
import { valueLines } from "./finding";
import { LateObject } from "./json";
import { code, plain } from "./markdown";
import { withSlashes } from "./withSlashes";

/** The report as SARIF 2.1.0, which code scanners show, for `jsonPieces`. */
export function asSarif(run: LintRun, tool: Manifest): LateObject {
  return new LateObject(() => [
    ["$schema", "https://json.schemastore.org/sarif-2.1.0.json"],
    ["version", "2.1.0"],
    ["runs", [new LateObject(() => runMembers(run, tool))].values()],
  ]);
}

function* runMembers({ found, summary }: LintRun, tool: Manifest): Generator<readonly [string, unknown]> {
  const own = new Map<string, object>();
  yield ["results", results(found, own)];
  const report = summary();
  const notifications = limitations(report).map(({ level, text }) => ({ level, message: { text } }));
  yield [
    "invocations",
    [
      {
        executionSuccessful: report.incomplete.length === 0,
        toolExecutionNotifications: notifications,
      },
    ],
  ];
  yield ["tool", { driver: driver([...own.values()], tool) }];
}

/** @param own Receives the rules of the project that found something: only their findings describe them. */
function* results(found: Iterable<FoundMistake>, own: Map<string, object>): Generator<object> {
  for (const { describe } of found) {
    const finding = describe();
    if (finding.name === OWN_RULE) own.set(finding.rule, ownRule(finding));
    yield result(finding);
  }
}

function driver(own: readonly object[], tool: Manifest): object {
  return {
    name: tool.name,
    semanticVersion: tool.version,
    informationUri: tool.homepage,
    rules: [...builtInRules.map((rule) => builtInRule(rule, tool)), ...own],
  };
}

function builtInRule(rule: ExplainedRule, tool: Manifest): object {
  const { id, name, title, why, severity } = rule;
  const page = rulePage(rule);
  const parts = explanationOf(rule);
  const asMarkdown = ({ text, isUrl }: (typeof parts)[number]) => (isUrl ? code(text) : plain(text));
  return {
    id,
    name,
    shortDescription: { text: `A URL with ${title}` },
    fullDescription: { text: why },
    help: {
      text: parts.map(({ label, text }) => `${label}: ${text}`).join("\n"),
      markdown: parts.map((part) => `- **${part.label}:** ${asMarkdown(part)}`).join("\n"),
    },
    helpUri: addressOf(page, tool),
    defaultConfiguration: { level: severity },
    properties: { page },
  };
}

// Only its message says what it is about.
function ownRule({ rule, name, what, fix, severity, page }: LintFinding): object {
  return {
    id: rule,
    name,
    shortDescription: { text: name },
    fullDescription: { text: what },
    help: { text: fix },
    defaultConfiguration: { level: severity },
    properties: { page },
  };
}

function result(finding: LintFinding): object {
  const { rule, severity, part, what, fix, postbacks, line, fingerprint, suppressed } = finding;
  const lines = [`${postbacks.join(", ")}: ${part} ${what}. ${fix}`, ...valueLines(finding)];
  return {
    ruleId: rule,
    level: severity,
    message: { text: withoutLinks(lines.join("\n")) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(finding),
          ...(line === undefined ? {} : { region: { startLine: line } }),
        },
        logicalLocations: postbacks.map((name) => ({ name, kind: "resource" })),
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    suppressions: suppressed === undefined ? [] : [{ kind: "external", justification: suppressed }],
  };
}

// In a message of SARIF, [a text](and an address) is a link, and a partner may have written both.
function withoutLinks(text: string): string {
  return text.replaceAll("](", "]\uFFFD(");
}

// Code scanners refuse a result without a location.
function artifact({ source, isFile }: LintFinding): object {
  if (isFile) return { uri: fileUri(source) };
  return { uri: segment(source), description: { text: `${source}, which is not a file` } };
}

/** A file's path as a URI reference that stays one, whatever its name holds. */
export function fileUri(path: string, platform = process.platform): string {
  const drive = /^[a-z]:[\\/]/i.test(path);
  const [first = "", ...others] = withSlashes(path, platform).split("/");
  const rest = others.map(segment);
  if (drive) return [`file:///${first}`, ...rest].join("/");
  return first === "" && rest.length > 0
    ? `file://${["", ...rest].join("/")}`
    : [segment(first), ...rest].join("/");
}

// Half of a surrogate pair has no bytes that a URI could hold.
function segment(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
