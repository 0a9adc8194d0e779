import { endpoints } from "../../../cake/endpoints";
import type { Settings } from "../../../settings/resolve";
import { listed, plural } from "../../output/text";
import type { Check, Finding } from "../check";
import type { Context } from "../context";
import { advice, findings } from "../messages";
import type { Candidate, Discovery, RecommendedSetting } from "../report";

/** Where the list is, if it is searched. */
export const DISCOVERY_CHECKS: readonly Check[] = [
  { id: "withoutKey", title: "Without the key", run: withDiscovery(checkWithoutKey) },
  { id: "candidates", title: "Paths", run: withDiscovery(checkCandidates) },
  { id: "listPath", title: "List path", run: withDiscovery(checkListPath) },
];

function withDiscovery(check: (discovery: Discovery, context: Context) => Finding | Promise<Finding>) {
  return async (context: Context): Promise<Finding> => {
    const discovery = await context.discovery();
    return discovery ? check(discovery, context) : { found: "not searched", verdict: "unknown" };
  };
}

function checkWithoutKey({ candidates, isBlind, ended }: Discovery): Finding {
  if (isBlind) return { found: findings.answersAlike, verdict: "ok" };
  const isCompared = candidates.some(({ answer }) => answer === "missing" || answer === "postbacks");
  if (ended !== null && !isCompared) return { found: findings.searchEnded[ended], verdict: "unknown" };
  const missing = candidates.filter(({ answer, withKey }) => answer === "missing" && !withKey).length;
  return { found: findings.answersDiffer(missing, candidates.length), verdict: "ok" };
}

// Few enough to read, and enough to recognize a version or a noun.
const MOST_PATHS = 3;

function checkCandidates({ candidates }: Discovery): Finding {
  const groups = new Map<string, string[]>();
  for (const one of candidates) {
    const text = textOf(one);
    groups.set(text, [...(groups.get(text) ?? []), one.path]);
  }
  const lines = [...groups].map(([text, paths]) =>
    text === TEXTS.missing || text === TEXTS.notAsked
      ? `${paths.length} ${text}`
      : `${listed(paths, MOST_PATHS)}: ${text}`,
  );
  return { found: lines.join("; "), verdict: "ok" };
}

function textOf({ answer, what, postbacks, path }: Candidate): string {
  if (answer === "postbacks" && postbacks !== null) return plural(postbacks, "postback");
  if (what === null || answer === "missing") return TEXTS[answer];
  // Refusals that differ only in the path that they repeat are one.
  return what.replaceAll(path.split("/").at(-1) ?? path, "…");
}

const TEXTS = {
  empty: "no rows",
  emptyUnnamed: "no rows",
  failed: "no answer",
  missing: "missing",
  noRows: "no rows",
  notAsked: "not asked",
  other: "something else",
  postbacks: "postbacks",
} as const satisfies Record<Candidate["answer"], string>;

async function checkListPath(
  { path, ended, unread, candidates }: Discovery,
  context: Context,
): Promise<Finding> {
  const found = candidates.filter(({ answer }) => answer === "postbacks");
  const others = listed(unread, MOST_PATHS);
  if (path !== null && found.length > 0) {
    if (unread.length === 0) return foundAt(path, found, context);
    return { found: findings.foundBeside(path, others), verdict: "warning", advice: advice.unreadPaths };
  }
  if (ended !== null)
    return { found: findings.searchEnded[ended], verdict: "unknown", advice: advice.searchEnded };
  const empty = candidates.filter(({ answer }) => answer === "empty" || answer === "emptyUnnamed");
  if (empty.length > 0) {
    const paths = listed(
      empty.map((one) => one.path),
      MOST_PATHS,
    );
    return { found: `${paths}: ${findings.unrecognized}`, verdict: "unknown", advice: advice.emptyListPath };
  }
  if (unread.length > 0)
    return { found: findings.mayBeAt(others), verdict: "unknown", advice: advice.unreadPaths };
  const isKnown = context.settings.endpoints !== "all";
  const verdict = isKnown ? "warning" : "problem";
  return { found: findings.noneShows(candidates.length), verdict, advice: advice.noList };
}

function foundAt(path: string, found: readonly Candidate[], { settings }: Context): Finding {
  const fitting = settingsFor(path, settings);
  if (found.length === 1) return { found: path, verdict: "ok", settings: fitting };
  const others = found.map((one) => one.path).filter((one) => one !== path);
  return {
    ...{ found: `${path}; postbacks also at ${listed(others, MOST_PATHS)}`, verdict: "ok" },
    ...{ advice: advice.severalPaths, settings: fitting },
  };
}

/** What a stack needs to read the list at a path. Other paths that are set stay. */
function settingsFor(path: string, { paths, endpoints: allowed }: Settings): RecommendedSetting[] {
  const { list: configured = endpoints.list.path, ...others } = paths;
  const list = path === endpoints.list.path ? {} : { list: path };
  const value = JSON.stringify({ ...list, ...others });
  return [
    ...(configured === path ? [] : [{ name: "paths", value, why: "the list was found there" } as const]),
    ...(allowed === "all"
      ? []
      : [{ name: "endpoints", value: "all", why: "this instance has a list" } as const]),
  ];
}
