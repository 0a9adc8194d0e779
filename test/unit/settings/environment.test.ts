import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { otherVariables, overrides } from "../../../provider/settings/environment";
import { SETTING_NAMES, settings } from "../../../provider/settings/settings";
import { sourceFile } from "../../docs/docstrings";

const PROVIDER = join(__dirname, "../../../provider");
const LISTED = new Set<string>([
  ...SETTING_NAMES.map((name) => settings[name].variable),
  ...Object.keys(overrides),
  ...Object.keys(otherVariables),
]);

/** Where the name of a variable is computed: from the table of settings, a provider's name or a URL's scheme. */
const COMPUTED = [
  "cli/sandbox/command.ts",
  "http/proxyFor.ts",
  "resource/stackSetting.ts",
  "settings/resolve.ts",
];

const NAME = /^[A-Z][A-Z0-9_]+$/;

/** The names of the variables that a file reads; `computed` where the name is none of its texts. */
function readsIn(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const isEnvironment = (node: ts.Expression) => /(^|\.)env$/i.test(node.getText(tree));
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && isEnvironment(node.expression)) found.push(node.name.text);
    if (ts.isElementAccessExpression(node) && isEnvironment(node.expression)) {
      const name = node.argumentExpression;
      found.push(ts.isStringLiteralLike(name) ? name.text : "computed");
    }
    // Constants of a folder and of messages are destructured, too.
    if (
      ts.isObjectBindingPattern(node) &&
      !/= (?:constants|provider(?:\.\w+)+)$/.test(node.parent.getText(tree))
    )
      found.push(...node.elements.map((one) => (one.propertyName ?? one.name).getText(tree)));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found.filter((name) => name === "computed" || NAME.test(name));
}

const reads = readdirSync(PROVIDER, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => ({ path: path.replaceAll("\\", "/"), names: readsIn(sourceFile(join(PROVIDER, path))) }));

describe("the list of environment variables", () => {
  it("names every variable that the package reads", () => {
    const unlisted = reads.flatMap(({ path, names }) =>
      names.filter((name) => name !== "computed" && !LISTED.has(name)).map((name) => `${name} in ${path}`),
    );
    expect(unlisted).toEqual([]);
  });

  it("names none that nobody reads", () => {
    const read = new Set(reads.flatMap(({ names }) => names));
    // The proxies are read by the scheme of a URL.
    const unread = [...Object.keys(overrides), ...Object.keys(otherVariables)].filter(
      (name) => !read.has(name) && !name.endsWith("_PROXY"),
    );
    expect(unread).toEqual([]);
  });

  it("computes names of variables in few places only", () => {
    const computing = reads.filter(({ names }) => names.includes("computed")).map(({ path }) => path);
    expect(computing.sort()).toEqual(COMPUTED);
  });

  it("says in a sentence what each is for", () => {
    const meanings = [
      ...Object.values(overrides).map(({ meaning }) => meaning),
      ...Object.values(otherVariables),
    ];
    expect(meanings.filter((meaning) => !/^[A-Z].*\.$/s.test(meaning))).toEqual([]);
  });

  it("is held by an instrument that sees every way to read one", () => {
    const text =
      'env.A_ONE; process.env.TWO; x.env["THREE"]; env[four]; const { FIVE: five } = process.env; f(({ SIX_6 }: E) => 1); env.incoming;';
    const tree = ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true);
    expect(readsIn(tree)).toEqual(["A_ONE", "TWO", "THREE", "computed", "FIVE", "SIX_6"]);
  });
});
