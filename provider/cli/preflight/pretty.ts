import { formatMessage, type Message } from "../../message";
import { stripControlChars } from "../output/stripControlChars";
import { listed, plural } from "../output/text";
import { messages, phrases } from "./messages";
import { journalText } from "./prettyJournal";
import type { Interrupted, NotCompared, Operation, OtherInstance, PreflightReport } from "./report";

const MAX_NAMES = 10;

/** The report for a terminal. */
export function pretty({ stops, notes, journal, totals }: PreflightReport, now: number): string {
  const all = [...stops, ...notes];
  const interrupted = (kind: Interrupted["kind"]) =>
    all.filter((one): one is Interrupted => one.kind === kind).map(subject);
  const operations = (kind: Operation["kind"]) => all.filter((one): one is Operation => one.kind === kind);
  return [
    ...interruptedCreates(interrupted("interruptedCreate")),
    ...all.flatMap((one) => (one.kind === "otherInstance" ? [otherInstance(one)] : [])),
    ...operationsText(operations("unknownOperation"), (found) =>
      messages.unknownOperation(found.length, namesAndOperations(found)),
    ),
    ...interruptedText(interrupted("finishedCreate"), messages.finishedCreate),
    ...interruptedText(interrupted("interruptedUpdate"), messages.interruptedUpdate),
    ...interruptedText(interrupted("interruptedDelete"), messages.interruptedDelete),
    ...operationsText(operations("otherCreate"), (found) =>
      messages.otherCreate(listedNames(found.map(({ name }) => name))),
    ),
    ...operationsText(operations("otherOperation"), (found) =>
      messages.otherOperation(namesAndOperations(found)),
    ),
    ...all.flatMap((one) => (one.kind === "notCompared" ? [notCompared(one)] : [])),
    ...journalText(journal, now),
    ...(stops.length === 0 ? [phrases.ok] : []),
    totalsText(totals),
  ].join("\n\n");
}

function interruptedText(postbacks: readonly string[], toMessage: (count: number) => Message): string[] {
  if (postbacks.length === 0) return [];
  return [formatMessage(toMessage(postbacks.length)), postbacks.map((one) => `  ${one}`).join("\n")];
}

function operationsText(
  operations: readonly Operation[],
  toMessage: (operations: readonly Operation[]) => Message,
): string[] {
  return operations.length === 0 ? [] : [formatMessage(toMessage(operations))];
}

function interruptedCreates(postbacks: readonly string[]): string[] {
  if (postbacks.length === 0) return [];
  const all = postbacks.length === 1 ? [] : [phrases.clearsAll];
  return [...interruptedText(postbacks, messages.interruptedCreate), ...all, phrases.steps];
}

function otherInstance(stop: OtherInstance): string {
  const { configured, provider, postbacks } = stop;
  const livesOn = stripControlChars(stop.livesOn);
  const [worker, setting, former, orDomain] =
    provider === null
      ? ["the stack", "cake:domain", "cake:formerDomains", ", or give the right --domain"]
      : [`the provider "${stripControlChars(provider)}"`, "the provider", "the provider's formerDomains", ""];
  const happened = messages.otherInstance({
    count: postbacks.length,
    livesOn,
    worker,
    configured: stripControlChars(configured),
    source: stop.from === "given" ? "from CAKE_DOMAIN or --domain" : "as the last run saved",
  });
  return [
    formatMessage(happened),
    `  ${listedNames(postbacks.map(({ name, postbackId }) => `${name} (${postbackId})`))}`,
    phrases.renamed(livesOn, former),
    phrases.moved,
    ...(stop.from === "saved" ? [phrases.corrected(setting, orDomain)] : []),
  ].join("\n");
}

function namesAndOperations(operations: readonly Operation[]): string {
  return listedNames(operations.map(({ name, operation }) => `${name} (${operation})`));
}

function listedNames(names: readonly string[]): string {
  return listed(names.map(stripControlChars), MAX_NAMES);
}

function notCompared({ unknown, urns }: NotCompared): string {
  return formatMessage(messages.notCompared(urns.length, unknown));
}

function totalsText({ postbacks, instances }: PreflightReport["totals"]): string {
  const parts = Object.entries(instances).map(([host, count]) => `${count} on ${stripControlChars(host)}`);
  const known = Object.values(instances).reduce((sum, count) => sum + count, 0);
  if (known < postbacks) parts.push(`${postbacks - known} on an unknown instance`);
  const where = parts.length === 0 ? "" : `: ${parts.join(", ")}`;
  return `The state holds ${plural(postbacks, "postback")}${where}.`;
}

// Never the URL: it may hold what a partner keeps secret.
function subject(one: Interrupted): string {
  const id = one.postbackId === null ? "" : ` (${stripControlChars(one.postbackId)})`;
  const instance = one.instance === null ? "" : `, on ${stripControlChars(one.instance)}`;
  const times = one.times === 1 ? "" : phrases.times(one.times);
  return `${stripControlChars(one.name)}${id}: affiliate ${formatId(one.affiliateId)}, offer ${formatId(one.offerId)}${instance}${times}`;
}

function formatId(id: number | null): string {
  return id === null ? "(unknown: secret in the state)" : String(id);
}
