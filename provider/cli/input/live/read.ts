import type { Clock } from "../../../http/clock";
import type { Redact } from "../../../http/redact";
import { CodedError, type Message } from "../../../message";
import { type Environment, instanceHosts, openInstance, type SavedSettings } from "../instance";
import { messages } from "../messages";
import { readCampaigns } from "./campaigns";
import { readCsvExport } from "./csv";
import { readList } from "./list";
import { progressOn } from "./progress";
import { Reader } from "./reader";
import type { Source, SourceKind } from "./source";

/** Which instances to read, and where. */
export interface SourceOptions {
  readonly kind: SourceKind;
  /** The default instance; undefined for the one that the environment names. */
  readonly domain: string | undefined;
  /** Further instances, whose keys are in variables of their own. */
  readonly named?: readonly { readonly name: string; readonly domain: string }[];
  /** The file of a CSV export. */
  readonly csv?: string | undefined;
  /** Whose campaigns to read. */
  readonly affiliates?: readonly number[];
  /** A stack's own settings for the default instance, by their full names. */
  readonly saved?: SavedSettings | undefined;
}

/** What was read, and what takes the keys of all instances out of a text: somebody may have put one into a URL. */
export interface ReadSources {
  readonly sources: readonly Source[];
  readonly redact: Redact;
}

/** Reads each instance once. Throws a message for people. */
export async function readSources(
  options: SourceOptions,
  env: Environment,
  clock: Clock,
): Promise<ReadSources> {
  if (options.kind === "csv") return { sources: [csvSource(options, env)], redact: String };
  const readers = instancesOf(options, env).map((instance) => new Reader(instance, clock));
  const sources: Source[] = [];
  for (const reader of readers) sources.push(await readOne(reader, options));
  return { sources, redact: (text) => readers.reduce((all, { instance }) => instance.redact(all), text) };
}

function csvSource({ csv, domain, named = [], saved }: SourceOptions, env: Environment): Source {
  if (csv === undefined) throw new CodedError(messages.csvFileMissing());
  if (named.length > 0) throw new CodedError(messages.csvOneInstance());
  const given = instanceHosts(env, { domain }, saved);
  if (given.domain === undefined) throw new CodedError(messages.csvInstanceMissing());
  return readCsvExport(csv, given.domain, [given.domain, ...given.formerDomains]);
}

// All of them are opened before the first is read: a missing key should not cost a reading of the others.
function instancesOf({ domain, named = [], saved }: SourceOptions, env: Environment) {
  // A CI sets a variable that it does not have to an empty text.
  const isNamed = domain !== undefined || env.CAKE_DOMAIN?.trim() || saved?.["cake:domain"];
  const isDefaultMeant = isNamed || named.length === 0;
  const opened = [
    ...(isDefaultMeant ? [openInstance(env, { domain }, saved)] : []),
    ...named.map((one) => openInstance(env, { provider: one.name, domain: one.domain })),
  ];
  const hosts = opened.flatMap(({ settings: { domain = "", formerDomains } }) => [
    ...new Set([domain, ...formerDomains]),
  ]);
  refuseTwice(hosts, messages.instanceTwice);
  // The key of one instance must never reach another.
  refuseTwice(
    opened.map(({ settings }) => settings.keyVariable),
    messages.keyShared,
  );
  return opened;
}

function refuseTwice(all: readonly string[], refusal: (twice: string) => Message): void {
  const twice = all.find((one, index) => all.indexOf(one) !== index);
  if (twice !== undefined) throw new CodedError(refusal(twice));
}

async function readOne(reader: Reader, { kind, affiliates = [] }: SourceOptions): Promise<Source> {
  const progress = progressOn(process.stderr, `Reading ${reader.instance.settings.domain}`);
  try {
    return kind === "campaigns"
      ? await readCampaigns(reader, affiliates, progress.onPage)
      : await readList(reader, progress.onPage);
  } finally {
    progress.done();
  }
}
