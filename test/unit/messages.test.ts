import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { phrases as lifecycle } from "../../provider/lifecycle/messages";
import { urlRules } from "../../provider/postback/rules/builtInRules";
import { crossRules } from "../../provider/postback/rules/crossRules";
import { messagesOf } from "../docs/errors";
import { ROOMS } from "../docs/messages/rooms";
import { sentencesIn, unwantedWords, wordsIn } from "../docs/words";

const root = join(__dirname, "../..");
const all = ROOMS.flatMap((room) => messagesOf(root, room));
const named = all.map((message): [string, typeof message] => [message.code, message]);

describe("the messages", () => {
  it("of every room stand in docs/errors.md", () => {
    const files = readdirSync(join(root, "provider"), { recursive: true, encoding: "utf8" })
      .map((path) => `provider/${path.replaceAll("\\", "/")}`)
      .filter((path) => path.endsWith("/messages.ts"))
      .filter((path) => /^export const messages\b/m.test(readFileSync(join(root, path), "utf8")));
    expect(ROOMS.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it("have codes of their own, in lower case with hyphens", () => {
    const codes = all.map(({ code }) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    for (const code of codes) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});

// Classes, templates of trackers, code that is written: what only a program in TypeScript meets.
const OF_TYPESCRIPT = ["resource", "postback", "csv", "cli/adopt"].map(
  (room) => `provider/${room}/messages.ts`,
);
const SYNTAX =
  /\bnew [A-Z]\w*\(|\{ ?\w+: |=>|\bNumber\(|\b(?:int|str)\(|\bimport \{|\bconfig\.(?:get|require)|\bpulumi\.(?:secret|output|interpolate)/;

describe("where the program may be in any language", () => {
  const rooms = ROOMS.filter(({ file }) => !OF_TYPESCRIPT.includes(file));
  const messages = rooms.flatMap((room) => messagesOf(root, room));
  const rules = [...urlRules, ...crossRules].map((rule) => ({ code: rule.id, ...rule }));

  it.each([...messages, ...rules].map((one): [string, object] => [one.code, one]))(
    "a text speaks no language's syntax: %s",
    (_, one) => {
      const texts = Object.values(one).filter((value): value is string => typeof value === "string");
      expect(texts.filter((text) => SYNTAX.test(text))).toEqual([]);
    },
  );

  it("what an argument must be is said in words", () => {
    expect(Object.values(lifecycle.expected).filter((text) => SYNTAX.test(text))).toEqual([]);
  });

  it.each([
    "set adopt: { postbackId: 1 }",
    'set "adopt: { postbackId: <ID> }" on it',
    "new Provider(",
    "take it from config.requireSecret",
    "convert it with Number(…)",
  ])("syntax is recognized: %s", (text) => {
    expect(text).toMatch(SYNTAX);
  });
});

/** Warnings, progress and notes: nothing stops. */
const STOPS_NOTHING = [
  "adopted-url-breaks-rules",
  "call-log-failed",
  "create-resumed",
  "created-unchecked",
  "deactivated-not-deleted",
  "drift-not-checked",
  "declared-firing-beside",
  "fires-beside",
  "left-to-another",
  "preflight-finished-create",
  "preflight-interrupted-delete",
  "preflight-interrupted-update",
  "preflight-journal-made",
  "preflight-journal-not-entries",
  "preflight-journal-not-read",
  "preflight-journal-not-sent",
  "preflight-journal-others",
  "preflight-journal-running",
  "preflight-journal-saved",
  "preflight-journal-sent",
  "preflight-journal-unreadable",
  "preflight-not-compared",
  "preflight-other-create",
  "preflight-other-operation",
  "stored-otherwise",
  "waiting-for-other-run",
];
/** One of several problems of a resource or of a file. What it means is the same for all, and clear. */
const ONE_PROBLEM = [
  "argument-invalid",
  "argument-is-output",
  "argument-missing",
  "argument-unknown",
  "csv-invalid",
];

describe("a message", () => {
  it("says what happened, what that means and what to do next, unless it stops nothing", () => {
    const incomplete = ROOMS.flatMap(({ examples }) => Object.values(examples))
      .filter(({ happened, means, next }) => [happened, means, next].includes(""))
      .map(({ code }) => code);
    expect(incomplete.sort()).toEqual([...STOPS_NOTHING, ...ONE_PROBLEM].sort());
  });

  it.each(named)("is explained: %s", (_, { explanation }) => {
    expect(wordsIn(explanation)).toBeGreaterThanOrEqual(8);
  });

  it.each(named)("begins with a capital and holds nothing that was left out: %s", (_, { text }) => {
    expect(text).toMatch(/^(?:[A-Z0-9"/-]|[\w-]+\.csv)/);
    expect(text).not.toMatch(/undefined|null|NaN|\[object| {2}/);
  });

  it.each(named)("has at most 60 words: %s", (_, { text }) => {
    expect(wordsIn(text), text).toBeLessThanOrEqual(60);
  });

  it.each(named)("has sentences of at most 25 words: %s", (_, { text }) => {
    const longest = sentencesIn(text).filter((sentence) => wordsIn(sentence) > 25);
    expect(longest).toEqual([]);
  });

  it.each(named)("uses the words of the project: %s", (_, { text, explanation }) => {
    expect(unwantedWords(`${text}\n${explanation}`)).toEqual([]);
  });
});
