import { provesAbsence } from "../cake/paging";
import { systemClock } from "../http/clock";
import { Session } from "../lifecycle/session";
import { type Postback, type PostbackTypeId, typeIdOf } from "../postback/postback";
import { takesSecret } from "../postback/rules/trackerRules";
import { type UrlParts, urlParts } from "../postback/url";

/** A postback as CAKE shows it. */
export interface AffiliatePostbackRecord {
  /** CAKE's id of the postback. */
  postbackId: number;
  affiliateId: number;
  /** 0 for all offers. */
  offerId: number;
  /** The URL that CAKE calls, byte for byte. It may hold a value that the partner takes for a secret. */
  postbackUrl: string;
  /** `active` or `inactive`; a status that CAKE knows and no article names is kept as it is. */
  postbackStatus: string;
  /** CAKE's name of the type. `"Server"` (type 1) is the only one that an article names. */
  postbackType: string;
  /** 1 where CAKE's name of the type is documented; undefined for the others. */
  postbackTypeId: PostbackTypeId | undefined;
  /** Host and port of the CAKE instance that the postback lives on. */
  domain: string;
  /** Host, path and parameters of the URL. */
  urlParts: UrlParts;
}

/** What narrows a lookup; all of it must hold. */
export interface LookupFilter {
  readonly affiliateId?: number | undefined;
  readonly offerId?: number | undefined;
  readonly host?: string | undefined;
  readonly status?: string | undefined;
}

/** The settings of an instance, by their full names: `cake:domain`. */
export type LookupSettings = Readonly<Record<string, string | undefined>>;

/** The lookups of one program: any number of them read an instance once. */
export class Lookups {
  private readonly sessions = new Map<string, Session>();

  /** The record with this id. Throws a message for people if CAKE does not show it, or cannot be looked at. */
  async one(settings: LookupSettings, postbackId: number): Promise<AffiliatePostbackRecord> {
    const { session, listing } = await this.listingOf(settings);
    const row = listing.rows.get(postbackId);
    const { domain = "" } = session.settings;
    if (row) return recordOf(row, domain);
    throw new Error(
      provesAbsence(listing)
        ? `There is no postback ${postbackId} at ${domain} that this API key can see. Check the id and the instance.`
        : `Whether there is a postback ${postbackId} at ${domain} cannot be told: ${doubtAbout(listing.flaws)}. Run again later, or look at it in CAKE.`,
    );
  }

  /** The records that match, by their ids. Throws a message for people if not all of them can be seen. */
  async many(settings: LookupSettings, filter: LookupFilter): Promise<AffiliatePostbackRecord[]> {
    const { session, listing } = await this.listingOf(settings);
    const { domain = "" } = session.settings;
    if (!provesAbsence(listing))
      throw new Error(
        `The postbacks at ${domain} cannot be looked up: CAKE's list is not provably complete, because ${doubtAbout(listing.flaws)}. A program that went on would take what is missing for not there. Run again later.`,
      );
    return [...listing.rows.values()]
      .filter((row) => matches(row, filter))
      .sort((one, other) => one.postbackId - other.postbackId)
      .map((row) => recordOf(row, domain));
  }

  private async listingOf(settings: LookupSettings) {
    const session = this.sessionOf(settings);
    const look = await session.cake().live.look();
    if (look.kind === "seen") return { session, listing: look.listing };
    throw new Error(`No postback can be looked up at ${session.settings.domain}. ${look.why}`);
  }

  private sessionOf(settings: LookupSettings): Session {
    const key = JSON.stringify(Object.entries(settings).sort());
    const known = this.sessions.get(key);
    if (known) return known;
    const session = new Session({
      config: (name) => settings[name],
      env: process.env,
      clock: systemClock,
      tell: () => {},
      permitWrite: () => Promise.reject(new Error("A lookup only reads.")),
    });
    this.sessions.set(key, session);
    return session;
  }
}

/** Whether a value stands in the URL that partners take for a secret. */
export function holdsSecret({ urlParts: { query } }: AffiliatePostbackRecord): boolean {
  return Object.keys(query).some(takesSecret);
}

function doubtAbout(flaws: readonly string[]): string {
  return flaws.length > 0 ? flaws.join("; ") : "it is empty, as it is for a key without rights";
}

function matches(row: Postback, { affiliateId, offerId, host, status }: LookupFilter): boolean {
  return (
    (affiliateId ?? row.affiliateId) === row.affiliateId &&
    (offerId ?? row.offerId) === row.offerId &&
    (status ?? row.postbackStatus) === row.postbackStatus &&
    (host === undefined || urlParts(row.postbackUrl).host.toLowerCase() === host.toLowerCase())
  );
}

function recordOf(row: Postback, domain: string): AffiliatePostbackRecord {
  const { postbackId, affiliateId, offerId, postbackUrl, postbackStatus, postbackType } = row;
  return {
    ...{ postbackId, affiliateId, offerId, postbackUrl, postbackStatus, postbackType },
    ...{ postbackTypeId: typeIdOf(postbackType), domain, urlParts: urlParts(postbackUrl) },
  };
}
