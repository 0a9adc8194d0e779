import { message } from "../../message";

const NOTHING_READ = "Nothing was read from CAKE.";

/** What inventory says about its options and about earlier reports. */
export const messages = {
  /** Words such as "drifted" compare a stack's state with CAKE, and the command was given no stack, so no postback could ever match. */
  needsStacks: (word: string) =>
    message(
      "inventory-needs-stacks",
      `"${word}" compares postbacks with stacks, and no stack is given.`,
      NOTHING_READ,
      "Name exports, or one stack with --stack.",
    ),
  /** Words such as "lost-host" say what the check of the partners' hosts found, and without that check no postback could ever match. */
  needsHosts: (word: string) =>
    message(
      "inventory-needs-hosts",
      `"${word}" says what the check of a partner's host found, and no host is checked.`,
      NOTHING_READ,
      "Add --check-hosts.",
    ),
  /** The option `--csv` reads a file and `--source` reads CAKE, so the two exclude each other. */
  csvAndSource: (source: string) =>
    message(
      "inventory-csv-and-source",
      `--csv reads a file, and --source ${source} reads CAKE.`,
      NOTHING_READ,
      "Remove one of them.",
    ),
  /** The option `--affiliate` says whose campaigns CAKE is asked for. It does not filter a list, and without the source `campaigns` it would do nothing. */
  affiliateWithoutCampaigns: () =>
    message(
      "inventory-affiliate-without-campaigns",
      "--affiliate needs --source campaigns.",
      NOTHING_READ,
      "To filter the report: --where affiliate=2004",
    ),
  /** One export is named twice, perhaps by two paths, so each of its postbacks would be reported as managed twice. */
  exportTwice: (file: string) =>
    message(
      "inventory-export-twice",
      `the export ${file} is named twice.`,
      `All its postbacks would be managed twice. ${NOTHING_READ}`,
      "Name each export once.",
    ),
  /** The file after `--since` is not a JSON report of inventory, or another version of pulumi-cake wrote it. */
  sinceInvalid: (file: string) =>
    message(
      "inventory-since-invalid",
      `the file ${file} is not a JSON report of inventory that this version can read.`,
      NOTHING_READ,
      "Make one: pulumi-cake inventory --output report.json",
    ),
  /** The earlier report holds only the postbacks that matched a filter. Compared with it, all others would wrongly be reported as added. */
  sinceFiltered: (file: string, filters: readonly string[]) =>
    message(
      "inventory-since-filtered",
      `the file ${file} holds only postbacks with ${filters.join(" and ")}.`,
      "All others would be reported as added, so nothing was compared.",
      "Make the report for --since without --where.",
    ),
  /** A filter is a field, an equals sign and a value. The fields stand in the help of the command. */
  filterInvalid: (found: string, fields: string) =>
    message(
      "inventory-filter-invalid",
      `${found} is not a filter.`,
      NOTHING_READ,
      `Write field=value, such as host=track.acme.example or macro=#reqid#. Fields: ${fields}.`,
    ),
  /** A filter asks for an empty value, perhaps because a comma is left over or a variable of a script is not set. */
  filterEmpty: (field: string) =>
    message(
      "inventory-filter-empty",
      `the filter ${field}= has an empty value.`,
      NOTHING_READ,
      `Write ${field}=value.`,
    ),
  /** The value of a filter cannot be right, whatever CAKE holds: an ID has letters, for instance. */
  filterValueInvalid: (field: string, must: string, found: string) =>
    message(
      "inventory-filter-value-invalid",
      `the filter ${field} ${must}, found ${found}.`,
      NOTHING_READ,
      "Correct the value.",
    ),
  /** No postback can match this value, because nothing of that name exists. A typo would read as "no postback is affected", so it is an error. */
  filterValueUnknown: (noun: string, found: string, advice: string) =>
    message("inventory-filter-value-unknown", `no ${noun} is ${found}.`, "No postback could match.", advice),
};

/** What a filter's value must be. */
export const forms = {
  id: "must be an ID such as 2004",
  macro: "must be a macro such as #reqid#",
  host: "must be a host such as track.acme.example, or .acme.example for all below it, on any port",
  parameter: "must be the name of a parameter such as cid",
  shape: "must be a shape such as /postback?cid=#s2#, as --group shape shows it",
};

/** Why two reports compare only in part. */
export const limits = {
  incomplete: "one of the two lists may be incomplete, so only what is certainly added or gone is reported",
  otherSource: (kind: string) =>
    `the earlier report did not read this instance from the same source (${kind}), so nothing was compared`,
};

/** Why hosts were not judged. */
export const hostGaps = {
  dns: "this machine resolves no public names, so a lost domain cannot be seen from it",
  proxy: "calls go through a proxy, so TLS was not checked",
  time: "not checked before the time limit",
};

/** What a check says of a URL that has no host to check. */
export const noHost = {
  unknownUrl: "the URL is unknown",
  notCallable: "it is not the host of an http or https URL, or a macro decides it",
};
