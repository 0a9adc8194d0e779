import type ts from "typescript";
import { endpoints, LIST_CANDIDATES } from "../../provider/cake/endpoints";
import { COLUMNS } from "../../provider/csv/columns";
import { FORMATS } from "../../provider/formats/formats";
import { FIELDS, type FieldName } from "../../provider/postback/fields";
import { otherVariables, overrides } from "../../provider/settings/environment";
import {
  defaultOf,
  keyVariableOf,
  meaningOf,
  SETTING_NAMES,
  type SettingSchema,
  settings,
} from "../../provider/settings/settings";
import { membersOf, sourceFile } from "./docstrings";
import { code, table } from "./markdown";

/** Every table of the docs that is made from the code, by the name that its markers carry. */
export function tables(root: string): Record<string, string> {
  const source = sourceFile(`${root}/provider/resource/affiliatePostback.ts`);
  return {
    arguments: argumentTable(source),
    outputs: outputTable(source),
    settings: settingTable(),
    overrides: overrideTable(),
    otherVariables: table(
      ["Variable", "Meaning"],
      Object.entries(otherVariables).map(([name, meaning]) => [code(name), meaning]),
    ),
    formats: formatTable(),
    endpoints: endpointTable(),
    listCandidates: candidateTable(),
    csvColumns: csvTable(),
  };
}

function argumentTable(source: ts.SourceFile): string {
  const rows = membersOf(source, "AffiliatePostbackArgs").map(({ name, optional, text, fallback }) => [
    code(name) + (optional ? "" : " (required)"),
    text,
    fallback,
    FIELDS[name as FieldName].change,
  ]);
  return table(["Argument", "Meaning", "Default", "A change does"], rows);
}

function outputTable(source: ts.SourceFile): string {
  const rows = membersOf(source, "AffiliatePostback").map(({ name, text }) => [code(name), text]);
  return table(["Output", "Meaning"], rows);
}

function settingTable(): string {
  const rows = SETTING_NAMES.map((name) => {
    const schema: SettingSchema = settings[name];
    const { variable } = schema;
    const variables =
      name === "apiKey"
        ? `${code(variable)}, ${code(keyVariableOf("<name>").replace("_NAME_", "<NAME>"))}`
        : code(variable);
    return [code(`cake:${name}`), variables, meaningOf(schema), defaultOf(schema)];
  });
  return table(["Setting", "Environment", "Meaning", "Default"], rows);
}

function overrideTable(): string {
  const rows = Object.entries(overrides).map(([name, { value, meaning }]) => [
    code(`${name}=${value}`),
    meaning,
  ]);
  return table(["Variable", "Decision"], rows);
}

/** Where each format carries its version, and what an older pulumi-cake does with a newer one. */
const FORMAT_DOCS: Readonly<
  Record<keyof typeof FORMATS, readonly [what: string, mark: string, older: string]>
> = {
  state: [
    "Inputs and outputs of a postback in the state",
    "`__version` among them; not written yet, and none means 1",
    "A preview, an update, a delete and a refresh of the postback stop; the state stays. Commands that read the export end with 2.",
  ],
  journalEntry: [
    "Entry of the journal",
    "`version` in the first line",
    "A create for the same affiliate and offer stops; the entry stays. `preflight` shows it.",
  ],
  runFile: [
    "Records of a run, in `runs` of the journal",
    "`version` in the first line; not written yet, and none means 1",
    "While that process runs, adoptions and deactivations of the same run stop. The file stays.",
  ],
  adopted: ["`adopted.json`, from `adopt`", "`version`", "`adopt` ends with 2 and writes nothing."],
  inventoryReport: [
    "The report of `inventory`, as `--since` reads it",
    "`version`",
    "`inventory` ends with 2 and reads nothing from CAKE.",
  ],
  sandboxFile: ["A saved sandbox", "`format`", "`sandbox` ends with 2 and leaves the file as it is."],
};

function formatTable(): string {
  const rows = (Object.keys(FORMATS) as (keyof typeof FORMATS)[]).map((format) => {
    const [what, mark, older] = FORMAT_DOCS[format];
    return [what, mark, String(FORMATS[format]), older];
  });
  return table(["What", "Mark", "Version", "An older pulumi-cake that meets a newer version"], rows);
}

function endpointTable(): string {
  const rows = Object.entries(endpoints).map(([name, { method, path, standing, source, read }]) => [
    name,
    code(`${method} ${path}`),
    standing === "documented" ? "**documented**" : "assumed",
    `${source} (read ${read})`,
  ]);
  return table(["Endpoint", "Call", "Standing", "Source"], rows);
}

/** A column for each version of CAKE's API, in the order in which they are asked. */
function candidateTable(): string {
  const versionOf = (path: string) => path.split("/").slice(0, 3).join("/");
  const versions = [...new Set(LIST_CANDIDATES.map(versionOf))];
  const columns = versions.map((one) => LIST_CANDIDATES.filter((path) => versionOf(path) === one));
  const rows = (columns[0] ?? []).map((_, index) => columns.map((column) => code(column[index] ?? "")));
  return table(["First", "Then", "Last"], rows);
}

function csvTable(): string {
  const rows = Object.entries(COLUMNS).map(([name, { headers, nameHeaders = [] }]) => [
    code(name),
    [...headers, ...nameHeaders].map(code).join(", "),
  ]);
  return table(["Field", "Headers, the first that is there counts"], rows);
}
