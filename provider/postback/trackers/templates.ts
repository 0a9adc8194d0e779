import { CodedError } from "../../message";
import { messages } from "../messages";
import { maskValue } from "../secrets";
import { type UrlParts, urlParts } from "../url";
import { TRACKER_NAMES, TRACKERS } from "./index";
import type { OptionsOfTracker, TrackerName } from "./options";
import { IN_PATH, isValue, type Parameter, segmentAt } from "./parameters";
import type { Tracker } from "./tracker";
import { trackerAt } from "./trackerAt";

/**
 * The postback URLs that trackers ask for, filled with CAKE's macros.
 *
 * ```ts
 * trackers.voluum({ domain: "track.partner.net", clickId: "s2", payout: true, transactionId: "leadid" });
 * // https://track.partner.net/postback?cid=#s2#&payout=#price#&txid=#leadid#
 * ```
 *
 * Each returns a plain string, always the same for the same options, and throws if an option is unknown or invalid.
 */
export const trackers = Object.fromEntries(
  TRACKER_NAMES.map((name) => [name, (options: Given) => urlOf(name, options)]),
) as unknown as { readonly [Name in TrackerName]: (options: OptionsOfTracker[Name]) => string };

/** A template and the options with which it makes a URL. */
export type RecognizedTracker = {
  readonly [Name in TrackerName]: { readonly tracker: Name; readonly options: OptionsOfTracker[Name] };
}[TrackerName];

/**
 * The template of the URL's tracker, if it makes the URL byte for byte. It is undefined where several trackers have the
 * same shape and the host does not decide: a wrong name in a program is worse than a plain URL.
 */
export function recognizeTracker(url: string): RecognizedTracker | undefined {
  const found = trackerAt(url);
  const tracker = TRACKER_NAMES.find((name) => TRACKERS[name] === found);
  if (tracker === undefined) return undefined;
  const options = optionsIn(TRACKERS[tracker], urlParts(url));
  return makes(tracker, options, url) ? ({ tracker, options } as unknown as RecognizedTracker) : undefined;
}

type Given = Readonly<Record<string, unknown>>;

function urlOf(name: TrackerName, options: Given): string {
  const { path, parameters } = TRACKERS[name];
  const known = ["domain", ...Object.keys(parameters), "extra"];
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown !== undefined) throw new CodedError(messages.optionUnknown(name, unknown, known));
  const own = optionParameters(TRACKERS[name]).flatMap(([option, parameter]) => {
    const text = parameterText(name, option, parameter, options[option]);
    return text === false ? [] : [[parameter.name, text] as const];
  });
  const query = [...own.filter(([one]) => one !== IN_PATH), ...extraParameters(name, options.extra)];
  const segment = own.find(([one]) => one === IN_PATH)?.[1] ?? "";
  const pairs = query.map(([parameter, text]) => `${parameter}=${text}`);
  return `https://${domainOf(name, options.domain)}${path.replace(IN_PATH, segment)}?${pairs.join("&")}`;
}

function parameterText(
  name: TrackerName,
  option: string,
  parameter: Parameter,
  given: unknown,
): string | false {
  const value = given ?? parameter.fallback;
  if (value === undefined && !parameter.isRequired) return false;
  const text = parameter.write(value);
  if (text === undefined) throw invalid(name, option, `must be ${parameter.expected}`, value);
  return text;
}

function invalid(name: TrackerName, option: string, must: string, value: unknown): CodedError {
  return new CodedError(messages.optionInvalid(name, option, must, found(option, value)));
}

// An option's name says whether its value is a secret, as a parameter's does.
function found(option: string, value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(maskValue(option, value));
  return typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : `a value of type ${typeof value}`;
}

const LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const BARE_HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})+(?::[1-9]\\d{0,4})?$`, "i");

function domainOf(name: TrackerName, domain: unknown): string {
  if (typeof domain === "string" && BARE_HOST.test(domain)) return domain;
  const must = 'must be a host such as "track.partner.net", without scheme, path or macro';
  throw invalid(name, "domain", must, domain);
}

function extraParameters(name: TrackerName, extra: unknown): [name: string, value: string][] {
  const known = new Map(optionParameters(TRACKERS[name]).map(([option, one]) => [one.name, option]));
  return Object.entries(extra ?? {}).map(([parameter, value]) => {
    const option = known.get(parameter);
    const quoted = JSON.stringify(parameter);
    if (option !== undefined)
      throw new CodedError(
        messages.optionInvalid(name, "extra", `must not have ${quoted}: use the option ${option}`),
      );
    if (!/^[\w.~[\]-]+$/.test(parameter))
      throw invalid(name, "extra", "must have URL-encoded names of parameters", parameter);
    if (!isValue(value)) {
      const must = `must have a URL-encoded value for ${quoted}, found ${found(parameter, value)}`;
      throw new CodedError(messages.optionInvalid(name, "extra", must));
    }
    return [parameter, value];
  });
}

function optionsIn(tracker: Tracker, { host, path, query }: UrlParts): Given {
  const texts = new Map(Object.entries({ ...query, [IN_PATH]: segmentAt(tracker.path, path) ?? "" }));
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

function makes(name: TrackerName, options: Given, url: string): boolean {
  try {
    return urlOf(name, options) === url;
  } catch {
    return false;
  }
}

function optionParameters({ parameters }: Tracker): [option: string, parameter: Parameter][] {
  return Object.entries(parameters);
}
