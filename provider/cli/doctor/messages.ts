import { message } from "../../message";
import type { FailureKind } from "./probe";

/** What stops the doctor before its first call. */
export const messages = {
  /**
   * `--anonymize` makes a report to send to strangers, which only exists as JSON. The report for a terminal names the
   * instance and quotes its answers.
   */
  anonymizeNeedsJson: () =>
    message(
      "doctor-anonymize-needs-json",
      "--anonymize was given without --format json.",
      "No call was made: the report for a terminal names your instance.",
      "Add --format json: pulumi-cake doctor --format json --anonymize",
    ),
};

/** What the command says while it works. */
export const phrases = {
  checking: (origin: string, seconds: number) =>
    `Checking ${origin}. A call without a response times out after ${seconds} s.`,
  searching: (paths: readonly string[]) =>
    [
      `Searching for the list of postbacks on ${paths.length} paths. Each is asked by GET, one at a time: first without the key, and with it only if the answer is not that of a missing path. To compare, a path that cannot exist and the request log are asked, too.`,
      ...paths.map((path) => `  ${path}`),
    ].join("\n"),
  skipped: (titles: readonly string[]) => `Not checked because of the last finding: ${titles.join(", ")}.`,
};

/** What the checks find, where it takes more than a few words. The id of the check is its code. */
export const findings = {
  proxyInvalid: "the proxy in the environment is not an http or https URL",
  tls: (protocol: string, trust: string, validity: string, daysLeft: number) =>
    `${protocol}, ${trust}, valid ${validity} (days left: ${daysLeft})`,
  tlsNotTried: (what: string) => `not tried, because there is no connection: ${what}`,
  cannotTell: "a read-only check cannot tell this endpoint from a missing one",
  answersLikeNeither: "its answer differs from that of the create and from that of a missing path",
  answersLikeMissing: "missing: it answers like a path that does not exist, and the create does not",
  throttled: (count: number) => `CAKE asked ${count} times to slow down during these few reads`,
  endless: "it does not end within the pages that a run would read",
  rowLimitIgnored: (asked: number) => `the list ignores row_limit: it returns more than ${asked} rows`,
  noRows: "a success without rows",
  emptyRows: (isNamed: boolean) =>
    `a success without rows${isNamed ? "" : ", in an array of an unknown name"}`,
  otherRows: (fields: string) => `rows that are not postbacks: ${fields}`,
  unrecognized: "an empty list, which shows no postbacks to recognize it by",
  answersAlike: "all calls are answered alike, so each path was asked with the key",
  answersDiffer: (missing: number, all: number) =>
    `a missing path is recognized by its answer: ${missing} of ${all} are missing`,
  foundBeside: (path: string, others: string) =>
    `${path}; but ${others} may be the list, too, and could not be read`,
  mayBeAt: (paths: string) => `no path shows it, and it may be at ${paths}, which could not be read`,
  noneShows: (all: number) => `none of ${all} paths shows a list of postbacks`,
  searchEnded: {
    key: "the search ended: CAKE rejected the key",
    noAnswer: "the search ended: calls were not answered",
    throttled: "the search ended: CAKE asked to slow down for too long",
  },
  filtersIncomplete: "incomplete: rows that match are missing, though the list shows them",
};

/** What a finding means for a stack, and what to do. */
export const advice = {
  proxyFromEnvironment:
    "CAKE must allow the address that calls leave from, on every machine that runs the stack. Set cake:proxy to be sure.",
  proxyUnusable: "No call can be made. Correct the variable (HTTPS_PROXY, ALL_PROXY), or set cake:proxy.",
  unknownHost: "Check how the domain is spelled, and whether this machine can resolve names.",
  insecureHttp: "The API key travels in clear text. Use https.",
  checksOff:
    "NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates, so others on the network can read the API key. Unset it.",
  untrusted:
    "No key was sent. Check the domain. If a private authority issued the certificate, name its file in NODE_EXTRA_CA_CERTS.",
  endsSoon: "Calls fail when the certificate expires. Ask the owner of this host to renew it.",
  noTls: "Check the domain with its port: something other than an https server may listen there.",
  noConnection: "Check the domain with its port, the firewall, and the proxy if there is one.",
  proxyPassword: "The proxy needs a user and a password: cake:proxy takes http://user:password@host:port.",
  proxyRefused:
    "The proxy does not let this machine through to CAKE. Check cake:proxy and the rules of the proxy.",
  ignored:
    "CAKE ignores addresses that are not on its allow-list, and this looks like it. Add the address of this machine, or of its proxy: Setup > Blocks and Profanity > IP Whitelisting.",
  expectIds:
    "Name postbacks that you know with --expect-id. Only that proves that the key sees the right network, and all of it.",
  wrongNetwork:
    "The key belongs to another network, or sees only a part of it, or the postback was removed. Resolve this before the first pulumi refresh.",
  notShownByPart: "The list is incomplete, so the postback may exist.",
  emptyList: "A key without rights gets an empty list, too. Run the doctor again when there is a postback.",
  listNotRead: "Creates and updates do not check the list, and a refresh sees no drift.",
  listMissing:
    "Without a list every create and update stops, and a refresh sees no drift. If your instance lists postbacks elsewhere, --discover searches for the path, and --paths list=its/path (setting cake:paths) names it. If it has no list, set cake:endpoints to without-list.",
  noList:
    "No other path was tried. Without a list, these work all the same: a stack with cake:endpoints without-list, inventory --source campaigns or --csv, lint and review. Ask CAKE's support for the path: docs/your-cake.md has the question.",
  emptyListPath:
    "Run this again when CAKE has a postback, and with a key that may see it: a key without rights gets an empty list, too.",
  unreadPaths:
    "Find out first what these paths are: set no cake:paths and no cake:endpoints until then. Give the key's role the right to read postbacks, run the doctor again, or ask CAKE's support.",
  severalPaths:
    "The first one is that which shows most postbacks. Use one path only, in every stack of this instance.",
  searchEnded: "The other findings say why. Then run this again.",
  listSilent:
    "The server answered other calls, so the problem is the list itself. Try a smaller cake:pageSize or a longer cake:requestTimeout.",
  listFails:
    "Every create and update stops while the list cannot be read. Run the doctor again. If this stays, ask CAKE's support.",
  listRefused:
    "This path answers, so it may be the list. Every create and update stops while it cannot be read. Give the key's role the right to read postbacks, or search elsewhere with --discover.",
  incomplete:
    "An incomplete list never proves that a postback is gone, so the state is kept. Somebody may just have changed postbacks: run the doctor again.",
  incompleteForCreates: "Creates stop, too, because the filters do not help.",
  wrongTotal: "A list whose total and rows differ counts as incomplete.",
  filtersIgnored: "Every read of one postback reads all pages.",
  filtersIncomplete:
    "A read by ID or affiliate can miss live postbacks. Run the doctor again. If this stays, ask CAKE's support.",
  writeUnknown:
    'A run sends its first write alone, reads it back, and stops if it is missing or changed something other than requested. To try it before, see "Prove writes" in docs/your-cake.md.',
  updateMissing:
    "Updates and removals stop. If your instance updates postbacks elsewhere, name the path: --paths update=its/path (setting cake:paths). If it cannot update, set cake:endpoints to documented: changes then become a work list.",
  updateNotUsed: "Updates and removals become a work list, to be done by hand in CAKE.",
  logMissing: "CAKE documents it, so check that the domain is your CAKE instance. Stacks do not need it.",
  slow: "Give calls more time, as recommended below.",
  throttled: "Send fewer calls at once, as recommended below.",
} as const;

const NOT_CAKE =
  "This may be a login page, a firewall's block page, or a server other than CAKE. Check the domain.";
const RUN_AGAIN = "Check that the domain is your CAKE instance, and run the doctor again.";

/** What it means that no call with the key returned data. */
export const keyAdvice: Readonly<Record<FailureKind, string>> = {
  key: "A new key in CAKE ends the old one at once. Or the key's role may not use the API.",
  missing:
    "No other documented call proves a key. Check that the domain is your CAKE instance. If it lists postbacks elsewhere, --discover searches for the path, and --paths list=its/path (setting cake:paths) names it. If it has no list: pulumi config set cake:endpoints without-list. Creates then check nothing, and the first one shows whether CAKE accepts the key.",
  redirect:
    "Set the domain to the host on which CAKE itself answers. No redirect is followed, because that would hand the key on.",
  webPage: NOT_CAKE,
  timeout:
    "The server answered a call without the key, so the connection works. Try a longer cake:requestTimeout. If the list is elsewhere, --discover searches for it, and --paths (setting cake:paths) names it.",
  empty:
    "CAKE gives empty answers to addresses that are not on its allow-list (Setup > Blocks and Profanity > IP Whitelisting). Or this is another server: check the domain.",
  unreached: advice.noConnection,
  lost: RUN_AGAIN,
  throttled: RUN_AGAIN,
  refused: RUN_AGAIN,
  unexpected: NOT_CAKE,
};
