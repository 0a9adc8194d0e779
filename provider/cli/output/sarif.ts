import { urlRules } from "../../postback/rules/judge";
import { manyRules } from "../../postback/rules/manyRules";
import type { LintFinding, LintReport } from "../lint/report";

/** The report as SARIF 2.1.0, which code scanners show. */
export function asSarif({ findings }: LintReport, version: string): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: driver(version) }, results: findings.map(result) }],
  };
}

function driver(version: string): object {
  const rules = new Map([...urlRules, ...manyRules].map((rule) => [rule.id, rule]));
  return {
    ...{ name: "pulumi-cake", semanticVersion: version },
    rules: [...rules.values()].map(({ id, name, why, fix, severity }) => ({
      ...{ id, name, shortDescription: { text: name }, fullDescription: { text: why }, help: { text: fix } },
      defaultConfiguration: { level: severity },
    })),
  };
}

function result(finding: LintFinding): object {
  const { rule, severity, part, what, fix, postbacks, source, line, suppressed } = finding;
  return {
    ...{
      ruleId: rule,
      level: severity,
      message: { text: `${postbacks.join(", ")}: ${part} ${what}. ${fix}` },
    },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(source) }, region: { startLine: line } },
        logicalLocations: postbacks.map((name) => ({ name, kind: "resource" })),
      },
    ],
    suppressions: suppressed === undefined ? [] : [{ kind: "external", justification: suppressed }],
  };
}
