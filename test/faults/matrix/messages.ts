/** Whose doing a failure is. Messages of two of these must never read alike. */
export type Blame =
  | "network"
  | "CAKE refuses"
  | "unexpected answer"
  | "own guard"
  | "user's mistake"
  | "own bug";

interface MessageClass {
  readonly blame: Blame;
  /** The words that no other class has. */
  readonly words: RegExp;
  /** What the message tells a person to do next. */
  readonly wayOn: RegExp;
}

/** Every kind of message with which an operation may end. */
export const messages = {
  unreached: {
    blame: "network",
    words: /^CAKE could not be reached: .* Nothing was sent/,
    wayOn: /Check cake:domain, the network and the proxy, then run again/,
  },
  lost: {
    blame: "network",
    words: /^CAKE did not give a usable answer/,
    wayOn: /IP Whitelisting/,
  },
  stopped: {
    blame: "network",
    words: /^Nothing was sent for this call/,
    wayOn: /[Rr]un again/,
  },
  neverArrived: {
    blame: "own guard",
    words: /^The request to create .* did not reach CAKE/,
    wayOn: /Nothing was created; run again/,
  },
  throttled: {
    blame: "CAKE refuses",
    words: /^CAKE asked to slow down/,
    wayOn: /Lower cake:callsPerSecond or raise cake:operationTimeout, then run again/,
  },
  key: {
    blame: "CAKE refuses",
    words: /^CAKE does not accept the API key/,
    wayOn: /put the new key into the environment \(CAKE_API_KEY/,
  },
  refused: {
    blame: "CAKE refuses",
    words: /^CAKE refused the request/,
    wayOn: /Correct what CAKE names, then run again/,
  },
  noEndpoint: {
    blame: "CAKE refuses",
    words: /^This CAKE has no such endpoint/,
    wayOn: /check that cake:domain is your CAKE instance|set cake:paths/,
  },
  byHand: {
    blame: "CAKE refuses",
    words: /cannot be changed by API/,
    wayOn: /CAKE_CONFIRMED_IDS_FILE/,
  },
  webPage: {
    blame: "unexpected answer",
    words: /^CAKE answered with a web page/,
    wayOn: /Check that cake:domain is your CAKE instance/,
  },
  unexpected: {
    blame: "unexpected answer",
    words: /^CAKE answered something unexpected/,
    wayOn: /Check that cake:domain is your CAKE instance/,
  },
  overwritten: {
    blame: "unexpected answer",
    words: /^CAKE did not add a postback: it wrote .* over postback \d+/,
    wayOn: /restore its URL in CAKE, or declare one postback for this pair/,
  },
  spoilt: {
    blame: "unexpected answer",
    words: /did more or less than it was asked to/,
    wayOn: /Correct the record in CAKE/,
  },
  stillOld: {
    blame: "unexpected answer",
    words: /its list still shows the old values/,
    wayOn: /If it is changed there, run again/,
  },
  outcomeUnknown: {
    blame: "own guard",
    words: /^Outcome unknown: /,
    wayOn:
      /If the postback is there, set "adopt: \{ postbackId: <its id> \}".* if it is not, remove .* and run again/,
  },
  notWhole: {
    blame: "own guard",
    words: /^Whether CAKE already has .* cannot be told/,
    wayOn: /Run again; if it stays, ask CAKE about the list/,
  },
  exists: {
    blame: "own guard",
    words: /^CAKE already has postback \d+ /,
    wayOn: /set "adopt: \{ postbackId: \d+ \}"/,
  },
  gone: {
    blame: "own guard",
    words: /^CAKE no longer shows postback \d+/,
    wayOn: /run again with CAKE_ON_MISSING=forget:\d+/,
  },
  noProof: {
    blame: "own guard",
    words: /^CAKE's list does not show postback \d+ .* but that proves nothing/,
    wayOn: /Run again later, or look at the postback in CAKE/,
  },
  drift: {
    blame: "own guard",
    words: /^Somebody changed postback \d+ /,
    wayOn: /Run "pulumi refresh" to see it, or set CAKE_ON_DRIFT=overwrite/,
  },
  anotherPostback: {
    blame: "own guard",
    words: /^CAKE shows another postback under the id of postback \d+/,
    wayOn: /Check that .* leads to your instance/,
  },
  setting: {
    blame: "user's mistake",
    words: /^(The setting cake:|The environment variable |No API key is set|No CAKE instance is set)/,
    wayOn: /Refresh and destroy use the settings saved in the state/,
  },
  bug: {
    blame: "own bug",
    words: /^This is a bug in pulumi-cake/,
    wayOn: /keep these lines for its maintainers/,
  },
} as const satisfies Record<string, MessageClass>;

export type MessageName = keyof typeof messages;

/** What is told beside an operation that succeeds. */
export const remarks = {
  driftUnseen: /^Drift not checked: /m,
  createdUnseen: /^warning: postbacks are created without a look/m,
  notShown: /^warning: CAKE's list does not show .* It is kept in the state/m,
  takenOver: /was made by an earlier run that ended before Pulumi learned of it/m,
} as const;

export type RemarkName = keyof typeof remarks;

/** Whether the words above are those of the package. While they are rewritten, only the ends of a run are compared. */
export const areWordsKnown = !process.env.NEW_CORE;

/** The one class that a message belongs to. One that reads like two, or like none, is a failure of its own. */
export function classOf(message: string): MessageName | "fails" {
  if (!areWordsKnown) return "fails";
  const names = (Object.keys(messages) as MessageName[]).filter((name) => messages[name].words.test(message));
  const [name] = names;
  if (name === undefined || names.length > 1)
    throw new Error(`The message reads like ${names.join(" and ") || "no known class"}: ${message}`);
  if (!messages[name].wayOn.test(message)) throw new Error(`The message names no way on: ${message}`);
  return name;
}

export function remarksIn(text: string): RemarkName[] {
  if (!areWordsKnown) return [];
  return (Object.keys(remarks) as RemarkName[]).filter((name) => remarks[name].test(text));
}
