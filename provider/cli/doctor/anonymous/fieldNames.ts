import type { Redact } from "../../../http/redact";
import type { Instance } from "../../input/instance";
import { VOCABULARY } from "./vocabulary";

const LONGEST = 40;

/**
 * A test for names of fields that say nothing of an instance: a few words of CAKE's, and no part of its host, its key or
 * what is configured.
 */
export function publicNames({ settings, origin, redact }: Instance): (name: string) => boolean {
  const hosts = [new URL(origin).hostname, settings.domain ?? "", ...settings.formerDomains];
  const own = [...hosts, settings.proxy ?? "", settings.providerName ?? "", settings.paths.list ?? ""];
  const parts = new Set(own.flatMap((text) => text.toLowerCase().split(/[^a-z]+/)).filter(isTelling));
  return (name) =>
    isPlain(name) && isUntouched(name, redact) && !wordsOf(name).some((word) => parts.has(word));
}

// What is CAKE's own in a host or a path says nothing.
function isTelling(part: string): boolean {
  return part !== "" && !OF_EVERYBODY.has(part);
}

const OF_EVERYBODY: ReadonlySet<string> = new Set([
  "api",
  "json",
  "com",
  "net",
  "org",
  "http",
  "https",
  "cake",
]);

function isPlain(name: string): boolean {
  return name.length <= LONGEST && /^[a-z]+(?:_[a-z]+)*$/.test(name) && wordsOf(name).every(isWord);
}

function isWord(word: string): boolean {
  return VOCABULARY.has(word);
}

function wordsOf(name: string): string[] {
  return name.split("_");
}

function isUntouched(name: string, redact: Redact): boolean {
  return redact(name) === name;
}
