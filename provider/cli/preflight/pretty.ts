import { stripControlChars } from "../output/stripControlChars";
import { listed, plural } from "../output/text";
import type { Interrupted, NotCompared, Operation, OtherInstance, PreflightReport } from "./report";

const CLEAR = "pulumi refresh --clear-pending-creates --yes";

const MAX_NAMES = 10;

/** The report for a terminal. */
export function pretty({ stops, notes, totals }: PreflightReport): string {
  const all = [...stops, ...notes];
  const interrupted = (kind: Interrupted["kind"]) =>
    all.filter((one): one is Interrupted => one.kind === kind);
  const operations = (kind: Operation["kind"]) => all.filter((one): one is Operation => one.kind === kind);
  return [
    ...lostCreates(interrupted("pendingCreate")),
    ...all.flatMap((one) => (one.kind === "otherInstance" ? [otherInstance(one)] : [])),
    ...unknownText(operations("unknownOperation")),
    ...interruptedText(interrupted("finishedCreate"), FINISHED),
    ...interruptedText(interrupted("pendingUpdate"), UPDATED),
    ...interruptedText(interrupted("pendingDelete"), DELETED),
    ...foreignText(operations("foreignCreate")),
    ...othersText(operations("otherOperation")),
    ...all.flatMap((one) => (one.kind === "notCompared" ? [notComparedText(one)] : [])),
    ...(stops.length === 0 ? ["OK: no interrupted creates."] : []),
    totalsText(totals),
  ].join("\n\n");
}

function lostCreates(creates: readonly Interrupted[]): string[] {
  if (creates.length === 0) return [];
  const list = subjects(creates);
  return creates.length === 1
    ? [ONE_LOST, list, HOW_TO_CHECK, OPTIONS, REMARKS]
    : [severalLost(creates.length), list, HOW_TO_CHECK, RESOLVE_ALL, OPTIONS, REMARKS];
}

const ONE_LOST = `STOP. The create of a postback was interrupted. It may or may not exist in CAKE, and "pulumi up" could create it a second time, which pays twice.`;

function severalLost(count: number): string {
  return `STOP. The creates of ${count} postbacks were interrupted. Each may or may not exist in CAKE, and "pulumi up" could create it a second time, which pays twice.`;
}

const HOW_TO_CHECK = `Check whether CAKE has it, by affiliate and offer: in CAKE's admin, or in its request log (GET /api/2/api_logs.json), which shows when a create arrived and how it was answered. If CAKE can list postbacks, "pulumi up" on the machine that was interrupted resolves it, too: it checks the list before it creates.`;
const RESOLVE_ALL = "The refresh below clears all of them at once: check every one first.";
const OPTIONS = `If CAKE has it:
  1. set  adopt: { postbackId: <its id> }  on the resource in the program
  2. ${CLEAR}
  3. pulumi up
If CAKE does not have it:
  1. ${CLEAR}
  2. pulumi up`;
const REMARKS = `If the program no longer declares it, deactivate it in CAKE instead. Do the same if CAKE cannot list postbacks, as nothing can be adopted there: "pulumi up" then creates a new one.
Do not use --import-pending-creates: it reports success and imports nothing of this kind.
If Pulumi says that the stack is locked, and nothing runs any more: pulumi cancel`;

function otherInstance(stop: OtherInstance): string {
  const { livesOn, configured, provider, postbacks } = stop;
  const worker = provider === null ? "the stack" : `the provider "${stripControlChars(provider)}"`;
  const where = stop.from === "given" ? "as CAKE_DOMAIN or --domain says" : "as the last run saved";
  const lives = `${plural(postbacks.length, "postback")} ${postbacks.length === 1 ? "lives" : "live"}`;
  return [
    `STOP. ${lives} on ${stripControlChars(livesOn)}, and ${worker} works on ${stripControlChars(configured)}, ${where}. The same id there is another partner's postback.`,
    `  ${listed(
      postbacks.map(({ name, postbackId }) => stripControlChars(`${name} (${postbackId})`)),
      MAX_NAMES,
    )}`,
    optionsFor(stop).join("\n"),
  ].join("\n\n");
}

function optionsFor({ livesOn, provider, from }: OtherInstance): string[] {
  const [setting, former, given] =
    provider === null
      ? ["cake:domain", "cake:formerDomains", ", or give the right --domain"]
      : ["the provider", "the provider's formerDomains", ""];
  return [
    "If this is the wrong stack, select the right one; if the setting is wrong, correct it.",
    `If the instance was only renamed: add ${stripControlChars(livesOn)} to ${former}, and to CAKE_FORMER_DOMAINS for this command.`,
    "If a postback is to move: declare it under a new resource name with a provider for the other instance.",
    ...(from === "saved"
      ? [`If ${setting} has been corrected since: "pulumi up" saves that, once without this check${given}.`]
      : []),
  ];
}

const FINISHED = `Interrupted creates that a later run has finished. Nothing is wrong with them, and they stay in the state until they are cleared:
  ${CLEAR}
If CAKE cannot list postbacks, that later run could not check before it created: check once whether CAKE has a second postback.`;
const UPDATED = `Interrupted updates. CAKE may have applied them: "pulumi refresh" reads what is live, and "pulumi preview" shows what is left to do.`;
const DELETED = `Interrupted deletes. The postbacks may be inactive already: "pulumi refresh" reads what is live, and the next run deactivates the others.`;

function interruptedText(found: readonly Interrupted[], meaning: string): string[] {
  return found.length === 0 ? [] : [`Note. ${meaning}`, subjects(found)];
}

function foreignText(creates: readonly Operation[]): string[] {
  if (creates.length === 0) return [];
  return [
    `Note. Creates of other resources are pending, too: ${listed(
      creates.map(({ name }) => stripControlChars(name)),
      MAX_NAMES,
    )}. "${CLEAR}" clears them as well: resolve them first, or run "pulumi refresh" in a terminal, which asks about each.`,
  ];
}

function othersText(operations: readonly Operation[]): string[] {
  if (operations.length === 0) return [];
  return [
    `Note. Other interrupted operations, which wrote nothing to CAKE: ${operationsText(operations)}. "pulumi refresh" resolves them.`,
  ];
}

function unknownText(operations: readonly Operation[]): string[] {
  if (operations.length === 0) return [];
  return [
    `UNKNOWN. This version of pulumi-cake does not know what these interrupted operations did to ${plural(operations.length, "postback")}: ${operationsText(operations)}. Update pulumi-cake, or check them in CAKE before "pulumi up".`,
  ];
}

function operationsText(operations: readonly Operation[]): string {
  return listed(
    operations.map(({ name, operation }) => stripControlChars(`${name} (${operation})`)),
    MAX_NAMES,
  );
}

function notComparedText({ unknown, urns }: NotCompared): string {
  const why =
    unknown === "postback"
      ? "the state does not say where they live, or keeps it secret"
      : "the state does not say the instance of their provider, or keeps it secret (for the default provider, give --domain or CAKE_DOMAIN)";
  return `Note. The instance of ${plural(urns.length, "postback")} was not compared: ${why}.`;
}

function totalsText({ postbacks, instances }: PreflightReport["totals"]): string {
  const parts = Object.entries(instances).map(([host, count]) => `${count} on ${stripControlChars(host)}`);
  const known = Object.values(instances).reduce((sum, count) => sum + count, 0);
  if (known < postbacks) parts.push(`${postbacks - known} on an unknown instance`);
  const where = parts.length === 0 ? "" : `: ${parts.join(", ")}`;
  return `The state holds ${plural(postbacks, "postback")}${where}.`;
}

function subjects(interrupted: readonly Interrupted[]): string {
  return interrupted.map((one) => `  ${subject(one)}`).join("\n");
}

// Never the URL: it may hold what a partner keeps secret.
function subject(one: Interrupted): string {
  const id = one.postbackId === null ? "" : ` (${stripControlChars(one.postbackId)})`;
  const instance = one.instance === null ? "" : `, on ${stripControlChars(one.instance)}`;
  const times = one.times === 1 ? "" : `, interrupted ${one.times} times: there may be as many postbacks`;
  return `${stripControlChars(one.name)}${id}: affiliate ${idText(one.affiliateId)}, offer ${idText(one.offerId)}${instance}${times}`;
}

function idText(id: number | null): string {
  return id === null ? "(unknown: secret in the state)" : String(id);
}
