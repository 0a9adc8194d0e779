import { systemClock } from "../http/clock";
import { ProviderContext } from "../lifecycle/context";
import { SettingsError, UnsafeOperationError } from "../lifecycle/errors";
import { doubtInSingle, doubtInWhole, notShown } from "../lifecycle/safety/absenceProof";
import { serializeErrors } from "../lifecycle/serializeErrors";
import { resolveSettings, SAVED_SETTINGS_ADVICE, type SettingsSource } from "../lifecycle/settings";
import type { Postback } from "../postback/postback";
import { filterIn, idIn, matches } from "./question";
import { type AffiliatePostbackRecord, recordOf } from "./record";

/** The settings of an instance, by their full names: `cake:domain`. */
export type LookupSettings = Readonly<Record<string, string | undefined>>;

/** The lookups of one program: any number of them read an instance once. Every error is complete and holds no secret. */
export class Lookups {
  private readonly sessions = new Map<string, ProviderContext>();

  /** The record with the id among the arguments. Throws if CAKE does not show it, or cannot be looked at. */
  async one(settings: LookupSettings, given: object): Promise<AffiliatePostbackRecord> {
    const postbackId = idIn({ ...given });
    return this.answer(settings, async (session, domain) =>
      recordOf(await rowOf(session, postbackId, domain), domain),
    );
  }

  /** The records that match the arguments, by their ids. Throws if not all of them can be seen. */
  async many(settings: LookupSettings, given: object): Promise<AffiliatePostbackRecord[]> {
    const filter = filterIn({ ...given });
    return this.answer(settings, async (session, domain) =>
      (await allRows(session, domain))
        .filter((row) => matches(row, filter))
        .sort((one, other) => one.postbackId - other.postbackId)
        .map((row) => recordOf(row, domain)),
    );
  }

  private async answer<T>(
    settings: LookupSettings,
    look: (session: ProviderContext, domain: string) => Promise<T>,
  ): Promise<T> {
    const session = this.sessionOf(settings);
    const looked = () => look(session, session.settings.domain ?? "");
    return (await serializeErrors({}, looked, session.redact)) as T;
  }

  private sessionOf(settings: LookupSettings): ProviderContext {
    const source = { config: (name: string) => settings[name], env: process.env };
    const instance = inItsWords(() => instanceOf(source));
    const known = this.sessions.get(instance);
    if (known) return known;
    const session = new ProviderContext({
      ...source,
      clock: systemClock,
      tell: () => {},
      permitWrite: () => Promise.reject(new Error("A lookup only reads.")),
    });
    // Throws here if the instance or the key is missing, before anything is asked.
    inItsWords(() => session.cake());
    this.sessions.set(instance, session);
    return session;
  }
}

// Two providers may mean one instance. What a list shows depends on the key, and on the way to it.
function instanceOf(source: SettingsSource): string {
  const { origin, apiKey, endpoints, paths, proxy } = resolveSettings(source);
  return JSON.stringify([origin, apiKey, endpoints, paths, proxy]);
}

async function rowOf(session: ProviderContext, postbackId: number, domain: string): Promise<Postback> {
  const { live } = session.cake();
  const whole = await live.look();
  if (whole.kind === "impossible") throw cannotLook(domain, whole.why);
  const known = whole.listing.rows.get(postbackId);
  if (known) return known;
  // Made since the list was read, by this very run perhaps.
  const single = await live.lookAt({ postbackId });
  const newer = single.kind === "seen" ? single.listing.rows.get(postbackId) : undefined;
  if (newer) return newer;
  throw notShown(postbackId, domain, doubtInWhole(whole) ?? doubtInSingle(single, postbackId));
}

async function allRows(session: ProviderContext, domain: string): Promise<Postback[]> {
  const whole = await session.cake().live.look();
  if (whole.kind === "impossible") throw cannotLook(domain, whole.why);
  const doubt = doubtInWhole(whole);
  if (doubt === undefined) return [...whole.listing.rows.values()];
  throw new UnsafeOperationError(
    `The postbacks at ${domain} cannot be looked up: CAKE's list is not provably complete, because ${doubt}. A program that went on would take what is missing for not there. Run again later; if this goes on, "pulumi-cake doctor" shows how the list behaves and what the key may see.`,
  );
}

function cannotLook(domain: string, why: string): UnsafeOperationError {
  return new UnsafeOperationError(`No postback can be looked up at ${domain}. ${why}`);
}

// Nobody refreshes or destroys a lookup, but a preview makes it.
function inItsWords<T>(settle: () => T): T {
  try {
    return settle();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const message = error.message.replace(SAVED_SETTINGS_ADVICE, LOOKUPS_NEED_SETTINGS);
    throw new SettingsError(message);
  }
}

const LOOKUPS_NEED_SETTINGS =
  "A program that looks something up needs the instance and its key in every run, a preview included.";
