import type { ClickIdSlot } from "../macros";
import type { Parameter, TransactionId } from "./parameters";

/** A tracker that has a template, and everything that the template knows. */
export interface Tracker<Options extends TemplateOptions = TemplateOptions> {
  /** The name of the tracker for people. */
  readonly name: string;
  /** The path of its postback URL. A `*` is replaced with the value of an option. */
  readonly path: string;
  /** Every option except the common ones, in the order of the URL. */
  readonly parameters: ParametersOf<Options>;
  /** What decides whether a second conversion of one click counts. */
  readonly dedupes: Dedupes;
  /** Its own domains, including their subdomains. Most partners use a domain of their own instead. */
  readonly hosts: readonly string[];
  /** Whether a URL on another domain belongs to the tracker; undefined if only the host can show that. */
  readonly isAt?: (url: UrlShape) => boolean;
  /** What it answers to a postback, if that is documented. */
  readonly answers?: TrackerAnswers;
  readonly source: string;
  /** When the source was read. */
  readonly read: string;
}

/** What the documentation of a tracker says about its answers. */
interface TrackerAnswers {
  readonly facts: readonly { readonly says: string; readonly source: string }[];
  /** A refusal that only this tracker spells in this way. */
  readonly refusal?: RegExp;
}

/**
 * What decides whether a tracker counts a second conversion of one click:
 *
 * - `always`: the transaction ID. Unless the partner has changed a setting, a conversion without another one is lost.
 * - `by setting`: a setting of the partner, or how often a click of the offer may convert. A URL does not show it.
 * - `once`: nothing. A click converts once, with any transaction ID.
 * - `undocumented`: what the tracker's documentation does not say.
 */
export type Dedupes = "always" | "by setting" | "once" | "undocumented";

type ParametersOf<Options> = {
  readonly [Name in Exclude<keyof Options, "domain" | "extra">]-?: Parameter<
    Exclude<Options[Name], undefined>
  >;
};

/** What a URL shows of its tracker, besides the host. */
interface UrlShape {
  readonly path: string;
  /** The names of its parameters. */
  readonly parameters: ReadonlySet<string>;
}

/** What every template takes. */
export interface TemplateOptions {
  /**
   * The host of the partner's tracker, such as `"track.partner.net"`, with a port such as `:8443` if it needs one. It
   * has no scheme, because the URL is always https, and neither path nor macro.
   */
  domain: string;
  /**
   * The sub ID in which the partner's links carry the tracker's click ID.
   *
   * @default "s2"
   */
  clickId?: ClickIdSlot | undefined;
  /**
   * More parameters, which are added unchanged at the end of the URL, in their order. A value may have CAKE's macros;
   * everything else must be URL-encoded. A parameter that the template already has is refused.
   *
   * @default none
   */
  extra?: Readonly<Record<string, string>> | undefined;
}

/** For trackers that receive the payout. */
export interface PayoutOption {
  /**
   * Whether the tracker receives the payout, as `#price#`.
   *
   * @default true
   */
  payout?: boolean | undefined;
}

/** For trackers whose only amount is the amount of the sale. */
export interface SaleAmountOption {
  /**
   * Whether the tracker receives the payout, `#price#`, as the amount of the sale. Use it only for a partner who pays
   * from that amount: CAKE has no macro for the real amount of the sale.
   *
   * @default false
   */
  payout?: boolean | undefined;
}

/** For trackers that receive an ID of the conversion. */
export interface TransactionIdOption {
  /**
   * What distinguishes two conversions of one click: `"leadid"` is CAKE's ID of the conversion, `"tid"` is the
   * advertiser's transaction ID, and `false` sends none.
   *
   * @default "leadid"
   */
  transactionId?: TransactionId | undefined;
}

/** For trackers that keep an ID of the conversion, and do not distinguish conversions by it. */
export interface ReferenceIdOption {
  /**
   * The ID by which both sides find a conversion in their reports: `"leadid"` is CAKE's ID of the conversion, `"tid"`
   * is the advertiser's transaction ID, and `false` sends none.
   *
   * @default false
   */
  transactionId?: TransactionId | undefined;
}

/** For trackers that receive a currency. */
export interface CurrencyOption {
  /**
   * The currency of the payout, a code such as `"EUR"`. CAKE has no macro for it, so use the currency of the campaign.
   *
   * @default none: the tracker uses its own default
   */
  currency?: string | undefined;
}

/** For trackers in which the partner names types of conversions. */
export interface StatusOption {
  /**
   * The type or status of the conversion, by its name in the partner's tracker.
   *
   * @default none: the tracker uses its own default
   */
  status?: string | undefined;
}
