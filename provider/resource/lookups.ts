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
  /** CAKE's ID of the postback: an integer from 1 on. */
  postbackId: number;
}

/** Which postbacks to look up. A postback must match every filter that is given. */
export interface GetAffiliatePostbacksArgs {
  /** Only postbacks of this affiliate. @default all affiliates */
  affiliateId?: number | undefined;
  /** Only postbacks of this offer, 0 for those of all offers. @default every offer */
  offerId?: number | undefined;
  /**
   * Only postbacks whose URL is on this host, on any port unless one is given. With a leading dot, on this host and all
   * hosts below it: `.rdtk.io`. Capitals do not matter. @default all hosts
   */
  host?: string | undefined;
  /** Only postbacks of this status, such as `active`. Capitals do not matter. @default every status */
  status?: string | undefined;
}

/** How to look up. */
export interface LookupOptions {
  /**
   * The CAKE instance to read, with its own API key.
   *
   * @default the instance of the stack's `cake:` settings and the environment
   */
  provider?: Provider | undefined;
}

/** The same arguments, where each may come from a resource. */
type InputsOf<Args> = { [Name in keyof Args]: pulumi.Input<Args[Name]> };

/**
 * Looks up one live postback, managed or not.
 *
 * The lookup runs with the program, so a preview needs the API key, too. All lookups of a program read the list of an
 * instance once, so what the run itself writes later may be missing. Lookups never write. Source: assumed list endpoint,
 * see `cake:endpoints`.
 *
 * @remarks The URL is returned in clear text, even if it contains a partner's secret: a promise cannot be secret. Use
 * {@link getAffiliatePostbackOutput} for such URLs.
 *
 * @throws If the API key sees no such postback, or whether it exists is unknown. If this CAKE instance has no list. If
 * domain or key are missing, or unknown in a preview.
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
 * The output is secret if the URL contains a partner's secret (`token`, `sign`, …) or an input is secret. It is unknown in
 * a preview if an input or a setting of the provider is unknown. An error ends the run.
 */
export function getAffiliatePostbackOutput(
  args: InputsOf<GetAffiliatePostbackArgs>,
  options: LookupOptions = {},
): pulumi.Output<AffiliatePostbackRecord> {
  return lookUpOutput(args, options, (lookups, settings, known) => lookups.one(settings, known));
}

/**
 * Looks up live postbacks, managed or not, in the order of their IDs. As with `getAffiliatePostback`, a preview needs the
 * API key, and lookups never write.
 *
 * @remarks The URLs are returned in clear text, as with {@link getAffiliatePostback}.
 *
 * @throws If CAKE's list may be incomplete: the lookup never returns part of it. An empty list is what a key without
 * rights sees, so it counts as incomplete. If this CAKE instance has no list. If domain or key are missing, or unknown in a
 * preview.
 */
export function getAffiliatePostbacks(
  args: GetAffiliatePostbacksArgs = {},
  options: LookupOptions = {},
): Promise<AffiliatePostbackRecord[]> {
  return lookUp(options, (lookups, settings) => lookups.many(settings, args));
}

/**
 * {@link getAffiliatePostbacks} with inputs and as an output. It is secret if one of the URLs contains a secret, and
 * otherwise as with {@link getAffiliatePostbackOutput}.
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
  // Loaded only by programs with lookups, because it loads the HTTP client.
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

// The key is among them, and does not make the result secret.
function settingsOf(provider: Provider | undefined): pulumi.Output<LookupSettings> {
  // Any other provider would read the stack's instance instead.
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
