import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { TRACKER_NAMES, TRACKERS } from "../../provider/postback/trackers";

const ROOT = join(__dirname, "../../provider");

/** What a file of the package imports, re-exports or requires: paths below `provider/`, or names of packages. */
interface SourceFile {
  readonly path: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly string[];
  /** Those that are still there when the types are gone. */
  readonly loads: readonly string[];
}

const files = pathsBelow(ROOT).map(parse);
const ours = new Set(files.map(({ path }) => path));

/**
 * For each part of the core, the parts that it may import beside itself. The data flows one way:
 * resource → (engine) → host → lifecycle → cake → http. Types count: a type of a layer above is knowledge of it.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  // A text for people and its code: every room has some.
  "message.ts": [],
  // A command to paste: messages have some.
  "shellCommand.ts": [],
  // What the package says about itself.
  "manifest.ts": [],
  "index.ts": ["postback", "resource", "settings"],
  resource: ["lookup", "postback", "settings"],
  // How any room treats a file: its encoding, and other programs that have it open.
  files: [],
  // What a program looks up it reads as the host does, but in its own process.
  lookup: ["lifecycle", "callLog", "cake", "http", "postback", "settings"],
  // What the doors share: the process, its settings and what marks a secret.
  door: ["http", "lifecycle", "settings"],
  "host.ts": ["door", "lifecycle"],
  plugin: ["door", "lifecycle", "lookup", "manifest.ts", "postback", "settings"],
  lifecycle: ["callLog", "cake", "files", "formats", "http", "postback", "settings"],
  // The file of the calls, which the layer that calls knows as an interface only.
  callLog: ["cake", "manifest.ts", "postback", "settings"],
  // What is read back by another version.
  formats: [],
  cake: ["http", "postback"],
  http: ["manifest.ts"],
  postback: [],
  settings: ["cake", "http", "postback"],
  csv: ["files", "postback"],
};
const CORE = files.filter(({ path }) => partOf(path) in MAY_IMPORT);

describe("the core", () => {
  it.each(Object.keys(MAY_IMPORT))("has the part %s", (part) => {
    expect(CORE.some(({ path }) => partOf(path) === part)).toBe(true);
  });

  it.each(CORE.map(({ path }) => path))("imports nothing against the flow of data: %s", (path) => {
    const part = partOf(path);
    const allowed = new Set([part, "message.ts", "shellCommand.ts", ...(MAY_IMPORT[part] ?? [])]);
    const parts = importsOf(path).filter(isOurs).map(partOf);
    expect(parts.filter((other) => !allowed.has(other))).toEqual([]);
  });

  // One that was not resolved would escape the rule above.
  it("imports only files that exist", () => {
    const lost = CORE.flatMap(({ path, imports }) =>
      imports.filter((name) => name.startsWith("lost:")).map((name) => `${path} has ${name}`),
    );
    expect(lost).toEqual([]);
  });
});

describe("the two doors", () => {
  const plugin = files.filter(({ path }) => partOf(path) === "plugin");
  const verbsOf = (paths: readonly string[]) =>
    new Set(
      paths
        .flatMap(importsOf)
        .filter((name) => /^lifecycle\/(?:check|create|delete|diff|read|update)\.ts$/.test(name)),
    );

  it("ask the same verbs of the lifecycle, and each has one that answers", () => {
    const verbs = ["check", "create", "delete", "diff", "read", "update"].map(
      (verb) => `lifecycle/${verb}.ts`,
    );
    expect(verbsOf(["host.ts"])).toEqual(new Set(verbs));
    expect(verbsOf(["plugin/postbackCalls.ts"])).toEqual(new Set(verbs));
  });

  // What decides whether a write is safe, or how CAKE is called, is not a door's.
  it.each(["host.ts", ...plugin.map(({ path }) => path)])("decide nothing: %s", (path) => {
    const core = /^(?:cake|http|callLog|resource|cli)\/|^lifecycle\/(?:safety|journal)\//;
    expect(importsOf(path).filter((name) => core.test(name))).toEqual([]);
  });

  it("are as short as what only carries can be", () => {
    const linesOf = ({ tree }: SourceFile) => tree.text.split("\n").length;
    // The types of the schema are a table for its generator, and no process loads it.
    const loaded = plugin.filter(({ path }) => path !== "plugin/schemaTypes.ts");
    const lines = loaded.reduce((sum, file) => sum + linesOf(file), 0);
    expect(lines).toBeLessThanOrEqual(950);
    expect(linesOf(files.find(({ path }) => path === "host.ts") as SourceFile)).toBeLessThanOrEqual(100);
  });
});

describe("foreign packages", () => {
  const importersOf = (name: string) =>
    files
      .filter(({ imports }) => imports.some((one) => one === name || one.startsWith(`${name}/`)))
      .map(({ path }) => path);

  it("lets only the transport import node-fetch", () => {
    expect(importersOf("node-fetch")).toEqual(["http/transport.ts"]);
  });

  // A policy pack is a program of Pulumi's, too, but the core must not load the SDK in the provider process.
  it("lets only the program's side of the core import @pulumi/pulumi", () => {
    const inCore = importersOf("@pulumi/pulumi").filter((path) => partOf(path) in MAY_IMPORT);
    // Of the plugin they are the types of messages: what it loads is the generated code alone.
    expect(new Set(inCore.map(partOf))).toEqual(new Set(["plugin", "resource"]));
  });

  it("keeps the domain free of any", () => {
    const foreign = CORE.filter(({ path }) => partOf(path) === "postback")
      .flatMap(({ imports }) => imports)
      .filter((name) => !isOurs(name) && !name.startsWith("node:"));
    expect(foreign).toEqual([]);
  });
});

describe("the network", () => {
  /** Who opens connections, and to whom: docs/support.md says the same in words under "No telemetry". */
  const CONNECTS: Readonly<Record<string, string>> = {
    "http/transport.ts": "the CAKE instance",
    "http/proxy.ts": "the proxy in front of it",
    "http/listening.ts": "the Pulumi engine that has started the process, on this machine",
    "plugin/engineLog.ts": "the same engine, to say what it shall show",
    "plugin/server.ts": "nobody: it listens on this machine",
    "cli/network/addresses.ts": "DNS, for the doctor and try --send",
    "cli/network/names.ts": "DNS, for inventory --check-hosts",
    "cli/network/handshake.ts": "the CAKE instance for the doctor, partners for inventory --check-hosts",
    "cli/network/call.ts": "one partner, for try --send",
    "sandbox/http/listen.ts": "nobody: it listens on this machine",
  };

  it("is used by the files whose purpose it is, and by no other", () => {
    const users = files.filter(({ tree }) => usesNetwork(tree)).map(({ path }) => path);
    expect(users).toEqual(Object.keys(CONNECTS).sort());
  });

  it("is used for hosts that are not CAKE by three commands only", () => {
    const users = files
      .filter(({ loads }) => loads.some((path) => path.startsWith("cli/network/")))
      .map(({ path }) => path.split("/").slice(0, 2).join("/"));
    expect([...new Set(users)]).toEqual(["cli/doctor", "cli/inventory", "cli/network", "cli/try"]);
  });

  it("is given to another program by one file only, which starts the Pulumi CLI", () => {
    const starters = files.filter(({ imports }) =>
      imports.some((name) => /^(?:node:)?child_process$/.test(name)),
    );
    expect(starters.map(({ path }) => path)).toEqual(["cli/input/pulumi.ts"]);
  });
});

describe("the package", () => {
  it("has no import cycle", () => {
    expect(cycle(files, ({ loads }) => loads)).toBeUndefined();
  });

  it("has no cycle in its core, types included", () => {
    expect(cycle(CORE, ({ imports }) => imports)).toBeUndefined();
  });

  it("has a public door that only re-exports", () => {
    const index = treeOf("index.ts");
    const others = index.statements.filter((one) => !(ts.isExportDeclaration(one) && one.moduleSpecifier));
    expect(others.map((one) => one.getText())).toEqual([]);
    expect(index.statements.length).toBeGreaterThan(0);
  });

  // Pulumi gives neither the provider process nor a program another place for what its resources and lookups share.
  it("keeps module-level state in the host's file and in two of the program's only", () => {
    const stateful = files.filter(({ tree }) => hasModuleState(tree)).map(({ path }) => path);
    expect(stateful).toEqual(["host.ts", "resource/findings.ts", "resource/lookups.ts"]);
  });

  // Bundlers drop a module of which nothing is used, if the manifest does not name it.
  it("acts while it is loaded only where its manifest says so", () => {
    const { sideEffects } = JSON.parse(readFileSync(join(ROOT, "../package.json"), "utf8"));
    const acting = files.filter(({ tree }) => tree.statements.some(acts)).map(({ path }) => path);
    expect(acting.map((path) => `./dist/${path.replace(/\.ts$/, ".js")}`)).toEqual(sideEffects);
  });

  it("writes to the console in the command line only", () => {
    const writers = files.filter(({ tree }) => mentions(tree, "console")).map(({ path }) => path);
    expect(writers.filter((path) => partOf(path) !== "cli")).toEqual([]);
  });

  it("knows no noun of CAKE in the HTTP layer", () => {
    const nouns = /postback|affiliate|offer|cake_|request_status/i;
    const told = files
      .filter(({ path }) => partOf(path) === "http")
      .filter(({ tree }) => identifiersAndTexts(tree).some((text) => nouns.test(text)));
    expect(told.map(({ path }) => path)).toEqual([]);
  });
});

describe("one home for each fact", () => {
  // The emulator's samples are postbacks as partners have them, trackers and all.
  const outside = files.filter(({ path }) => !/^(?:postback|sandbox\/data)\//.test(path));
  const patterns = (tree: ts.SourceFile) =>
    nodesOf(tree, ts.isRegularExpressionLiteral).map(({ text }) => text);
  const texts = (tree: ts.SourceFile) => nodesOf(tree, ts.isStringLiteralLike).map(({ text }) => text);

  it("knows what a macro looks like in the domain only", () => {
    const knows = outside.filter(({ tree }) => patterns(tree).some((one) => /#[([\\][^#]*#/.test(one)));
    expect(knows.map(({ path }) => path)).toEqual([]);
  });

  it("knows what partners take for a secret in the domain only", () => {
    const secret = /token|passw|secret|signature|api.?key/i;
    const knows = outside.filter(({ tree }) => patterns(tree).some((one) => secret.test(one)));
    expect(knows.map(({ path }) => path)).toEqual([]);
  });

  it("knows the trackers in the domain only", () => {
    const names = new Set(
      TRACKER_NAMES.flatMap((name) => [name, TRACKERS[name].name, ...TRACKERS[name].hosts]),
    );
    // Our own product has the name of one of them.
    for (const own of ["cake", "CAKE"]) names.delete(own);
    const knows = outside.filter(({ tree }) => texts(tree).some((one) => names.has(one)));
    expect(knows.map(({ path }) => path)).toEqual([]);
  });

  // Tables of data may hold sentences, and so may the markup and script of a page, generated code and the emulator's answers.
  const tables =
    /(?:^|\/)(?:messages|help|options|settings|environment|endpoints|fields|columns|conditions|vocabulary)\.ts$|^postback\/(?:rules|trackers)\/|^cli\/(?:(?:inventory|output)\/html|adopt\/code)|^sandbox\/(?:page|data)\//;

  it("keeps text for people that is longer than a line in the messages of its room", () => {
    const long = files
      .filter(({ path }) => !tables.test(path))
      .flatMap(({ path, tree }) => longTextsIn(tree).map((text) => `${path}: ${text}`));
    expect(long).toEqual([]);
  });

  it("reads users' files in the input room of the command line only", () => {
    const reads = /^(?:readFile|readFileSync|createReadStream|readSync)$/;
    const fromDisk = (one: ts.ImportDeclaration) => /^["']node:fs/.test(one.moduleSpecifier.getText());
    const readers = files.filter(({ tree }) =>
      nodesOf(tree, ts.isImportDeclaration)
        .filter(fromDisk)
        .some((one) => nodesOf(one, ts.isImportSpecifier).some(({ name }) => reads.test(name.text))),
    );
    const inCli = readers.map(({ path }) => path).filter((path) => path.startsWith("cli/"));
    const others = inCli.filter((path) => !/^cli\/input\//.test(path));
    expect(others).toEqual([]);
  });
});

// ---- The instrument itself: a rule that cannot fail holds nothing ------------------------------------------

describe("the instrument", () => {
  it("finds imports of every spelling", () => {
    const text = `
      import "a"; import x from "b"; import type { Y } from "c"; export { z } from "d"; export * from "e";
      const f = import("f"); const g = require("g"); type H = import("h").H; import i = require("i");
    `;
    expect(specifiers(treeFrom("x.ts", text))).toEqual(["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
    expect(specifiers(treeFrom("x.ts", text), "values")).toEqual(["a", "b", "d", "e", "f", "g", "i"]);
  });

  it("finds a cycle", () => {
    const file = (path: string, ...imports: string[]) => ({
      ...{ path, imports, loads: imports },
      tree: treeFrom(path, ""),
    });
    const straight = [file("a", "b", "c"), file("b", "c"), file("c")];
    expect(cycle(straight, ({ imports }) => imports)).toBeUndefined();
    const bent = [file("a", "b"), file("b", "c"), file("c", "b")];
    expect(cycle(bent, ({ imports }) => imports)).toEqual(["b", "c", "b"]);
  });

  it("tells mutable module state from constants and locals", () => {
    expect(hasModuleState(treeFrom("x.ts", "export let a = 1;"))).toBe(true);
    expect(hasModuleState(treeFrom("x.ts", "var a;"))).toBe(true);
    expect(hasModuleState(treeFrom("x.ts", "{ let a = 1; }"))).toBe(true);
    expect(hasModuleState(treeFrom("x.ts", "const a = new WeakMap<object, string>();"))).toBe(true);
    expect(hasModuleState(treeFrom("x.ts", "const a = { b: new Map() };"))).toBe(true);
    expect(hasModuleState(treeFrom("x.ts", "const a = new ProviderProcess(door);"))).toBe(true);
    expect(hasModuleState(treeFrom("x.ts", "const a = new Set([1]); const b = new Map(a);"))).toBe(false);
    expect(hasModuleState(treeFrom("x.ts", "const a = 1; function f() { let b; for (let i;;) {} }"))).toBe(
      false,
    );
  });

  it("tells what acts from what only declares", () => {
    const isActing = (text: string) => treeFrom("x.ts", text).statements.some(acts);
    for (const text of [
      'import "a";',
      "f();",
      "a.b = 1;",
      "if (a) f();",
      "for (;;) {}",
      "await f();",
      "{ f(); }",
    ])
      expect(isActing(text), text).toBe(true);
    expect(
      isActing(`
        import type { A } from "a"; import { b } from "b"; export * from "c"; export { d }; interface E {}
        const d = 1; function f() { d(); } class G { static h = 1; } type I = 1; enum J { K } export default f;
      `),
    ).toBe(false);
  });

  it("sees a network in what can connect, and not in what only knows of addresses", () => {
    const uses = (text: string) => usesNetwork(treeFrom("x.ts", text));
    expect(uses('import { connect } from "node:net";')).toBe(true);
    expect(uses('import * as tls from "tls";')).toBe(true);
    expect(uses('import fetch from "node-fetch";')).toBe(true);
    expect(uses('const { request } = await import("node:http2");')).toBe(true);
    expect(uses('const answer = await fetch("https://a.example");')).toBe(true);
    expect(uses('new WebSocket("wss://a.example");')).toBe(true);
    expect(uses("const server = new grpc.Server({});")).toBe(true);
    expect(
      uses('import { isIP, BlockList } from "node:net"; import { STATUS_CODES } from "node:http";'),
    ).toBe(false);
    expect(uses('import type { Agent } from "node:http"; list.fetch(0); this.fetch();')).toBe(false);
  });

  it("sees the console in code and not in words", () => {
    expect(mentions(treeFrom("x.ts", "console.log(1)"), "console")).toBe(true);
    expect(mentions(treeFrom("x.ts", "// console\nconst a = 'console';"), "console")).toBe(false);
  });
});

function pathsBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => path.split(sep).join("/"))
    .sort();
}

function parse(path: string): SourceFile {
  const tree = treeFrom(path, readFileSync(join(ROOT, path), "utf8"));
  const namesOf = (found: readonly string[]) => found.map((specifier) => resolved(path, specifier));
  return { path, tree, imports: namesOf(specifiers(tree)), loads: namesOf(specifiers(tree, "values")) };
}

function treeFrom(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function resolved(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  // A table of data, which the compiler finds or fails.
  if (specifier.endsWith(".json")) return specifier;
  // An import at run time names the file as it will be.
  const base = relative(ROOT, join(ROOT, dirname(from), specifier.replace(/\.js$/, "")))
    .split(sep)
    .join("/");
  const all = pathsBelow(ROOT);
  return [`${base}.ts`, `${base}/index.ts`, base].find((path) => all.includes(path)) ?? `lost: ${specifier}`;
}

function specifiers(tree: ts.SourceFile, which: "all" | "values" = "all"): string[] {
  const found: string[] = [];
  const add = (node: ts.Node | undefined) => {
    if (node && ts.isStringLiteralLike(node)) found.push(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (which === "values" && isForTypes(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) add(node.expression);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    else if (ts.isCallExpression(node) && isLoading(node.expression)) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function isForTypes(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly || onlyTypes(node.exportClause);
  if (!ts.isImportDeclaration(node) || !node.importClause) return false;
  const { isTypeOnly, name, namedBindings } = node.importClause;
  return isTypeOnly || (name === undefined && onlyTypes(namedBindings));
}

function onlyTypes(bindings: ts.NamedExportBindings | ts.NamedImportBindings | undefined): boolean {
  if (!bindings || !(ts.isNamedExports(bindings) || ts.isNamedImports(bindings))) return false;
  return [...bindings.elements].every((element) => element.isTypeOnly);
}

function isLoading(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require")
  );
}

// Outside of functions and classes; a block at the top of a module is still the module's.
function hasModuleState(tree: ts.SourceFile): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.Const)) return true;
    if (isToBeFilled(node)) return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(tree);
}

// One that begins empty is there to be filled, however constant the name that it is known by, and so is a provider process.
function isToBeFilled(node: ts.Node): boolean {
  if (!ts.isNewExpression(node)) return false;
  const name = node.expression.getText();
  const isEmpty = (node.arguments?.length ?? 0) === 0;
  return name === "ProviderProcess" || (isEmpty && ["Map", "Set", "WeakMap", "WeakSet"].includes(name));
}

/** Whether a statement at the top of a module does more than name things. */
function acts(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement)) return statement.importClause === undefined;
  return !(
    ts.isVariableStatement(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement)
  );
}

function mentions(tree: ts.SourceFile, name: string): boolean {
  const visit = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === name) || (ts.forEachChild(node, visit) ?? false);
  return visit(tree);
}

const NETWORK =
  /^(?:(?:node:)?(?:net|tls|dgram|https?|http2|dns|dns\/promises)|node-fetch|undici|https-proxy-agent)$/;
const NO_NETWORK = new Set(["isIP", "isIPv4", "isIPv6", "BlockList", "STATUS_CODES"]);
// The SDK's own copy of gRPC is not imported, but loaded.
const GLOBALS = new Set(["fetch", "WebSocket", "EventSource", "EngineClient", "grpc.Server"]);

/** Whether a file imports or calls what can reach another machine. Types and pure functions cannot. */
function usesNetwork(tree: ts.SourceFile): boolean {
  const harmless = nodesOf(tree, ts.isImportDeclaration).filter(({ importClause }) => {
    const names = importClause?.namedBindings;
    if (importClause?.name || !names || !ts.isNamedImports(names)) return false;
    return names.elements.every((one) => one.isTypeOnly || isPure(one));
  });
  const pure = harmless.map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text);
  const loads = specifiers(tree, "values").filter((name) => NETWORK.test(name) && !pure.includes(name));
  const calls = nodesOf(tree, (node) => ts.isCallExpression(node) || ts.isNewExpression(node));
  const isGlobal = ({ expression }: ts.CallExpression | ts.NewExpression) =>
    GLOBALS.has(expression.getText());
  return loads.length > 0 || calls.some(isGlobal);
}

function isPure({ name, propertyName }: ts.ImportSpecifier): boolean {
  return NO_NETWORK.has((propertyName ?? name).text);
}

// A line of a message has some dozen words.
function longTextsIn(tree: ts.SourceFile): string[] {
  const texts = nodesOf(
    tree,
    (node): node is ts.StringLiteralLike | ts.TemplateExpression =>
      ts.isStringLiteralLike(node) || ts.isTemplateExpression(node),
  ).map((node) => node.getText(tree));
  return texts.filter((text) => text.split(/\s+/).length >= 12);
}

function identifiersAndTexts(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function nodesOf<T extends ts.Node>(tree: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function partOf(path: string): string {
  return path.split("/")[0] ?? path;
}

function isOurs(name: string): boolean {
  return ours.has(name);
}

function importsOf(path: string): readonly string[] {
  return files.find((file) => file.path === path)?.imports ?? [];
}

function treeOf(path: string): ts.SourceFile {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`There is no ${path}.`);
  return file.tree;
}

/** One cycle, as the files it goes through. */
function cycle(
  among: readonly SourceFile[],
  edges: (file: SourceFile) => readonly string[],
): string[] | undefined {
  const next = new Map(among.map((file) => [file.path, edges(file)]));
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const other of next.get(path) ?? []) {
      const found = next.has(other) ? walk(other, [...trail, path]) : undefined;
      if (found) return found;
    }
    done.add(path);
    return undefined;
  };
  for (const { path } of among) {
    const found = walk(path, []);
    if (found) return found;
  }
  return undefined;
}
