import { maskMacros, withValues } from "../../postback/macros";
import { POSTBACK_TYPES } from "../../postback/postback";
import { holdsMarkup } from "../../postback/reading/markup";
import { type UrlComponent, UrlReading } from "../../postback/reading/reading";
import { maskUrl, maskValue } from "../../postback/secrets";
import { rolesOf } from "../../postback/trackers/roles";
import { isParameterName } from "../../postback/url";
import type { Subject } from "../input/postbackSource";
import type { TriedPart, TriedRequest } from "./report";
import type { MacroValue } from "./values";

/** The request that a postback URL becomes. */
export interface RenderedRequest {
  /** The URL with its macros. */
  readonly reading: UrlReading;
  /** The same without what is never sent. */
  readonly sent: UrlReading;
  /** The URL that is called, with values. */
  readonly url: string;
  /** A part of the URL with values. */
  readonly render: (text: string) => string;
  readonly values: ReadonlyMap<string, MacroValue>;
  /** Scheme, user, host and port; undefined if HTTP cannot call them. */
  readonly origin: URL | undefined;
  /** Path and query, byte for byte. */
  readonly target: string;
  /** What follows an unmatched hash; empty if nothing does. */
  readonly neverSent: string;
}

/** Puts values into a URL, as CAKE would, and cuts it where HTTP would. */
export function renderRequest(url: string, values: ReadonlyMap<string, MacroValue>): RenderedRequest {
  const reading = new UrlReading(url);
  const cut = maskMacros(reading.text).indexOf("#");
  const sent = new UrlReading(cut === -1 ? reading.text : reading.text.slice(0, cut));
  const render = (text: string) => encoded(withValues(text, (name) => values.get(name)?.value));
  const addressEnd = sent.scheme.length + sent.host.text.length;
  const target = render(sent.text.slice(addressEnd));
  return {
    ...{ reading, sent, values, render },
    url: sent.scheme + render(sent.host.text) + target,
    origin: originOf(sent.scheme, render(sent.host.text)),
    target: target.startsWith("/") ? target : `/${target}`,
    neverSent: cut === -1 ? "" : reading.text.slice(cut),
  };
}

/** What HTTP cannot send, percent-encoded. A hash that is left belongs to a macro that CAKE keeps. */
function encoded(text: string): string {
  return text.replace(/#|[^!-~]/gu, (letter) =>
    Buffer.from(letter).toString("hex").toUpperCase().replace(/../g, "%$&"),
  );
}

// A backslash ends the host for some clients, and would make them call another one than is shown.
function originOf(scheme: string, authority: string): URL | undefined {
  const text = `${scheme}${authority}`;
  if (!/^https?:\/\/[^\\/?#]+$/i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text);
}

/** The request part by part, with secrets masked. Of a URL that is secret, only the names of its parts. */
export function describeRequest(request: RenderedRequest, subject: Subject): TriedRequest {
  const { reading, sent, url, origin, neverSent } = request;
  const isSecret = subject.isSecret === true;
  const shown = (text: string | null) => (isSecret ? null : text);
  return {
    method: "GET",
    url: shown(maskUrl(url)),
    scheme: shown(sent.scheme.replace("://", "").toLowerCase() || null),
    port: isSecret || origin === undefined ? null : portOf(origin),
    parts: isMarkup(subject) ? [] : sent.components.map((part) => describePart(part, request, isSecret)),
    neverSent: neverSent === "" ? null : shown(maskUrl(neverSent)),
    isCutOff: neverSent !== "",
    calledBy: callerOf(subject),
    tracker: shown(rolesOf(reading).tracker?.name ?? null),
  };
}

/** Whether a postback is HTML, which no server can call. */
function isMarkup({ postbackUrl }: Subject): boolean {
  return holdsMarkup(postbackUrl);
}

function portOf({ protocol, port }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

function callerOf({ postbackTypeId }: Subject): TriedRequest["calledBy"] {
  if (postbackTypeId === undefined || !(postbackTypeId in POSTBACK_TYPES)) return "unknown";
  return postbackTypeId === 1 ? "server" : "browser";
}

function describePart(part: UrlComponent, request: RenderedRequest, isSecret: boolean): TriedPart {
  const { kind } = part;
  return {
    kind,
    name: kind === "parameter" ? nameOf(part, request, isSecret) : "",
    role: roleOf(part, request.reading),
    macros: part.macros.flatMap((name) => {
      const { meaning, from } = request.values.get(name) ?? {};
      return meaning === undefined || from === undefined ? [] : [{ name, meaning, from }];
    }),
    receives: isSecret ? null : received(part, request),
  };
}

function nameOf({ name, text }: UrlComponent, { render }: RenderedRequest, isSecret: boolean): string {
  if (!isSecret) return decodedPair(maskUrl(render(name))).name;
  // Without "=", the text may be a value.
  return text.includes("=") && isParameterName(name) ? name : "***";
}

/** The value as a receiver reads it. */
function received({ kind, name, value }: UrlComponent, { sent, render }: RenderedRequest): string {
  if (kind === "parameter") return decodedPair(`x=${maskValue(render(name), render(value))}`).value;
  const address = sent.scheme + render(sent.host.text + sent.path.text);
  const { text } = new UrlReading(maskUrl(address))[kind];
  return kind === "host" ? text.replace(/:\d*$/, "") : text;
}

// As servers decode a query: a plus is a space, and a broken escape is kept.
function decodedPair(text: string): { name: string; value: string } {
  const [name = "", value = ""] = [...new URLSearchParams(text)][0] ?? [];
  return { name, value };
}

function roleOf({ at }: UrlComponent, reading: UrlReading): TriedPart["role"] {
  const { clickIds, amounts, transactionIds, statuses } = rolesOf(reading);
  const roles = { clickId: clickIds, amount: amounts, transactionId: transactionIds, status: statuses };
  const found = Object.entries(roles).find(([, parts]) => parts.some((one) => one.at === at));
  return (found?.[0] as TriedPart["role"] | undefined) ?? null;
}

/** The macro of the click ID whose value is a sample; undefined if the click ID is real, or if the URL has none. */
export function sampleClickId({ reading, values }: RenderedRequest): string | undefined {
  const macros = rolesOf(reading).clickIds.flatMap((part) => part.macros);
  return macros.find((name) => values.get(name)?.from === "sample" || values.get(name)?.from === "invented");
}
