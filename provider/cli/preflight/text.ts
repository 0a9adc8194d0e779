import { stripControlChars } from "../output/stripControlChars";
import type {
  ForeignCreate,
  NotCompared,
  Note,
  OtherInstance,
  PendingChange,
  PendingCreate,
  Report,
} from "./report";

const CLEAR = "pulumi refresh --clear-pending-creates --yes";

// A list that fills the screen hides what to do about it.
const MOST_NAMES = 10;

/** The report for people. */
export function asText({ stops, notes, totals }: Report): string {
  const creates = stops.filter((stop) => stop.kind === "pendingCreate");
  const elsewhere = stops.filter((stop) => stop.kind === "otherInstance");
  return [
    ...(creates.length > 0 ? [lostCreates(creates)] : []),
    ...elsewhere.map(otherInstance),
    ...notesText(notes),
    ...(stops.length === 0 ? ["Go on: no create is pending whose postback may be lost."] : []),
    totalsText(totals),
  ].join("\n\n");
}

function lostCreates(creates: readonly PendingCreate[]): string {
  return [
    creates.length === 1 ? ONE_LOST : severalLost(creates.length),
    creates.map((create) => `  ${subject(create)}`).join("\n"),
    HOW_TO_LOOK,
    ...(creates.length === 1 ? [] : [SETTLE_ALL]),
    WAYS_ON,
    WAYS_ASIDE,
  ].join("\n\n");
}

const ONE_LOST = `STOP. The create of a postback was interrupted. It may or may not exist in CAKE, and "pulumi up" could make it a second time, which pays twice.`;

function severalLost(count: number): string {
  return `STOP. The creates of ${count} postbacks were interrupted. Each may or may not exist in CAKE, and "pulumi up" could make it a second time, which pays twice.`;
}

const HOW_TO_LOOK = `Look whether CAKE has it, by affiliate and offer: in CAKE's admin, or in its request log (GET /api/2/api_logs.json), which tells when a create arrived and how it was answered. Where CAKE has the list endpoint, a plain "pulumi up" on the machine that was interrupted settles it, too: it looks before it creates.`;
const SETTLE_ALL = "The refresh below clears all of them at once: look for every one first.";
const WAYS_ON = `If CAKE has it:
  1. set  adopt: { postbackId: <its id> }  on the resource in the program
  2. ${CLEAR}
  3. pulumi up
If CAKE does not have it:
  1. ${CLEAR}
  2. pulumi up`;
const WAYS_ASIDE = `A record that the program no longer declares is switched off in CAKE instead. So is one in a CAKE without the list endpoint, where nothing can be adopted; "pulumi up" then makes a new one.
Do not use --import-pending-creates: it reports success and imports nothing of this kind.
If Pulumi says that the stack is locked, and nothing runs any more: pulumi cancel`;

function otherInstance(stop: OtherInstance): string {
  const { livesOn, configured, provider, postbacks } = stop;
  const worker = provider === null ? "the stack" : `the provider "${stripControlChars(provider)}"`;
  const where = stop.from === "given" ? "as CAKE_DOMAIN or --domain says" : "as the last run has saved";
  const lives = counted(postbacks.length, "postback lives", "postbacks live");
  return [
    `STOP. ${lives} on ${stripControlChars(livesOn)}, and ${worker} works on ${stripControlChars(configured)}, ${where}. The same id there is another partner's postback.`,
    `  ${listed(postbacks.map(({ name, postbackId }) => `${name} (${postbackId})`))}`,
    waysBack(stop).join("\n"),
  ].join("\n\n");
}

function waysBack({ livesOn, provider, from }: OtherInstance): string[] {
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

function notesText(notes: readonly Note[]): string[] {
  const of = <K extends Note["kind"]>(kind: K) =>
    notes.filter((note): note is Extract<Note, { kind: K }> => note.kind === kind);
  return [
    ...changesText(notes, "finishedCreate", FINISHED),
    ...changesText(notes, "pendingUpdate", UPDATED),
    ...changesText(notes, "pendingDelete", DELETED),
    ...foreignText(of("foreignCreate")),
    ...of("notCompared").map(notComparedText),
  ];
}

const FINISHED = `Creates that were interrupted, and that a later run has finished. Nothing is wrong with them, and they stay in the state until they are cleared:
  ${CLEAR}
Where CAKE has no list endpoint that later run could not look before it created: look once whether CAKE has a second record.`;
const UPDATED = `Updates that were interrupted. CAKE may have applied them: "pulumi refresh" reads what is live, and "pulumi preview" shows what is left to do.`;
const DELETED = `Deletes that were interrupted. The postbacks may be inactive already: "pulumi refresh" reads what is live, and the next run switches off what is not.`;

function changesText(notes: readonly Note[], kind: PendingChange["kind"], meaning: string): string[] {
  const found = notes.filter((note): note is PendingChange => note.kind === kind);
  if (found.length === 0) return [];
  return [`Note. ${meaning}\n\n${found.map((one) => `  ${subject(one)}`).join("\n")}`];
}

function foreignText(creates: readonly ForeignCreate[]): string[] {
  if (creates.length === 0) return [];
  return [
    `Note. Creates of other resources are pending, too: ${listed(creates.map(({ name }) => name))}. "${CLEAR}" clears them as well: settle them first, or run "pulumi refresh" in a terminal, which asks about each.`,
  ];
}

function notComparedText({ untold, urns }: NotCompared): string {
  const why =
    untold === "postback"
      ? "the state does not tell where they live, or keeps it secret"
      : "the state does not tell the instance of their provider, or keeps it secret (for the default provider, give --domain or CAKE_DOMAIN)";
  return `Note. The instance of ${counted(urns.length, "postback", "postbacks")} was not compared: ${why}.`;
}

function totalsText({ postbacks, instances }: Report["totals"]): string {
  const parts = Object.entries(instances).map(([host, count]) => `${count} on ${stripControlChars(host)}`);
  const told = Object.values(instances).reduce((sum, count) => sum + count, 0);
  if (told < postbacks) parts.push(`${postbacks - told} on an instance that is not told`);
  const where = parts.length === 0 ? "" : `: ${parts.join(", ")}`;
  return `The state holds ${counted(postbacks, "postback", "postbacks")}${where}.`;
}

// Never the URL: it may hold what a partner keeps secret.
function subject(one: PendingCreate | PendingChange): string {
  const id = one.postbackId === null ? "" : ` (${stripControlChars(one.postbackId)})`;
  const instance = one.instance === null ? "" : `, on ${stripControlChars(one.instance)}`;
  const times = one.times === 1 ? "" : `, interrupted ${one.times} times: there may be as many records`;
  return `${stripControlChars(one.name)}${id}: affiliate ${told(one.affiliateId)}, offer ${told(one.offerId)}${instance}${times}`;
}

function told(id: number | null): string {
  return id === null ? "(not told: secret in the state)" : String(id);
}

function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).map(stripControlChars).join(", ");
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
