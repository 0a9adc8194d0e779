import { endpoints, LIST_CANDIDATES } from "../../../cake/endpoints";
import { readSuccess } from "../../../cake/envelope";
import type { Settings } from "../../../settings/resolve";
import type { Context } from "../context";
import { type Reply, replyFrom, type Timed } from "../probe";
import type { Candidate, Discovery } from "../report";
import { type Contents, candidateFrom, FEW, readContents } from "./candidate";
import { type BareAnswer, isLikeMissing, isPlainlyMissing, unreadAmong } from "./missing";

/** The paths to search, the configured one first. */
export function pathsToSearch({ paths }: Settings): readonly string[] {
  return [...new Set([...(paths.list === undefined ? [] : [paths.list]), ...LIST_CANDIDATES])];
}

/** Searches the list of postbacks, by GET only. What is found there is measured by the checks of the list. */
export async function discover(context: Context): Promise<Discovery> {
  const search = new Search(context);
  const ended = await search.run();
  const { candidates, isBlind, unread } = search;
  const path = await bestOf(candidates, context);
  return { path, ended: ended ?? null, isBlind, unread, candidates };
}

/** Why a search ends before every path was asked. */
type Ended = NonNullable<Discovery["ended"]>;

// Calls are made one at a time, so that a search is no burden to anybody.
const PAUSE_MS = 250;
/** Calls without an answer in a row. An instance that ignores this address answers none. */
const MOST_SILENT = 2;

class Search {
  /** Whether all answers without the key are alike, so that they do not show which paths are missing. */
  isBlind = false;
  private readonly results = new Map<string, Candidate>();
  /** Answers to calls of which nothing could be read. */
  private readonly failed: BareAnswer[] = [];
  private readonly paths: readonly string[];
  private silent = 0;

  constructor(private readonly context: Context) {
    this.paths = pathsToSearch(context.settings);
  }

  get candidates(): readonly Candidate[] {
    return this.paths.map(
      (path) =>
        this.results.get(path) ?? { path, withKey: false, answer: "notAsked", postbacks: null, what: null },
    );
  }

  get unread(): readonly string[] {
    const unread = new Set(unreadAmong(this.failed, this.paths.length));
    return this.paths.filter((path) => unread.has(path) || this.results.get(path)?.answer === "noRows");
  }

  async run(): Promise<Ended | undefined> {
    const missingPath = await this.context.missingPath();
    const log = { path: endpoints.logs.path, outcome: await this.bare(endpoints.logs.path) };
    if (!this.context.probe.wasAnswered) return this.askAfterSilence();
    const answers: BareAnswer[] = [];
    for (const path of this.paths) {
      const outcome = await this.bare(path);
      answers.push({ path, outcome });
      const ended = this.endedBy(outcome);
      if (ended) return ended;
    }
    const isMissing = await this.missingTest(missingPath, log, answers);
    if (typeof isMissing === "string") return isMissing;
    for (const answer of answers.filter(isMissing)) this.note(answer, "missing");
    return this.askAll(answers.filter((answer) => !isMissing(answer)));
  }

  /** Nothing came without the key. One call with it shows whether this instance answers this address at all. */
  private async askAfterSilence(): Promise<Ended | undefined> {
    const [first = "", ...others] = this.paths;
    const ended = await this.ask(first);
    if (!this.context.probe.wasAnswered) return ended ?? "noAnswer";
    this.isBlind = true;
    return ended ?? this.askEach(others);
  }

  /**
   * A test for answers without the key, or why the search ends. The documented request log is the control: a search may
   * rely on an answer only if an endpoint that exists answers otherwise.
   */
  private async missingTest(
    missingPath: Timed,
    log: BareAnswer,
    answers: readonly BareAnswer[],
  ): Promise<((answer: BareAnswer) => boolean) | Ended> {
    const looksMissing = (answer: BareAnswer) =>
      isPlainlyMissing(answer) || isLikeMissing(answer, missingPath);
    if (!looksMissing(log)) return looksMissing;
    const standsOut = answers.some((answer) => !looksMissing(answer) && !isSilent(answer.outcome));
    if (!standsOut && !isPlainlyMissing(log)) {
      this.isBlind = true;
      return isPlainlyMissing;
    }
    await this.pause();
    const proof = await this.context.logWithKey();
    const ended = endedBy(proof);
    if (ended) return ended;
    if (!proof.ok) return looksMissing;
    // The request log exists, and without the key it answers like a missing path.
    this.isBlind = true;
    return isPlainlyMissing(log) ? () => false : isPlainlyMissing;
  }

  private async askAll(answers: readonly BareAnswer[]): Promise<Ended | undefined> {
    for (const answer of answers) if (isSilent(answer.outcome)) this.note(answer, "failed");
    return this.askEach(answers.filter(({ outcome }) => !isSilent(outcome)).map(({ path }) => path));
  }

  private async askEach(paths: readonly string[]): Promise<Ended | undefined> {
    for (const path of paths) {
      const ended = await this.ask(path);
      if (ended) return ended;
    }
    return undefined;
  }

  /** Asks for a small page with the key. A list that counts from 1 may refuse row 0. */
  private async ask(path: string): Promise<Ended | undefined> {
    let reply = await this.page(path, 0);
    if (!reply.ok && reply.failure === "refused" && reply.what.includes("start_at_row"))
      reply = await this.page(path, 1);
    this.results.set(path, candidateFrom(path, reply));
    if (!reply.ok && reply.failure !== "missing") this.failed.push({ path, outcome: reply.outcome });
    this.silent = reply.ok || !isSilence(reply) ? 0 : this.silent + 1;
    return endedBy(reply) ?? (this.silent >= MOST_SILENT ? "noAnswer" : undefined);
  }

  private async page(path: string, startAtRow: number): Promise<Reply<Contents>> {
    await this.pause();
    return this.context.probe.send(path, { start_at_row: startAtRow, row_limit: FEW }, readContents);
  }

  private async bare(path: string): Promise<Timed> {
    await this.pause();
    return this.context.probe.sendWithoutKeyInTurn(path);
  }

  private endedBy(outcome: Timed): Ended | undefined {
    this.silent = isSilent(outcome) ? this.silent + 1 : 0;
    if (this.silent >= MOST_SILENT) return "noAnswer";
    const reply = replyFrom(outcome, readSuccess);
    return !reply.ok && reply.failure === "throttled" ? "throttled" : undefined;
  }

  private note({ path, outcome }: BareAnswer, answer: "missing" | "failed"): void {
    const what = outcome.kind === "answer" ? null : outcome.what;
    this.results.set(path, { path, withKey: false, answer, postbacks: null, what });
    if (answer === "failed") this.failed.push({ path, outcome });
  }

  private pause(): Promise<void> {
    return this.context.clock.sleep(PAUSE_MS);
  }
}

function endedBy(reply: Reply<unknown>): Ended | undefined {
  if (reply.ok) return undefined;
  return reply.failure === "key" || reply.failure === "throttled" ? reply.failure : undefined;
}

function isSilent(outcome: Timed): boolean {
  return outcome.kind !== "answer" && (outcome.kind === "unreached" || outcome.silent === true);
}

function isSilence({ failure }: Extract<Reply<unknown>, { ok: false }>): boolean {
  return failure === "timeout" || failure === "unreached";
}

/** The path that shows most postbacks, the first of equals; without any, the first empty list under a known name. */
async function bestOf(candidates: readonly Candidate[], context: Context): Promise<string | null> {
  const found = candidates.filter(({ answer }) => answer === "postbacks");
  const [first] = found;
  if (first === undefined || found.length === 1) {
    const empty = candidates.find(({ answer }) => answer === "empty");
    return first?.path ?? empty?.path ?? null;
  }
  // A small page does not show how many there are, and a total may be wrong.
  let best = { path: first.path, rows: -1, isComplete: false };
  for (const { path } of found) {
    const list = await context.listAt(path);
    if (list.kind !== "read") continue;
    const one = { path, rows: list.read.rows.size, isComplete: list.read.completenessIssues.length === 0 };
    const isBetter = one.rows > best.rows || (one.rows === best.rows && one.isComplete && !best.isComplete);
    if (isBetter) best = one;
  }
  return best.path;
}
