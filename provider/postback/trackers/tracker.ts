import type { ClickIdSlot } from "../rules/rule";
import type { Parameter, TransactionId } from "./parameters";

/** A tracker that there is a template for: all that the template knows. */
export interface Tracker<Options extends TemplateOptions = TemplateOptions> {
  /** The tracker's name for people. */
  readonly name: string;
  /** The path of its postback URL; a `*` stands for an option. */
  readonly path: string;
  /** Every option but the common ones, in the order of the URL. */
  readonly parameters: ParametersOf<Options>;
  /** Whether it drops a second conversion of a click without another transaction id, or lets the partner set it so. */
  readonly dedupes: boolean;
  /** Its own domains, with all below them. Most partners have one of theirs in front of it. */
  readonly hosts: readonly string[];
  /** Whether a URL on a partner's own domain leads there; undefined where only a host tells. */
  readonly isAt?: (url: UrlShape) => boolean;
  readonly source: string;
  /** When the source was read. */
  readonly read: string;
}

type ParametersOf<Options> = {
  readonly [Name in Exclude<keyof Options, "domain" | "extra">]-?: Parameter<
    Exclude<Options[Name], undefined>
  >;
};

/** What a URL shows of the tracker that it leads to, beside its host. */
interface UrlShape {
  readonly path: string;
  /** The names of its parameters. */
  readonly parameters: ReadonlySet<string>;
}

/** What every template takes. */
export interface TemplateOptions {
  /**
   * The host of the partner's tracker, as the partner names it: `"track.partner.net"`, with `:8443` behind it if
   * need be. No scheme (it is always https), no path and no macro.
   */
  domain: string;
  /**
   * The sub id in which the partner's links carry the tracker's click id.
   *
   * @default "s2"
   */
  clickId?: ClickIdSlot | undefined;
  /**
   * Further parameters, added at the end as they stand, in their order. A value may hold CAKE's macros, and what a
   * URL cannot hold must be encoded. A parameter that the template knows is refused.
   *
   * @default none
   */
  extra?: Readonly<Record<string, string>> | undefined;
}

/** For trackers that take what the partner earns. */
export interface PayoutOption {
  /**
   * Whether the tracker learns the payout, by `#price#`.
   *
   * @default true
   */
  payout?: boolean | undefined;
}

/** For trackers whose only amount is the amount of the sale. */
export interface SaleAmountOption {
  /**
   * Whether the tracker gets the payout, by `#price#`, as the amount of the sale. Only for a partner who shares out
   * that amount: CAKE has no macro for the sale's own.
   *
   * @default false
   */
  payout?: boolean | undefined;
}

/** For trackers that take an id of the conversion. */
export interface TransactionIdOption {
  /**
   * What tells two conversions of one click apart: `"leadid"` is CAKE's id of the conversion, `"tid"` the
   * advertiser's transaction id, and `false` sends none.
   *
   * @default "leadid"
   */
  transactionId?: TransactionId | undefined;
}

/** For trackers whose parameter for an id of the conversion is inferred. */
export interface InferredTransactionIdOption {
  /**
   * What tells two conversions of one click apart: `"leadid"` is CAKE's id of the conversion, `"tid"` the
   * advertiser's transaction id, and `false` sends none. The parameter is inferred: ask the partner first.
   *
   * @default false
   */
  transactionId?: TransactionId | undefined;
}

/** For trackers that take a currency. */
export interface CurrencyOption {
  /**
   * The currency of the payout, three capital letters such as `"EUR"`. CAKE has no macro for it, so it must be the
   * campaign's.
   *
   * @default none: the tracker takes its own
   */
  currency?: string | undefined;
}

/** For trackers that tell conversions apart by words of their own. */
export interface StatusOption {
  /**
   * The kind or status of the conversion, by the name that the partner has given it in the tracker.
   *
   * @default none: the tracker takes its own
   */
  status?: string | undefined;
}
