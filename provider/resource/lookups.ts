import * as pulumi from "@pulumi/pulumi";
import type { LookupSettings, Lookups } from "../lookup/lookup";
import type { AffiliatePostbackRecord } from "../lookup/record";
import { formatMessage } from "../message";
import { holdsSecret } from "../postback/secrets";
import { SETTING_NAMES } from "../settings/settings";
import { messages } from "./messages";
import { Provider } from "./provider";

export type { AffiliatePostbackRecord } from "../lookup/record";

/** Which postback to look up. */
export interface GetAffiliatePostbackArgs {
  /** The id that CAKE shows for the postback: a whole number of at least 1. */
  postbackId: number;
}

/** Which postbacks to look up. All that is given must hold; what is not given, or undefined, does not narrow the choice. */
export interface GetAffiliatePostbacksArgs {
  /** Those of this affiliate: a whole number of at least 1. @default all */
  affiliateId?: number | undefined;
  /** Those of this offer: a whole number; 0 for the ones that hold for all offers. @default all */
  offerId?: number | undefined;
  /**
   * Those whose URL is on this host, in capitals or not; without a port, on any port. With a dot in front, on any host
   * below it: `.rdtk.io`. Never a whole URL. @default all
   */
  host?: string | undefined;
  /** Those of this status, in capitals or not: `active`, `inactive`, or one that no article names. @default all */
  status?: string | undefined;
}

/** How to look up. */
export interface LookupOptions {
  /**
   * The instance to look at, with its own key.
   *
   * @default the instance that the stack's `cake:` settings and the environment name
   */
  provider?: Provider | undefined;
}

/** The same arguments, where each may come from a resource. */
type InputsOf<Args> = { [Name in keyof Args]: pulumi.Input<Args[Name]> };

/**
 * Looks up one live postback, managed or not.
 *
 * It is read when the program runs, so that a preview needs the API key, too. All lookups of a program share one
 * reading of an instance's list, made for the first of them; what the run itself writes later may not be in it. Only
 * reads. Source: assumed list endpoint, see `cake:endpoints`.
 *
 * The URL is returned in clear text, also where a partner takes a value in it for a secret: a promise cannot be marked
 * secret. Use {@link getAffiliatePostbackOutput} there.
 *
 * @throws If CAKE provably has no such postback that the key can see; if that cannot be told; if this CAKE has no list;
 * if domain or key are missing, or are not known yet in a preview.
 */
export function getAffiliatePostback(
  args: GetAffiliatePostbackArgs,
  options: LookupOptions = {},
): Promise<AffiliatePostbackRecord> {
  return lookUp(options, (lookups, settings) => lookups.one(settings, args));
}

/**
 * {@link getAffiliatePostback} with inputs and as an output.
 *
 * The output is secret as a whole where the URL holds a value that partners take for a secret (`token`, `sign`, …), or
 * an input is secret. It is unknown in a preview where an input or a setting of the provider is not known yet. An error
 * ends the run.
 */
export function getAffiliatePostbackOutput(
  args: InputsOf<GetAffiliatePostbackArgs>,
  options: LookupOptions = {},
): pulumi.Output<AffiliatePostbackRecord> {
  return lookUpOutput(args, options, (lookups, settings, known) => lookups.one(settings, known));
}

/**
 * Looks up live postbacks, managed or not, in the order of their ids, whatever their status unless one is asked for.
 * Read as with {@link getAffiliatePostback}, and in clear text like there.
 *
 * @throws If CAKE's list is not provably complete, or shows nothing at all, as it does to a key without rights; if this
 * CAKE has no list; if domain or key are missing, or are not known yet in a preview.
 */
export function getAffiliatePostbacks(
  args: GetAffiliatePostbacksArgs = {},
  options: LookupOptions = {},
): Promise<AffiliatePostbackRecord[]> {
  return lookUp(options, (lookups, settings) => lookups.many(settings, args));
}

/**
 * {@link getAffiliatePostbacks} with inputs and as an output. It is secret as a whole where one of the URLs holds a
 * secret, and otherwise as with {@link getAffiliatePostbackOutput}.
 */
export function getAffiliatePostbacksOutput(
  args: InputsOf<GetAffiliatePostbacksArgs> = {},
  options: LookupOptions = {},
): pulumi.Output<AffiliatePostbackRecord[]> {
  return lookUpOutput(args, options, (lookups, settings, known) => lookups.many(settings, known));
}

/**
 * The lookups of each program that runs in this process, by its stack. The SDK gives a function no other place to share
 * what it has read, and a later program must read anew.
 */
const LOOKUPS = new WeakMap<object, Promise<Lookups>>();

function lookupsOfProgram(): Promise<Lookups> {
  const stack = pulumi.runtime.getStackResource();
  const shared = stack && LOOKUPS.get(stack);
  if (shared) return shared;
  // Loaded only by programs that look something up: it brings the HTTP client along.
  const made = import("../lookup/lookup.js").then(({ Lookups: Made }) => new Made());
  if (stack) LOOKUPS.set(stack, made);
  return made;
}

async function lookUp<T>(
  { provider }: LookupOptions,
  read: (lookups: Lookups, settings: LookupSettings) => Promise<T>,
): Promise<T> {
  const lookups = lookupsOfProgram();
  const settings = settingsOf(provider);
  if (!(await isKnown(settings))) throw failure(formatMessage(messages.providerUnknown()));
  return new Promise((resolve, reject) => {
    settings.apply((known) => plainErrors(lookups, (all) => read(all, known)).then(resolve, reject));
  });
}

function lookUpOutput<Args extends object, T extends AffiliatePostbackRecord | AffiliatePostbackRecord[]>(
  args: Args,
  { provider }: LookupOptions,
  read: (lookups: Lookups, settings: LookupSettings, known: object) => Promise<T>,
): pulumi.Output<T> {
  const lookups = lookupsOfProgram();
  const found = pulumi.all([settingsOf(provider), args]).apply(async ([settings, known]) => {
    const value = await plainErrors(lookups, (all) => read(all, settings, known));
    return [value].flat().some(({ postbackUrl }) => holdsSecret(postbackUrl))
      ? pulumi.secret(value)
      : pulumi.output(value);
  });
  // An output in an output is one; their types do not say so for every T.
  return found as unknown as pulumi.Output<T>;
}

async function plainErrors<T>(lookups: Promise<Lookups>, read: (lookups: Lookups) => Promise<T>): Promise<T> {
  try {
    return await read(await lookups);
  } catch (error) {
    throw failure(error instanceof Error ? error.message : String(error));
  }
}

/**
 * An error that Pulumi prints as its message alone. A stack would show our lines and the SDK's, and with the latter some
 * versions of Node never come to an end of printing it.
 */
function failure(message: string): pulumi.RunError {
  return Object.assign(new pulumi.RunError(message), { stack: "" });
}

// The key is among them, and what was looked up with it is no secret for that.
function settingsOf(provider: Provider | undefined): pulumi.Output<LookupSettings> {
  // Anything else would be answered from the stack's instance instead.
  if (provider !== undefined && !(provider instanceof Provider))
    throw failure(formatMessage(messages.otherProvider()));
  return pulumi.unsecret(pulumi.output(provider?.settings ?? stackSettings()));
}

function stackSettings(): Record<string, pulumi.Input<string | undefined>> {
  const stack = new pulumi.Config("cake");
  // Asked for as secrets, all of them, because the SDK warns of a secret that is read as plain text.
  return Object.fromEntries(SETTING_NAMES.map((name) => [`cake:${name}`, stack.getSecret(name)]));
}

// Outputs know it, and their types do not say so.
function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as { isKnown: Promise<boolean> }).isKnown;
}
