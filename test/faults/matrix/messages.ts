/** Whose doing a failure is. Messages of two of these must never read alike. */
type Blame = "network" | "CAKE refuses" | "unexpected answer" | "own check" | "user's mistake" | "own bug";

interface MessageClass {
  readonly blame: Blame;
  /** What the message says to do next. */
  readonly next: RegExp;
}

const ALLOW_LIST = /IP Whitelisting/;
const ON_UNKNOWN = /CAKE_ON_UNKNOWN=create:[\w.-]+/;

/** Every message with which an operation may end here, by its code. */
export const messages = {
  "cake-unreachable": {
    blame: "network",
    next: /Check cake:domain, the network and the proxy, then run again/,
  },
  "cake-response-lost": {
    blame: "network",
    next: ALLOW_LIST,
  },
  "cake-silent": {
    blame: "own check",
    next: ALLOW_LIST,
  },
  "cake-outage": {
    blame: "own check",
    next: /Run again when CAKE answers/,
  },
  "cake-asked-to-wait": {
    blame: "own check",
    next: /Run again after that time/,
  },
  "cake-too-late": {
    blame: "own check",
    next: /Run again, with a longer cake:operationTimeout/,
  },
  "cake-throttled": {
    blame: "CAKE refuses",
    next: /Lower cake:callsPerSecond or raise cake:operationTimeout, then run again/,
  },
  "cake-key-refused": {
    blame: "CAKE refuses",
    next: /Set the new one in CAKE_API_KEY/,
  },
  "cake-refused": {
    blame: "CAKE refuses",
    next: /Correct what CAKE names, then run again/,
  },
  "cake-endpoint-missing": {
    blame: "CAKE refuses",
    next: /check that cake:domain is your CAKE instance|pulumi config set cake:endpoints without-list/,
  },
  "cake-web-page": {
    blame: "unexpected answer",
    next: /Check that cake:domain is your CAKE instance/,
  },
  "cake-unexpected-answer": {
    blame: "unexpected answer",
    next: /Check that cake:domain is your CAKE instance|Check cake:domain\. .*IP Whitelisting/,
  },
  "settings-invalid": {
    blame: "user's mistake",
    next: /Refresh and destroy use the settings saved in the state/,
  },
  "settings-missing": {
    blame: "user's mistake",
    next: /Refresh and destroy use the settings saved in the state/,
  },
  "update-endpoint-missing": {
    blame: "CAKE refuses",
    next: /pulumi config set cake:endpoints documented/,
  },
  "change-by-hand": { blame: "user's mistake", next: /CAKE_CONFIRMED_IDS_FILE/ },
  "create-overwrote": { blame: "unexpected answer", next: /Restore its URL in CAKE/ },
  "update-went-wrong": { blame: "unexpected answer", next: /Correct the postback in CAKE/ },
  "update-ignored": { blame: "unexpected answer", next: /If it is changed there, .* run again/ },
  "update-not-confirmed": { blame: "own check", next: /Run again: it reads the postback first/ },
  "create-not-confirmed": { blame: "own check", next: /Check it in CAKE.* run "pulumi up" again/ },
  "create-not-found": { blame: "own check", next: /Nothing was created\. Run again/ },
  "create-outcome-unknown": { blame: "own check", next: ON_UNKNOWN },
  "interrupted-create-left": { blame: "own check", next: ON_UNKNOWN },
  "interrupted-create-unknown": { blame: "own check", next: ON_UNKNOWN },
  "stopped-by-earlier-write": { blame: "own check", next: /Solve that one first, then run again/ },
  "list-incomplete": { blame: "own check", next: /Run again\. If it stays, "pulumi-cake doctor"/ },
  "equal-postback-is-live": { blame: "own check", next: /adopt\.postbackId to \d+/ },
  "fires-twice": { blame: "own check", next: /set overlapUntil, or suppress P20/ },
  "postback-missing": { blame: "own check", next: /run again with CAKE_ON_MISSING=forget:\d+/ },
  "absence-not-proven": { blame: "own check", next: /Run again later, or check the postback in CAKE/ },
  "changed-in-cake": { blame: "own check", next: /pulumi refresh.* CAKE_ON_DRIFT=overwrite/ },
  "other-postback": { blame: "own check", next: /Check that .* leads to your instance/ },
  "internal-error": { blame: "own bug", next: /Report these lines to the maintainers/ },
} as const satisfies Record<string, MessageClass>;

export type MessageName = keyof typeof messages;

/** What is told beside an operation that succeeds. */
const remarks = {
  "drift-not-checked": /\[drift-not-checked\]$/m,
  "created-unchecked": /\[created-unchecked\]$/m,
  "create-resumed": /\[create-resumed\]$/m,
} as const;

export type RemarkName = keyof typeof remarks;

/** The code of a message. One that is unknown, or does not say what to do next, is a failure of its own. */
export function classOf(message: string): MessageName {
  const [, code = ""] = / \[([a-z-]+)\]$/m.exec(message) ?? [];
  if (!(code in messages)) throw new Error(`The message has no known code: ${message}`);
  const name = code as MessageName;
  if (!messages[name].next.test(message))
    throw new Error(`The message does not say what to do next: ${message}`);
  return name;
}

export function remarksIn(text: string): RemarkName[] {
  return (Object.keys(remarks) as RemarkName[]).filter((name) => remarks[name].test(text));
}
