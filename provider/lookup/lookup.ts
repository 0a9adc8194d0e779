import { connect, connectionRedactor } from "../cake/connect";
import { LivePostbacks } from "../cake/livePostbacks";
import { doubtIn, type ListRead, provesAbsence } from "../cake/readList";
import { callLogFor } from "../callLog/callLog";
import { systemClock } from "../http/clock";
import type { Redact } from "../http/redact";
import { UnsafeOperationError } from "../lifecycle/errors";
import { serializeErrors } from "../lifecycle/serializeErrors";
import type { Postback } from "../postback/postback";
import { connectable, resolveSettings, type Settings } from "../settings/resolve";
import { matches, parseFilter, parseId } from "./filter";
import { messages, NEEDS_SETTINGS, phrases } from "./messages";
import { type AffiliatePostbackRecord, recordOf } from "./record";

/** The settings of an instance, by their full names: `cake:domain`. */
export type LookupSettings = Readonly<Record<string, string | undefined>>;

/** One instance, as the lookups of one program see it. */
interface Instance {
  readonly domain: string;
  readonly live: LivePostbacks;
  readonly redact: Redact;
  /** Which endpoints the settings say that it has. */
  readonly endpoints: Settings["endpoints"];
}

/** The lookups of one program: any number of them read an instance once. Every error is complete and holds no secret. */
export class Lookups {
  private readonly instances = new Map<string, Instance>();

  /** The record with the id among the arguments. Throws if CAKE does not show it, or cannot be read. */
  async one(settings: LookupSettings, given: object): Promise<AffiliatePostbackRecord> {
    const postbackId = parseId({ ...given });
    return this.answer(settings, async (instance, list) => {
      const row = list.rows.get(postbackId) ?? (await newerRow(instance, postbackId, list));
      return recordOf(row, instance.domain);
    });
  }

  /** The records that match the arguments, by their ids. Throws if not all of them can be seen. */
  async many(settings: LookupSettings, given: object): Promise<AffiliatePostbackRecord[]> {
    const filter = parseFilter({ ...given });
    return this.answer(settings, async ({ domain }, list) => {
      const doubt = doubtIn(list);
      if (doubt !== undefined) throw new UnsafeOperationError(messages.incomplete(domain, doubt));
      return [...list.rows.values()]
        .filter((row) => matches(row, filter))
        .sort((one, other) => one.postbackId - other.postbackId)
        .map((row) => recordOf(row, domain));
    });
  }

  private async answer<T>(
    settings: LookupSettings,
    read: (instance: Instance, list: ListRead) => Promise<T>,
  ): Promise<T> {
    const instance = this.instanceOf(settings);
    const answered = async () => {
      const { endpoints, domain, live } = instance;
      if (endpoints !== "all") throw new UnsafeOperationError(messages.withoutList(domain, endpoints));
      return read(instance, await live.all());
    };
    return (await serializeErrors({}, answered, instance.redact)) as T;
  }

  private instanceOf(given: LookupSettings): Instance {
    const source = { config: (name: string) => given[name], env: process.env };
    const settings = connectable(resolveSettings(source, NEEDS_SETTINGS), NEEDS_SETTINGS);
    const { origin, apiKey, endpoints, paths, proxy, domain } = settings;
    // Two providers may mean one instance. What a list shows depends on the key, and on the way to it.
    const name = JSON.stringify([origin, apiKey, endpoints, paths, proxy]);
    const instance = this.instances.get(name) ?? {
      domain,
      live: new LivePostbacks(connect(settings, systemClock, callLog()), () => false),
      redact: connectionRedactor(settings),
      endpoints,
    };
    this.instances.set(name, instance);
    return instance;
  }
}

// A program has no other place for what is no error than the standard error of its process.
function callLog() {
  return callLogFor({ env: process.env, by: "lookup", warn: (text) => process.emitWarning(text) });
}

/** A record that was made since the list was read, by this very run perhaps. */
async function newerRow({ live, domain }: Instance, postbackId: number, list: ListRead): Promise<Postback> {
  const single = await live.readOne(postbackId);
  if (typeof single !== "string") return single;
  throw new UnsafeOperationError(
    single === "absent" && provesAbsence(list)
      ? messages.notFound(postbackId, domain)
      : messages.unknown(postbackId, domain, doubtIn(list) ?? phrases.unclearRead),
  );
}
