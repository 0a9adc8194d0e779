import * as pulumi from "@pulumi/pulumi";
import type { AffiliatePostbackRecord, LookupFilter, LookupSettings, Lookups } from "../lookup/lookup";
import { SETTING_NAMES } from "../settings";
import type { Provider } from "./provider";

export type { AffiliatePostbackRecord } from "../lookup/lookup";

/** Which postback to look up. */
export interface GetAffiliatePostbackArgs {
  /** The id that CAKE shows for the postback. */
  postbackId: number;
}

/** Which postbacks to look up; what is not given does not narrow the choice. */
export interface GetAffiliatePostbacksArgs {
  /** Those of this affiliate. @default all */
  affiliateId?: number | undefined;
  /** Those of this offer; 0 for the ones that hold for all offers. @default all */
  offerId?: number | undefined;
  /** Those whose URL is on this host, in any spelling of its letters. @default all */
  host?: string | undefined;
  /** `active`, `inactive`, or another status that CAKE knows. @default all */
  status?: string | undefined;
}

/** How to look up. */
export interface LookupOptions {
  /** The instance to look at. @default the one that the stack's `cake:` settings name */
  provider?: Provider | undefined;
}

type InputsOf<Args> = { [Name in keyof Args]: pulumi.Input<Args[Name]> };

/**
 * Looks up one live postback, managed or not. It is read when the program runs, so that a preview needs the API key.
 * All lookups of a program read an instance's list once (assumed endpoint).
 *
 * @throws If CAKE provably has no such postback, if that cannot be told, or if the instance cannot be read. The URL is
 * returned in clear text: use {@link getAffiliatePostbackOutput} where it may hold a secret.
 */
export function getAffiliatePostback(
  { postbackId }: GetAffiliatePostbackArgs,
  options: LookupOptions = {},
): Promise<AffiliatePostbackRecord> {
  return looked(options, (lookups, settings) => lookups.one(settings, postbackId));
}

/**
 * The same with inputs and as an output. It is secret where its URL holds a value that partners take for a secret
 * (`token`, `sign`, …), and unknown in a preview where an input or a setting of the provider is.
 */
export function getAffiliatePostbackOutput(
  args: InputsOf<GetAffiliatePostbackArgs>,
  options: LookupOptions = {},
): pulumi.Output<AffiliatePostbackRecord> {
  return lookedOutput(args, options, async (lookups, settings, { postbackId }) => {
    const record = await lookups.one(settings, postbackId);
    return { found: record, records: [record] };
  });
}

/**
 * Looks up live postbacks, managed or not, in the order of their ids. See {@link getAffiliatePostback}.
 *
 * @throws If CAKE's list is not provably complete, or the instance cannot be read.
 */
export function getAffiliatePostbacks(
  args: GetAffiliatePostbacksArgs = {},
  options: LookupOptions = {},
): Promise<AffiliatePostbackRecord[]> {
  return looked(options, (lookups, settings) => lookups.many(settings, args));
}

/** The same with inputs and as an output, secret where one of the URLs holds a secret. See {@link getAffiliatePostbackOutput}. */
export function getAffiliatePostbacksOutput(
  args: InputsOf<GetAffiliatePostbacksArgs> = {},
  options: LookupOptions = {},
): pulumi.Output<AffiliatePostbackRecord[]> {
  return lookedOutput(args, options, async (lookups, settings, filter: LookupFilter) => {
    const records = await lookups.many(settings, filter);
    return { found: records, records };
  });
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

async function looked<T>(
  { provider }: LookupOptions,
  look: (lookups: Lookups, settings: LookupSettings) => Promise<T>,
): Promise<T> {
  const settings = settingsOf(provider);
  if (!(await isKnown(settings))) throw new Error(UNKNOWN);
  const lookups = lookupsOfProgram();
  return new Promise((resolve, reject) => {
    settings.apply(async (known) => look(await lookups, known).then(resolve, reject));
  });
}

const UNKNOWN =
  "The settings of the provider are not known yet, so nothing can be looked up. Use the form that ends with Output, which waits for them.";

function lookedOutput<Args extends object, T>(
  args: Args,
  { provider }: LookupOptions,
  look: (
    lookups: Lookups,
    settings: LookupSettings,
    args: never,
  ) => Promise<{ found: T; records: AffiliatePostbackRecord[] }>,
): pulumi.Output<T> {
  const lookups = lookupsOfProgram();
  const found = pulumi.all([settingsOf(provider), args]).apply(async ([settings, known]) => {
    const { found: value, records } = await look(await lookups, settings, known as never);
    const { holdsSecret } = await import("../lookup/lookup.js");
    return records.some(holdsSecret) ? pulumi.secret(value) : pulumi.output(value);
  });
  // An output in an output is one; their types do not say so for every T.
  return found as unknown as pulumi.Output<T>;
}

// The key is among them, and what was looked up with it is no secret for that.
function settingsOf(provider: Provider | undefined): pulumi.Output<LookupSettings> {
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
