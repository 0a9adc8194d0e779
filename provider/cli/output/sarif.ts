import { builtInRules } from "../../postback/rules/builtInRules";
import { remarks } from "../lint/remarks";
import type { LintFinding, LintReport } from "../lint/report";

/** The report as SARIF 2.1.0, which code scanners show. */
export function asSarif(report: LintReport, version: string): object {
  const { findings, incomplete } = report;
  const notifications = remarks(report).map(({ level, text }) => ({ level, message: { text } }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: driver(findings, version) },
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

function driver(findings: readonly LintFinding[], version: string): object {
  const builtIn = builtInRules.map(({ id, name, why, fix, severity }) =>
    ruleText(id, name, why, fix, severity),
  );
  const ids = new Set(builtIn.map(({ id }) => id));
  const own = findings.filter(({ rule }) => !ids.has(rule));
  const ownById = new Map(
    own.map(({ rule, name, what, fix, severity }) => [rule, ruleText(rule, name, what, fix, severity)]),
  );
  return { name: "pulumi-cake", semanticVersion: version, rules: [...builtIn, ...ownById.values()] };
}

function ruleText(id: string, name: string, why: string, fix: string, level: string) {
  return {
    id,
    name,
    shortDescription: { text: name },
    fullDescription: { text: why },
    help: { text: fix },
    defaultConfiguration: { level },
  };
}

function result(finding: LintFinding): object {
  const { rule, severity, part, what, fix, postbacks, line, fingerprint, suppressed } = finding;
  return {
    ruleId: rule,
    level: severity,
    message: { text: `${postbacks.join(", ")}: ${part} ${what}. ${fix}` },
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
