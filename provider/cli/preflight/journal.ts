import { inspectJournal, type JournalFile } from "../../lifecycle/journal/inspect";
import { identityOf } from "../../postback/postback";
import type { Environment } from "../../settings/environment";
import { SettingsError } from "../../settings/settingsError";
import { type Deployment, isPostback, plainText, resourceName } from "../input/stackExport";
import type { JournalContent, JournalCreate, JournalNote } from "./report";

/** What is in the journal of this machine, or why it cannot be read. */
export interface JournalRead {
  readonly files: readonly JournalFile[];
  readonly problem: string | null;
}

export function readJournal(env: Environment): JournalRead {
  try {
    return { files: inspectJournal(env), problem: null };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { files: [], problem: error.happened };
  }
}

/** The journal beside a stack: its entries hold only hashes of URNs, and those of the stack are known. */
export function journalContent({ files, problem }: JournalRead, deployment: Deployment): JournalContent {
  const urns = urnsByHash(deployment);
  const saved = new Set(
    deployment.resources.filter((one) => isPostback(one) && !one.external).map(({ id = "" }) => id),
  );
  const creates = files.flatMap((file) => (file.kind === "entry" ? [createOf(file, urns, saved)] : []));
  const others = files.flatMap((file) => (file.kind === "entry" ? [] : [noteOf(file)]));
  return { problem, creates, others };
}

function createOf(
  { entry, maker, changedAt }: Extract<JournalFile, { kind: "entry" }>,
  urns: ReadonlyMap<string, string>,
  saved: ReadonlySet<string>,
): JournalCreate {
  const { name, phase, domain, affiliateId, offerId, made } = entry;
  const urn = entry.urn === undefined ? undefined : urns.get(entry.urn);
  return {
    entry: name,
    phase,
    process: maker,
    changedAt: new Date(changedAt).toISOString(),
    instance: domain,
    affiliateId,
    offerId,
    postbackId: made?.postbackId ?? null,
    isInState: made !== undefined && saved.has(String(made.postbackId)),
    urn: urn ?? null,
    name: urn === undefined ? null : resourceName(urn),
  };
}

function noteOf(file: Exclude<JournalFile, { kind: "entry" }>): JournalNote {
  const version = file.kind === "unreadable" && typeof file.version === "number" ? file.version : null;
  return { kind: file.kind, file: file.name, version };
}

// A resource that was renamed by an alias has its former URN in the state, and the hash of the new one in its inputs.
function urnsByHash({ resources, pending }: Deployment): Map<string, string> {
  const all = [...resources, ...pending.map(({ resource }) => resource)].filter(isPostback);
  return new Map(
    all.flatMap(({ urn, inputs }) => {
      const own = plainText(inputs.__urn);
      return [[identityOf(urn), urn] as const, ...(own === undefined ? [] : [[own, urn] as const])];
    }),
  );
}
