import { existsSync } from "node:fs";
import { systemClock } from "../../http/clock";
import { type Redact, redactor } from "../../http/redact";
import { instanceHosts, openInstance, type SavedSettings } from "../input/instance";
import { readOnePostback } from "../input/live/one";
import { Reader } from "../input/live/reader";
import { liveSubject, looksLikeUrl, parseContents, parseUrls } from "../input/parseSource";
import type { PostbackSource, Subject } from "../input/postbackSource";
import { isStandardInput, readFrom } from "../input/text";
import { choosePostback } from "./choose";
import type { Options } from "./options";

/** The postback to try, and where it was read. */
export interface ReadPostback {
  readonly subject: Subject;
  readonly source: string;
  /** The JSON text of `cake:rules` of its provider or stack. */
  readonly rules: string | undefined;
  /** The CAKE instance, if it is known. */
  readonly domain: string | undefined;
  /** Takes the API key out of a text: somebody may have put it into a URL. */
  readonly redact: Redact;
}

const EXAMPLE = "pulumi preview --json | npx --no -- pulumi-cake try --resource <name>";

/** Whether the postback is read from CAKE. */
export function isLive(
  source: string | undefined,
  options: Options,
): options is Options & { readonly id: number } {
  return source === undefined && options.id !== undefined;
}

/** Reads a source and takes one postback from it. Throws a message for people. */
export async function readPostback(
  source: string | undefined,
  options: Options,
  saved: SavedSettings,
): Promise<ReadPostback> {
  const { domain } = instanceHosts(process.env, { domain: options.domain }, saved);
  if (isLive(source, options)) return readLive(options.id, options, saved);
  const read = await readSource(source);
  const subject = choosePostback(read, options);
  const redact = redactor([process.env.CAKE_API_KEY, saved["cake:apiKey"]]);
  return {
    ...{ subject, source: read.source, redact },
    rules: subject.rules ?? read.rules,
    domain: subject.instance ?? domain,
  };
}

async function readLive(id: number, { domain }: Options, saved: SavedSettings): Promise<ReadPostback> {
  const instance = openInstance(process.env, { domain }, saved);
  const { settings, redact } = instance;
  const row = await readOnePostback(new Reader(instance, systemClock), id);
  const host = settings.domain ?? "";
  return { subject: liveSubject(row, host), source: host, rules: undefined, domain: host, redact };
}

async function readSource(source: string | undefined): Promise<PostbackSource> {
  if (source !== undefined && looksLikeUrl(source) && !existsSync(source)) return onCommandLine(source);
  return readFrom(source, EXAMPLE, (text, name) => ({
    source: name,
    isFile: !isStandardInput(source),
    ...parseContents(text, name),
  }));
}

// It has one line, whose number says nothing.
function onCommandLine(url: string): PostbackSource {
  const { subjects, ...contents } = parseUrls(url);
  const unnumbered = subjects.map((one) => ({ ...one, line: undefined }));
  return { source: "the command line", isFile: false, ...contents, subjects: unnumbered };
}
