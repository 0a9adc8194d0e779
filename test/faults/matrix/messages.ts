/** Whose doing a failure is. Messages of two of these must never read alike. */
type Blame = "network" | "CAKE refuses" | "unexpected answer" | "own guard" | "user's mistake" | "own bug";

interface MessageClass {
  readonly blame: Blame;
  /** What the message tells a person to do next. */
  readonly wayOn: RegExp;
  /** The words of a message that does not end in its code. */
  readonly words?: RegExp;
}

const ALLOW_LIST = /IP Whitelisting/;
const ON_UNKNOWN = /CAKE_ON_UNKNOWN=create:[\w.-]+/;

/** Every message with which an operation may end here, by its code. */
export const messages = {
  "cake-unreachable": {
    blame: "network",
    words: /^CAKE could not be reached: .* Nothing was sent/,
    wayOn: /Check cake:domain, the network and the proxy, then run again/,
  },
  "cake-response-lost": {
    blame: "network",
    words: /^CAKE did not give a usable answer/,
    wayOn: ALLOW_LIST,
  },
  "cake-silent": {
    blame: "own guard",
    words: /^Nothing was sent for this call: no call of this run has been answered/,
    wayOn: ALLOW_LIST,
  },
  "cake-outage": {
    blame: "own guard",
    words: /^Nothing was sent for this call: the last calls to CAKE all failed/,
    wayOn: /Run again when CAKE answers/,
  },
  "cake-asked-to-wait": {
    blame: "own guard",
    words: /^Nothing was sent for this call: CAKE asked to wait/,
    wayOn: /Run again after that time/,
  },
  "cake-too-late": {
    blame: "own guard",
    words: /^The call to CAKE was not sent again/,
    wayOn: /Run again, with a longer cake:operationTimeout/,
  },
  "cake-throttled": {
    blame: "CAKE refuses",
    words: /^CAKE asked to slow down/,
    wayOn: /Lower cake:callsPerSecond or raise cake:operationTimeout, then run again/,
  },
  "cake-key-refused": {
    blame: "CAKE refuses",
    words: /^CAKE does not accept the API key/,
    wayOn: /Set the new one in CAKE_API_KEY/,
  },
  "cake-refused": {
    blame: "CAKE refuses",
    words: /^CAKE refused the request/,
    wayOn: /Correct what CAKE names, then run again/,
  },
  "cake-endpoint-missing": {
    blame: "CAKE refuses",
    words: /^This CAKE instance has no such endpoint/,
    wayOn: /check that cake:domain is your CAKE instance|pulumi config set cake:endpoints without-list/,
  },
  "cake-web-page": {
    blame: "unexpected answer",
    words: /^CAKE answered with a web page/,
    wayOn: /Check that cake:domain is your CAKE instance/,
  },
  "cake-unexpected-answer": {
    blame: "unexpected answer",
    words: /^CAKE answered something unexpected/,
    wayOn: /Check that cake:domain is your CAKE instance|Check cake:domain\. .*IP Whitelisting/,
  },
  setting: {
    blame: "user's mistake",
    words: /^(The setting cake:|The environment variable |No API key is set|No CAKE instance is set)/,
    wayOn: /Refresh and destroy use the settings saved in the state/,
  },

  "update-endpoint-missing": {
    blame: "CAKE refuses",
    wayOn: /pulumi config set cake:endpoints documented/,
  },
  "change-by-hand": { blame: "user's mistake", wayOn: /CAKE_CONFIRMED_IDS_FILE/ },
  "create-overwrote": { blame: "unexpected answer", wayOn: /Restore its URL in CAKE/ },
  "update-went-wrong": { blame: "unexpected answer", wayOn: /Correct the postback in CAKE/ },
  "update-ignored": { blame: "unexpected answer", wayOn: /If it is changed there, .* run again/ },
  "update-not-confirmed": { blame: "own guard", wayOn: /Run again: it reads the postback first/ },
  "create-not-confirmed": { blame: "own guard", wayOn: /Check it in CAKE.* run "pulumi up" again/ },
  "create-not-found": { blame: "own guard", wayOn: /Nothing was created\. Run again/ },
  "create-outcome-unknown": { blame: "own guard", wayOn: ON_UNKNOWN },
  "interrupted-create-left": { blame: "own guard", wayOn: ON_UNKNOWN },
  "interrupted-create-unknown": { blame: "own guard", wayOn: ON_UNKNOWN },
  "stopped-by-earlier-write": { blame: "own guard", wayOn: /Solve that one first, then run again/ },
  "list-incomplete": { blame: "own guard", wayOn: /Run again\. If it stays, "pulumi-cake doctor"/ },
  "equal-postback-is-live": { blame: "own guard", wayOn: /"adopt: \{ postbackId: \d+ \}"/ },
  "fires-twice": { blame: "own guard", wayOn: /set overlapUntil, or suppress P20/ },
  "postback-missing": { blame: "own guard", wayOn: /run again with CAKE_ON_MISSING=forget:\d+/ },
  "absence-not-proven": { blame: "own guard", wayOn: /Run again later, or check the postback in CAKE/ },
  "changed-in-cake": { blame: "own guard", wayOn: /pulumi refresh.* CAKE_ON_DRIFT=overwrite/ },
  "other-postback": { blame: "own guard", wayOn: /Check that .* leads to your instance/ },
  "internal-error": { blame: "own bug", wayOn: /Report these lines to the maintainers/ },
} as const satisfies Record<string, MessageClass>;

export type MessageName = keyof typeof messages;

/** What is told beside an operation that succeeds. */
const remarks = {
  "drift-not-checked": /\[drift-not-checked\]$/m,
  "created-unchecked": /\[created-unchecked\]$/m,
  "create-resumed": /was made by an earlier run that was interrupted/,
} as const;

export type RemarkName = keyof typeof remarks;

/** The one class that a message belongs to. One that is like two, or like none, is a failure of its own. */
export function classOf(message: string): MessageName {
  const names = (Object.keys(messages) as MessageName[]).filter((name) =>
    isOf(messages[name], name, message),
  );
  const [name] = names;
  if (name === undefined || names.length > 1)
    throw new Error(`The message reads like ${names.join(" and ") || "no known class"}: ${message}`);
  if (!messages[name].wayOn.test(message)) throw new Error(`The message names no way on: ${message}`);
  return name;
}

// What a message quotes of an earlier one, its code included, stands before its own code.
function isOf({ words }: MessageClass, name: string, message: string): boolean {
  const [, code] = / \[([a-z-]+)\]$/m.exec(message) ?? [];
  return words ? code === undefined && words.test(message) : code === name;
}

export function remarksIn(text: string): RemarkName[] {
  return (Object.keys(remarks) as RemarkName[]).filter((name) => remarks[name].test(text));
}
