import { type UrlParts, urlParts } from "../url";
import { TRACKER_NAMES, TRACKERS } from "./index";
import type { OptionsOfTracker, TrackerName } from "./options";
import { IN_PATH, isValue, type Parameter } from "./parameters";
import type { Tracker } from "./tracker";
import { isOwnHost } from "./trackerAt";

/**
 * The postback URLs that trackers ask for, with CAKE's macros in their places.
 *
 * ```ts
 * trackers.voluum({ domain: "track.partner.net", clickId: "s2", payout: true, transactionId: "leadid" });
 * // https://track.partner.net/postback?cid=#s2#&payout=#price#&txid=#leadid#
 * ```
 *
 * Each returns a plain string, the same for the same options, and throws on an option that it does not take.
 */
export const trackers = Object.fromEntries(
  TRACKER_NAMES.map((name) => [name, (options: Given) => urlOf(name, options)]),
) as unknown as { readonly [Name in TrackerName]: (options: OptionsOfTracker[Name]) => string };

/** A template and the options with which it gives a URL. */
export type RecognizedTracker = {
  readonly [Name in TrackerName]: { readonly tracker: Name; readonly options: OptionsOfTracker[Name] };
}[TrackerName];

/**
 * The template that gives a URL byte for byte. None where several would and the host does not tell which: a name that
 * is wrong in a program is worse than a URL that stands there as it is.
 */
export function recognizeTracker(url: string): RecognizedTracker | undefined {
  const parts = urlParts(url);
  const matches = TRACKER_NAMES.flatMap((tracker) => {
    const options = optionsIn(TRACKERS[tracker], parts);
    return gives(tracker, options, url) ? [{ tracker, options } as unknown as RecognizedTracker] : [];
  });
  const atHome = matches.filter(({ tracker }) => isOwnHost(TRACKERS[tracker], parts.host.toLowerCase()));
  const plain = matches.filter(({ options }) => options.extra === undefined);
  return onlyOne(atHome) ?? onlyOne(plain) ?? onlyOne(matches);
}

type Given = Readonly<Record<string, unknown>>;

function urlOf(name: TrackerName, options: Given): string {
  const wrong = (what: string) => new Error(`trackers.${name}: ${what}`);
  const { path } = TRACKERS[name];
  refuseUnknown(name, options, wrong);
  const own = optionParameters(TRACKERS[name]).flatMap(([option, parameter]) => {
    const text = textOf(option, parameter, options[option], wrong);
    return text === false ? [] : [[parameter.name, text] as const];
  });
  const query = [...own.filter(([one]) => one !== IN_PATH), ...extraOf(TRACKERS[name], options.extra, wrong)];
  const segment = own.find(([one]) => one === IN_PATH)?.[1] ?? "";
  const pairs = query.map(([parameter, text]) => `${parameter}=${text}`);
  return `https://${domainOf(options.domain, wrong)}${path.replace(IN_PATH, segment)}?${pairs.join("&")}`;
}

type Wrong = (what: string) => Error;

function refuseUnknown(name: TrackerName, options: Given, wrong: Wrong): void {
  const known = ["domain", ...Object.keys(TRACKERS[name].parameters), "extra"];
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown !== undefined)
    throw wrong(`there is no option ${JSON.stringify(unknown)}. It takes ${known.join(", ")}.`);
}

// The value stays out of the message: it may be a secret.
function textOf(option: string, parameter: Parameter, given: unknown, wrong: Wrong): string | false {
  const value = given ?? parameter.fallback;
  if (value === undefined && !parameter.isRequired) return false;
  const text = parameter.write(value);
  if (text === undefined)
    throw wrong(
      `the option ${option}${value === undefined ? " is missing. It" : ""} must be ${parameter.must}.`,
    );
  return text;
}

const LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const BARE_HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})+(?::[1-9]\\d{0,4})?$`, "i");

function domainOf(domain: unknown, wrong: Wrong): string {
  if (typeof domain === "string" && BARE_HOST.test(domain)) return domain;
  throw wrong(
    `the option domain must be the bare host of the partner's tracker, such as "track.partner.net": no scheme, no path and no macro. It is ${JSON.stringify(domain)}.`,
  );
}

function extraOf(tracker: Tracker, extra: unknown, wrong: Wrong): [name: string, value: string][] {
  const known = new Map(optionParameters(tracker).map(([option, { name }]) => [name, option]));
  return Object.entries(extra ?? {}).map(([name, value]) => {
    const option = known.get(name);
    if (option !== undefined)
      throw wrong(`extra must not hold ${JSON.stringify(name)}; that is what the option ${option} is for.`);
    if (!/^[\w.~[\]-]+$/.test(name))
      throw wrong(`extra holds ${JSON.stringify(name)}, which cannot be the name of a parameter. Encode it.`);
    if (!isValue(value))
      throw wrong(`the value of ${JSON.stringify(name)} in extra cannot stand in a URL. Encode it.`);
    return [name, value];
  });
}

function optionsIn(tracker: Tracker, { host, path, query }: UrlParts): Given {
  const [before = "", after = ""] = tracker.path.split(IN_PATH);
  const texts = new Map(Object.entries({ ...query, [IN_PATH]: path.slice(before.length, -after.length) }));
  const options: Record<string, unknown> = { domain: host };
  for (const [option, { name, read }] of optionParameters(tracker)) {
    const text = texts.get(name);
    const value = Array.isArray(text) ? undefined : read(text);
    if (value !== undefined) options[option] = value;
    texts.delete(name);
  }
  texts.delete(IN_PATH);
  return texts.size === 0 ? options : { ...options, extra: Object.fromEntries(texts) };
}

function gives(name: TrackerName, options: Given, url: string): boolean {
  try {
    return urlOf(name, options) === url;
  } catch {
    return false;
  }
}

function optionParameters({ parameters }: Tracker): [option: string, parameter: Parameter][] {
  return Object.entries(parameters);
}

function onlyOne<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}
