import { alternatives, message } from "../../message";

const NOTHING_DONE = "Nothing was done.";
const NOTHING_SENT = "Nothing was sent.";

/** What is said about the postback to try, and about a call that is not made. */
export const messages = {
  /** The source has several postbacks, and the command tries one. Name it with one of the options in the message. */
  choiceNeeded: (source: string, postbacks: string, some: string, how: string) =>
    message(
      "try-choice-needed",
      `there are ${postbacks} in ${source}, and one can be tried at a time.`,
      NOTHING_DONE,
      `${how} Some of them: ${some}.`,
    ),
  /** The source has no postback at all: the file may be another one than was meant, or a preview without changes. */
  sourceEmpty: (source: string, why: string) =>
    message(
      "try-source-empty",
      `there is no postback to try in ${source}${why}.`,
      NOTHING_DONE,
      "Name another source. A preview lists unchanged postbacks only with --show-sames.",
    ),
  /** No postback of the source has the name, line or ID that an option gives. */
  notFound: (option: string, source: string, near: readonly string[], why: string) =>
    message(
      "try-not-found",
      `no postback in ${source} has ${option}${why}.`,
      NOTHING_DONE,
      near.length === 0 ? "Check the option and the source." : `Did you mean ${alternatives(near)}?`,
    ),
  /** Several resources have this name. They differ in their parent or type, so each has a URN of its own. */
  nameAmbiguous: (name: string, count: number, urns: string) =>
    message(
      "try-name-ambiguous",
      `${count} postbacks have the name ${name}.`,
      NOTHING_DONE,
      "Pass one of these to --resource, or an ID to --id:",
      `\n${urns}`,
    ),
  /** The source does not show the URL of this postback. A secret URL is shown only if Pulumi was asked to show secrets. A URL that is made of values of other resources is known only after the run. */
  urlUnreadable: (name: string, why: string, next: string) =>
    message(
      "try-url-unreadable",
      `the postback ${JSON.stringify(name)} cannot be tried: ${why}.`,
      NOTHING_DONE,
      next,
    ),
  /** An option says how the partner may be called, and without `--send` nobody is called. */
  needsSend: (option: string) =>
    message(
      "try-needs-send",
      `${option} was given without --send.`,
      NOTHING_SENT,
      "Add --send, or remove it.",
    ),
  /** The option `--set` names a macro that the URL does not have. CAKE replaces a macro only in its exact spelling, so `S2` is not `s2`. */
  macroMissing: (name: string, inUrl: readonly string[], near: string | undefined) =>
    message(
      "try-macro-missing",
      `the URL has no macro #${name}#.`,
      NOTHING_DONE,
      `${near === undefined ? "" : `Did you mean #${near}#? `}${inUrl.length === 0 ? "It has no macro at all." : `It has ${inUrl.map((one) => `#${one}#`).join(", ")}.`}`,
    ),
  /** The option `--set` gives a value to a macro that no CAKE article lists, and that `cake:rules` does not declare. The partner would receive the macro itself, not the value. */
  macroUnknown: (name: string, near: string | undefined) =>
    message(
      "try-macro-unknown",
      `no CAKE article lists the macro #${name}#.`,
      "CAKE would not replace it, and the partner would receive the macro itself.",
      `${near === undefined ? "" : `Did you mean #${near}#? `}If your CAKE instance replaces it, add it to "macros" in cake:rules.`,
    ),
  /** Jobs of a CI run for every commit, and each call may count a conversion at the partner. */
  inContinuousIntegration: () =>
    message(
      "try-not-in-ci",
      "this runs in continuous integration, where --send is refused.",
      NOTHING_SENT,
      "Run it on your machine, or add --allow-ci and --yes.",
    ),
  /** The call may count a conversion, so a person must agree to it, and here nobody can be asked. */
  nobodyToAsk: () =>
    message(
      "try-nobody-to-ask",
      "the call needs a confirmation, and there is no terminal to ask on.",
      NOTHING_SENT,
      "Run it in a terminal, or add --yes.",
    ),
  /** The question was answered with something else than yes. */
  declined: () =>
    message("try-declined", "the call was not confirmed.", NOTHING_SENT, "To send it, answer y."),
  /** The text is not a URL that HTTP can call: it may be HTML, have another scheme, or lack a host. */
  notCallable: () =>
    message(
      "try-not-callable",
      "the URL cannot be called: it needs http or https, and a valid host.",
      NOTHING_SENT,
      "Correct the URL first.",
    ),
  /** The host of the URL is an address of this machine or of a private network, or its name stands for one. A URL from outside must not reach such a server. */
  privateAddress: (address: string) =>
    message(
      "try-private-address",
      `the host of the URL is not on the public Internet${address}.`,
      NOTHING_SENT,
      "If you trust the URL, add --allow-private.",
    ),
};

/** Sentences of the report. */
export const phrases = {
  howToChoose: {
    resource: "Name one with --resource.",
    row: "Name its line with --row.",
  },
  whatNext: {
    hidden: "Make the source again with --show-secrets, and keep it as safe as a key.",
    unknown: "Run pulumi up, then try the output of pulumi stack export.",
    missing: "Add the URL to the source.",
  },
  invented: "an own macro of this project; its sample is made up",
  unknownMacro: "no CAKE article lists it",
  calledBy: {
    server: "CAKE's server makes this call.",
    browser: (type: string) =>
      `The visitor's browser makes this call, not CAKE's server: the type is ${type}.`,
    unknown:
      "CAKE's server makes this call if the type is server-to-server; otherwise the visitor's browser does.",
  },
  inactive: "This postback is inactive: CAKE does not call it.",
  encoding: "Values are percent-encoded here. Whether CAKE encodes them is not documented.",
  kept: (macros: string) =>
    `CAKE sends ${macros} as it is. Here its hashes are percent-encoded; unencoded, they would end the URL.`,
  cut: "An unmatched # ends the URL, so this is never sent:",
  cutSecret: "An unmatched # ends the URL, so the rest is never sent.",
  secret: "The program keeps this URL secret, so only the names of its parts are shown.",
  markup: "This is HTML that the visitor's browser runs, so it has no parts of a request.",
  sampleClick: (macro: string) => `The click ID is a sample. To use a real one: --set ${macro}=<click id>`,
  notSent: "Nothing was sent. To call the partner once: --send",
  question: (errors: string | undefined, host: string) =>
    `${errors === undefined ? "" : `The rules find ${errors} in this URL. `}This call may count a conversion at ${host}. Send it?`,
  secretHost: "the partner",
  rulesDecide: (errors: string) => `The rules find ${errors} in the URL, so this ends with exit code 1.`,
  refusalExpected: (macro: string) =>
    `That is expected: the click ID is a sample. To use a real one: --set ${macro}=<click id>`,
  duplicate: "The partner says that it was counted before.",
  access: "It wants another token or signature, or accepts only some addresses. CAKE calls from its own.",
  unknownClick: "The partner does not know this click.",
  redirectsTo: (place: string) => `It leads to ${place}`,
  cutBody: (read: number) => `only the first ${read.toLocaleString("en")} bytes were read`,
  proxy:
    "The environment names a proxy. This call does not use it, because a proxy would resolve the host itself.",
  trackerSays: (tracker: string) => `What ${tracker} documents:`,
};
