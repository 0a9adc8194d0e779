import { message } from "../../message";
import { PLUGIN_TYPE_TOKEN } from "../../postback/postback";

const NOTHING_DONE = "Nothing was done.";
const NOTHING_READ = "Nothing was read from CAKE.";
const OTHER_SOURCES =
  "If this instance has no list, read its campaigns (--source campaigns) or a file (--csv export.csv).";

/** What is said about files, settings and other input of a command. */
export const messages = {
  /** The command reads standard input if no file is named, and here standard input is a terminal, where nobody types a file. */
  inputMissing: (example: string) =>
    message("input-missing", "there is nothing to read.", NOTHING_DONE, `Run: ${example}`),
  /** The operating system refused to open the file. Its error code stands in parentheses: ENOENT means that there is no such file. */
  fileUnreadable: (file: string, reason: string) =>
    message(
      "file-unreadable",
      `the file ${file} cannot be read (${reason}).`,
      NOTHING_DONE,
      "Check its path and its permissions.",
    ),
  /** The text is not what Pulumi prints with `--json`. Often the preview failed before it printed anything, or another command was run. */
  previewInvalid: (why: string) =>
    message(
      "preview-invalid",
      `this is not the output of "pulumi preview --json": ${why}.`,
      NOTHING_DONE,
      "Run: pulumi preview --json > preview.json",
    ),
  /** Pulumi stops a preview at its first errors. The list of changes then lacks some, so a review of it could pass a harmful change. */
  previewFailed: (errors: string) =>
    message(
      "preview-failed",
      "the preview failed, so it does not show every change.",
      NOTHING_DONE,
      "Fix these errors, then run the preview again:",
      errors,
    ),
  /** The program ended before it declared a postback, usually because it does not compile or throws an error. */
  previewFailedEarly: (errors: string) =>
    message(
      "preview-failed-early",
      "the preview failed before it reached a postback: the program may not compile.",
      NOTHING_DONE,
      "Fix these errors, then run the preview again:",
      errors,
    ),
  /** The text is not what `pulumi stack export` prints. Often the export failed, or a preview was given instead. */
  exportInvalid: (why: string) =>
    message(
      "export-invalid",
      `this is not the output of "pulumi stack export": ${why}.`,
      NOTHING_DONE,
      "Run: pulumi stack export > stack.json",
    ),
  /** Pulumi writes a version into each export. One that this version of pulumi-cake does not know may mean something else by the same words. */
  exportVersion: (version: number, known: readonly number[], isNewer: boolean) =>
    message(
      "export-version-unknown",
      `this export has version ${version}, expected ${known.join(" or ")}.`,
      NOTHING_DONE,
      isNewer ? "Update pulumi-cake." : "Update the Pulumi CLI, run pulumi up, then export the stack again.",
    ),
  /** Pulumi stores each secret as encrypted JSON. What this export holds for one of them is not JSON, so it was probably edited by hand. */
  secretUnreadable: () =>
    message(
      "export-secret-unreadable",
      "a secret in the state cannot be read: it is not JSON.",
      NOTHING_DONE,
      "Export the stack again: pulumi stack export > stack.json",
    ),
  /** The option `--domain` names another instance than the stack does. Its API key belongs to the stack's instance and must not reach another. */
  otherDomain: (named: string, setting: string, own: string) =>
    message(
      "domain-contradicts-stack",
      `--domain is ${named}, and the stack's ${setting} is ${own}.`,
      "Nothing was sent or written, because the stack's key would reach another instance.",
      `Remove --domain, or use a stack of its own for ${named}.`,
    ),
  /** The API key of each instance comes from a variable of its own, whose name is made of the instance's name. Two of these names make the same one. */
  keyShared: (variable: string) =>
    message(
      "instance-key-shared",
      `two instances would take their key from ${variable}.`,
      `A key must not reach another instance. ${NOTHING_READ}`,
      "Give one of them another name.",
    ),
  /** Two of the given names lead to the same CAKE instance, so each of its postbacks would appear twice in the report. */
  instanceTwice: (host: string) =>
    message(
      "instance-named-twice",
      `the instance ${host} is named twice.`,
      NOTHING_READ,
      "Name each instance once, with --domain, --instance or CAKE_DOMAIN.",
    ),
  /** CAKE lists campaigns by affiliate only, and the command knows no affiliate to ask for: no option names one, and no stack has one. */
  campaignsWithoutAffiliate: () =>
    message(
      "campaigns-without-affiliate",
      "CAKE lists campaigns by affiliate, and no affiliate is known.",
      NOTHING_READ,
      "Name some with --affiliate 2004,2023, or compare with a stack.",
    ),
  /** The setting `cake:endpoints` says that this CAKE instance cannot list its postbacks, so the list was not requested. */
  listDisabled: (endpoints: string) =>
    message(
      "list-disabled",
      `the list was not read: cake:endpoints is "${endpoints}", so this CAKE instance has none.`,
      NOTHING_READ,
      OTHER_SOURCES,
    ),
  /** CAKE refused the request for its list of postbacks, or has no such endpoint. The second sentence says what came back instead. */
  listUnavailable: (why: string) =>
    message(
      "list-unavailable",
      `CAKE's list of postbacks cannot be read. ${why}`,
      NOTHING_READ,
      `Check cake:domain. "pulumi-cake doctor --discover" searches for the list elsewhere. ${OTHER_SOURCES}`,
    ),
  /** CAKE's complete list does not have the postback, and a read by its ID does not find it. It may belong to another instance, or the API key may not see its affiliate. */
  postbackNotFound: (postbackId: number, domain: string) =>
    message(
      "live-postback-not-found",
      `there is no postback ${postbackId} at ${domain} that this API key can see.`,
      NOTHING_DONE,
      "Check the ID and the instance.",
    ),
  /** CAKE's list does not show the postback, but the list may be incomplete, so the postback may exist all the same. */
  postbackUnknown: (postbackId: number, domain: string, doubt: string) =>
    message(
      "live-postback-unknown",
      `whether postback ${postbackId} exists at ${domain} is unknown: ${doubt}.`,
      NOTHING_DONE,
      "Run again later, or check the postback in CAKE.",
    ),
  /** The source `csv` is a file that somebody exported from CAKE, and no file is named. */
  csvFileMissing: () =>
    message("csv-file-missing", "--source csv needs a file.", NOTHING_READ, "Name it: --csv export.csv"),
  /** A file does not say which CAKE instance its postbacks belong to, so it can only stand for one instance. */
  csvOneInstance: () =>
    message(
      "csv-one-instance",
      "a CSV file holds the postbacks of one instance, and --instance names more.",
      NOTHING_READ,
      "Remove --instance.",
    ),
  /** A file does not say which CAKE instance its postbacks belong to, and without that they cannot be compared with a stack. */
  csvInstanceMissing: () =>
    message(
      "csv-instance-missing",
      "the CAKE instance of the CSV file is unknown.",
      "Nothing was compared.",
      "Name it with --domain, or in CAKE_DOMAIN.",
    ),
  /** The option `--cwd` must name the directory of a Pulumi project, and at this path there is no directory. */
  cwdNotDirectory: (folder: string) =>
    message(
      "cwd-not-directory",
      `--cwd cannot be used: ${folder} is not a directory.`,
      "Nothing was read.",
      "Name the directory of Pulumi.yaml.",
    ),
  /** The option `--stack` reads the stack's settings with the Pulumi CLI, which is not installed here or not on the PATH. */
  pulumiMissing: () =>
    message(
      "pulumi-missing",
      "--stack needs the Pulumi CLI, and there is none on the PATH.",
      "Nothing was read.",
      "Install it, or set CAKE_DOMAIN and CAKE_API_KEY instead of --stack.",
    ),
  /**
   * On Windows, the Pulumi CLI on the PATH is a batch file (`pulumi.cmd`), which only a shell can start. The shell would read
   * something in this argument, or in the path of the batch file, as a command. `pulumi.exe` of Pulumi's own installer needs
   * no shell.
   */
  batchFileUnsafe: (file: string, what: string) =>
    message(
      "batch-file-unsafe",
      `the Pulumi CLI is a batch file, ${file}, and ${what} has characters that a shell would run.`,
      "Nothing was started.",
      "Put the directory of pulumi.exe first on the PATH.",
    ),
  /** A command of the Pulumi CLI ended with an error. Its own words follow, with secrets of URLs masked. */
  pulumiFailed: (command: string, said: string) =>
    message(
      "pulumi-failed",
      `the command "pulumi ${command}" failed.`,
      "Nothing was written to CAKE.",
      "Fix this, then run the command again:",
      `\n${said}`,
    ),
  /** The Pulumi CLI printed the stack's settings in a form that this version of pulumi-cake does not know. */
  configUnreadable: () =>
    message(
      "pulumi-config-unreadable",
      "the output of pulumi config --json cannot be read.",
      "Nothing was read.",
      "Update pulumi-cake and the Pulumi CLI.",
    ),
  /** The rules are JSON, and this text is not, or it holds a word that the rules do not know. */
  rulesInvalid: (where: string, why: string) =>
    message(
      "rules-invalid",
      `the rules in ${where} cannot be used: ${why}.`,
      NOTHING_DONE,
      "Correct them: docs/rules.md lists what they can hold.",
    ),
  /** The command works in the directory of a Pulumi project, and this directory has no Pulumi.yaml. */
  projectMissing: (folder: string) =>
    message(
      "project-missing",
      `there is no Pulumi.yaml in ${folder}.`,
      "Nothing was written.",
      'Name the directory of a project with --cwd, or make one with "pulumi new typescript".',
    ),
  /** A file that describes the project has another form than Pulumi or Node expect. */
  projectUnreadable: (file: string, must: string) =>
    message(
      "project-unreadable",
      `the file ${file} cannot be read: it must be ${must}.`,
      "Nothing was written.",
      "Correct the file.",
    ),
  /**
   * Adopting writes TypeScript files. A program in another language uses the provider plugin, whose postbacks Pulumi itself
   * imports, one by one or many by `--file`.
   */
  projectOfOtherLanguage: (runtime: string) =>
    message(
      "project-other-language",
      `adopt writes TypeScript, and the runtime of this project is ${runtime}.`,
      "Nothing was written or imported.",
      `Import with the plugin: pulumi import ${PLUGIN_TYPE_TOKEN} <name> <ID>. Or adopt into a project of its own: "pulumi new typescript".`,
    ),
  /** Adopting writes TypeScript files, which Pulumi loads as CommonJS. This project's program cannot load such a file, so an import would block the stack. */
  projectUnsupported: (why: string) =>
    message(
      "project-unsupported",
      `this project cannot load the TypeScript that adopt writes: ${why}.`,
      "Nothing was written or imported.",
      'Adopt into a project of its own: "pulumi new typescript". If this program is built from TypeScript, name its source in Pulumi.yaml: "main: index.ts".',
    ),
};

/** Settings that are missing, one line each. */
export const missing = {
  instance: "No CAKE instance is set: name it with --domain, or in CAKE_DOMAIN.",
  instanceOf: (provider: string) =>
    `No CAKE instance is set: name that of the provider "${provider}" with --domain.`,
  apiKey: (variable: string) => `No API key is set: put it into ${variable} in the environment.`,
};

/** Why a text is not a preview or an export, each the end of a sentence. */
export const reasons = {
  empty: (noun: string) => `it is empty, so the ${noun} probably failed`,
  notJson: (noun: string) =>
    `it is not JSON. The ${noun} may have failed, it may be cut off, or two may stand in one text`,
  emptyDigest: "it has no steps, because Pulumi failed before it ran the program; see its errors above",
  isExport: 'it is the output of "pulumi stack export"',
  isEventLog: "it is an event log of an operation",
  isPreview: 'it is the output of "pulumi preview --json"',
  stateOf: (name: string) => `the state of ${name}`,
  noSteps: "it has no list of steps",
  noVersion: "it has no version",
  wrongPart: (path: string | undefined) =>
    `${path ? `"${path}"` : "a part of it"} is missing or has another form than in an export`,
};

/** Why a preview may not show every change. */
export const gaps = {
  unknownStep: (op: string, postbacks: string, names: string) =>
    `this version of pulumi-cake does not know the operation "${op}" of ${postbacks}: ${names}`,
  counts: (resources: string, op: string, listed: number) =>
    `Pulumi counted ${resources} to ${op}, and its JSON lists ${listed}`,
  refresh: '. The JSON of "pulumi refresh" does not say what differs: run pulumi preview --refresh --json',
};

/** What a source of live postbacks shows, and what it cannot show. */
export const statements = {
  list: "CAKE's list of postbacks, an endpoint that no CAKE article documents. It shows what the API key may see.",
  campaigns:
    "CAKE's documented export of campaigns. It shows the postback URL of each campaign. Whether it includes postbacks of the newer API is not documented.",
  csv: "An exported file. What it lacks, and what has changed in CAKE since, is unknown.",
};

/** Why a source may lack postbacks. */
export const doubts = {
  emptyList: "the list is empty, which may mean that the key has no rights",
  someCampaigns: (affiliates: readonly number[]) =>
    `only the campaigns of affiliate ${affiliates.join(", ")} were read`,
  file: "a file cannot prove that it holds every postback, or that it is up to date",
  rows: (count: number, what: string) => `of its rows, ${count} ${what}`,
  unreadableRows: (first: string) => `could not be read completely, first ${first}`,
  otherRows: "were skipped: they belong to another instance, or CAKE did not show them",
  repeatedRows: "repeated an ID, so only the first was used",
  rowsWithoutUrl: "had no URL, so their URL was not compared",
};
