import { evaluate } from "../../postback/rules/evaluate";
import type { RuleSettings } from "../../postback/rules/rule";
import { maskText } from "../../postback/secrets";
import { rankOf, ruleFinding, shownFix } from "../output/finding";
import type { ReadPostback } from "./readPostback";
import type { TriedPostback, TryFinding, TryReport } from "./report";
import { describeRequest, type RenderedRequest } from "./request";

/** The report of a request that is not sent. */
export function judge(read: ReadPostback, request: RenderedRequest, rules: RuleSettings): TryReport {
  const { subject, domain } = read;
  const isSecret = subject.isSecret === true;
  const found = evaluate(subject, rules, { domain, isSecret: subject.isSecret }, subject.suppress);
  const findings = found.map(
    (one): TryFinding => ({ ...ruleFinding(one, isSecret), fixed: shownFix(one, isSecret) }),
  );
  const count = (rank: ReturnType<typeof rankOf>) => findings.filter((one) => rankOf(one) === rank).length;
  const errors = count("error");
  return {
    ...{ version: 1, postback: describePostback(read), request: describeRequest(request, subject), findings },
    ...{ errors, warnings: count("warning"), suppressed: count("suppressed") },
    ...{ isSent: false, exitCode: errors > 0 ? 1 : 0 },
  };
}

function describePostback({ subject, source }: ReadPostback): TriedPostback {
  const { name, isNamed, line, postbackId, resource, isSecret = false, postbackStatus = "active" } = subject;
  return {
    name: isNamed ? maskText(name) : "a URL",
    source: maskText(source),
    line,
    id: postbackId ?? resource?.id,
    isSecret,
    isInactive: /^inactive$/i.test(postbackStatus),
  };
}
