import { urlRules } from "../../postback/rules/builtInRules";
import { crossRules } from "../../postback/rules/crossRules";
import { type ExplainedRule, explanationOf, rulePage } from "../../postback/rules/explanation";
import { OWN_RULE } from "../../postback/rules/ownRules";
import { limitations } from "../lint/limitations";
import type { LintFinding, LintReport } from "../lint/report";
import { valueLines } from "./finding";
import { code, plain } from "./markdown";

/** What SARIF says about the tool, from its manifest. */
interface Tool {
  readonly version: string;
  readonly homepage?: string;
}

/** The report as SARIF 2.1.0, which code scanners show. */
export function asSarif(report: LintReport, tool: Tool): object {
  const { findings, incomplete } = report;
  const notifications = limitations(report).map(({ level, text }) => ({ level, message: { text } }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: driver(findings, tool) },
        invocations: [
          {
            executionSuccessful: incomplete.length === 0,
            toolExecutionNotifications: notifications,
          },
        ],
        results: findings.map(result),
      },
    ],
  };
}

function driver(findings: readonly LintFinding[], { version, homepage }: Tool): object {
  const own = new Map(findings.filter(({ name }) => name === OWN_RULE).map((one) => [one.rule, one]));
  return {
    name: "pulumi-cake",
    semanticVersion: version,
    ...(homepage === undefined ? {} : { informationUri: homepage }),
    rules: [
      ...[...urlRules, ...crossRules].map((rule) => builtInRule(rule, homepage)),
      ...[...own.values()].map(ownRule),
    ],
  };
}

function builtInRule(rule: ExplainedRule, homepage: string | undefined): object {
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
    // A link that leads nowhere is worse than none.
    ...(homepage === undefined ? {} : { helpUri: `${homepage.replace(/\/*(?:#.*)?$/, "")}/${page}` }),
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
export function fileUri(path: string): string {
  const drive = /^[a-z]:[\\/]/i.test(path);
  const isWindows = drive || path.startsWith("\\\\") || process.platform === "win32";
  const [first = "", ...others] = (isWindows ? path.replaceAll("\\", "/") : path).split("/");
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
