import fc from "fast-check";
import prettier from "prettier";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { inTemplate, literal, propertyName } from "../../../../provider/cli/adopt/code/literal";
import { LAYOUTS } from "../../../../provider/cli/adopt/code/program";
import { declaredIn } from "../../../../provider/cli/adopt/code/scan";
import { namesFor } from "../../../../provider/cli/adopt/names";
import type { AdoptedRow } from "../../../../provider/cli/adopt/row";
import { sampleRows } from "../../../../provider/sandbox/data/samples";
import { added, corpus, declaredBy, explicit, rowOf } from "./support";

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: a partner's URL may look like code
const HOSTILE = [
  "https://t.partner.net/pb?a=\"'`${1+1}\\&b=#s2#",
  "https://t.partner.net/pb?a=\u2028\u2029\u0000\u001b[31m\u202e\ufeff\r\n\t&token=a`${process.exit()}\\",
  "https://t.partner.net/pb?a=\ud800&token=\udfff",
  "https://münchen.example/ä?ö=😀&secure=ß#$",
  "https://t.partner.net/pb?__proto__=x&token=$",
  "https://t.partner.net/*/ // */?a=</script>&key=*/",
  'https://t.partner.net/pb?token=abc&y=${postbackId: 7302, name: "evil"}&z=${secret("evil")}',
  'https://t.partner.net/pb?token=abc\\&y=\\${new AffiliatePostback("evil", { adopt: { postbackId: 7303 } })}',
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: a partner's URL may look like code

/** Rows whose URLs are given, with names as the command gives them. */
function rowsOf(urls: readonly string[]): AdoptedRow[] {
  const unnamed = urls.map((postbackUrl, index) =>
    rowOf({ postbackId: 100 + index, affiliateId: 1 + (index % 7), offerId: index, postbackUrl }),
  );
  const { resources } = namesFor(unnamed, new Set());
  return unnamed.map((row) => ({ ...row, name: resources.get(row.postbackId) ?? "" }));
}

const byId = (one: AdoptedRow, other: AdoptedRow) => one.postbackId - other.postbackId;
const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());

describe("a text in code", () => {
  it("reads back byte for byte, whatever it holds", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constantFrom(...HOSTILE)), (text) => {
        // biome-ignore lint/security/noGlobalEval: what a program would read is what is tested
        const read = globalThis.eval;
        expect(read(`(${literal(text)})`)).toBe(text);
        expect(read(`\`${inTemplate(text)}\``)).toBe(text);
        expect(read(`\`${inTemplate(text)}\${1}\``)).toBe(`${text}1`);
        expect(Object.entries(read(`({ ${propertyName(text)}: 1 })`))).toEqual([[text, 1]]);
        expect(literal(text)).toMatch(/^[\x20-\x7e]*$/);
      }),
      { seed: 20261123, numRuns: 1_000 },
    );
  });
});

describe.each(LAYOUTS)("adopted code laid out as %s", (layout) => {
  const rows = [
    ...rowsOf([...HOSTILE, ...corpus()]),
    rowOf({ postbackId: 9001, postbackStatus: "inactive", postbackTypeId: 3 }),
  ];
  const first = added(rows, new Map(), { layout });

  it("declares the same records, byte for byte, each protected and with its id", () => {
    const declared = declaredBy(first.code, first.secrets);
    expect(declared.map(explicit).sort(byId)).toEqual([...rows].sort(byId));
    expect(declared.every(({ options }) => (options as { protect: boolean }).protect)).toBe(true);
  });

  it("holds no value that partners take for a secret", () => {
    expect(Object.keys(first.secrets).length).toBeGreaterThan(5);
    const secret = "s3cr3t-canary-value";
    const { code, secrets } = added([
      rowOf({ postbackUrl: `https://t.acme.example/pb?cid=#s2#&token=${secret}` }),
    ]);
    expect([...code.values()].join("")).not.toContain(secret);
    expect(secrets).toEqual({ "acme-token": secret });
  });

  it("is as prettier would write it", async () => {
    for (const [file, text] of first.code)
      expect(await prettier.format(text, { parser: "typescript" }), file).toBe(text);
  });

  it("stays as it is when there is nothing new", () => {
    expect(added(rows, first.code, { layout, secrets: first.secrets })).toMatchObject({
      changed: [],
      secrets: {},
    });
  });

  it("only gets new lines for new rows, whatever a person did to the others", async () => {
    const edited = new Map(
      [...first.code].map(([file, text]) => [
        file,
        `// Somebody's remark.\n${text.replaceAll("2004", "2004 + 0")}`,
      ]),
    );
    const later = [
      rowOf({
        postbackId: 9101,
        name: "new-1",
        postbackUrl: "https://acme.rdtk.io/postback?clickid=#s2#&sum=#price#",
      }),
      rowOf({
        postbackId: 9102,
        name: "new-2",
        postbackUrl: "https://t.acme.example/pb?cid=#s2#&token=another",
      }),
      rowOf({ postbackId: 9103, name: "new-3", affiliateId: 99_999 }),
    ];
    const { code, secrets } = added([...rows, ...later], edited, { layout, secrets: first.secrets });
    for (const [file, text] of edited) {
      const lines = (code.get(file) ?? "").split("\n");
      for (const line of text.split("\n").filter((one) => !one.startsWith("import {"))) {
        const at = lines.indexOf(line);
        expect(at, `${file}: ${line}`).toBeGreaterThanOrEqual(0);
        lines.splice(0, at + 1);
      }
    }
    const declared = declaredBy(code, { ...first.secrets, ...secrets }).map(explicit);
    expect(declared.sort(byId)).toEqual([...rows, ...later].sort(byId));
    for (const text of code.values())
      expect(await prettier.format(text, { parser: "typescript" })).toBe(text);
  });

  it("is read again by what it declares, and not by what a partner's URL looks like", () => {
    const url = HOSTILE.find((one) => one.includes("7302")) ?? "";
    const { code } = added([rowOf({ postbackUrl: url })], new Map(), { layout });
    const { names, rewritten, secrets } = declaredIn(code.values());
    expect([...names]).toEqual([[7301, "acme-7301"]]);
    expect([...rewritten]).toEqual([]);
    expect([...secrets]).toEqual(["partner-token"]);
  });

  it("is read again by its names, and not by what stands in texts and comments", () => {
    const decoy =
      'const a = "postbackId: 1, name: \'x\'"; // new AffiliatePostback("y", { adopt: { postbackId: 2 } });\n';
    const { names, rewritten, secrets } = declaredIn([...first.code.values(), decoy]);
    expect(new Map([...names].sort())).toEqual(
      new Map(rows.map((one) => [one.postbackId, one.name] as const).sort()),
    );
    expect([...rewritten]).toEqual([]);
    expect([...secrets].sort()).toEqual(Object.keys(first.secrets).sort());
  });
});

const STYLES: Readonly<Record<string, (text: string) => Promise<string> | string>> = {
  "single quotes": (text) => formatted(text, { singleQuote: true }),
  "no semicolons": (text) => formatted(text, { semi: false }),
  tabs: (text) => formatted(text, { useTabs: true }),
  "no comma behind the last": (text) => formatted(text, { trailingComma: "none" }),
  "wide lines and tight braces": (text) => formatted(text, { printWidth: 140, bracketSpacing: false }),
  "narrow lines": (text) => formatted(text, { printWidth: 30, singleQuote: true, semi: false }),
  "Windows' line ends": (text) => text.replaceAll("\n", "\r\n"),
};

function formatted(text: string, options: prettier.Options): Promise<string> {
  return prettier.format(text, { parser: "typescript", ...options });
}

/** Code as a project's own formatter leaves it. */
async function inStyle(code: ReadonlyMap<string, string>, style: string): Promise<Map<string, string>> {
  const files = [...code].map(async ([file, text]) => [file, await STYLES[style]?.(text)] as const);
  return new Map((await Promise.all(files)).map(([file, text]) => [file, text ?? ""]));
}

const HANDMADE = [
  rowOf({ postbackUrl: "https://acme.rdtk.io/postback?clickid=#s2#&sum=#price#" }),
  rowOf({ postbackId: 7302, postbackUrl: "https://t.acme.example/pb?cid=#s2#&token=one" }),
];
const TRACKED = rowOf({
  ...{ postbackId: 7304, affiliateId: 2005 },
  postbackUrl: "https://acme.rdtk.io/postback?clickid=#s2#&sum=#price#",
});
const NEWER = rowOf({ postbackId: 7303, postbackUrl: "https://t.acme.example/pb?cid=#s2#&password=two" });

describe.each(Object.keys(STYLES))("code that was formatted with %s", (style) => {
  describe.each(LAYOUTS)("and is laid out as %s", (layout) => {
    it("stays as it is when there is nothing new", async () => {
      const { code, secrets } = added(HANDMADE, new Map(), { layout });
      const own = await inStyle(code, style);
      expect(added(HANDMADE, own, { secrets })).toMatchObject({ changed: [], secrets: {} });
    });

    it("gets only the new row", async () => {
      const { code, secrets } = added(HANDMADE, new Map(), { layout });
      const own = await inStyle(code, style);
      const later = added([...HANDMADE, NEWER], own, { secrets });
      const changed = layout === "table" ? "rows.ts" : "affiliate-2004.ts";
      expect(later.changed).toEqual([changed]);
      const [before = "", after = ""] = [own.get(changed), later.code.get(changed)];
      expect(linesOf(after).length - linesOf(before).length).toBe(layout === "table" ? 7 : 11);
      expect(withoutLines(after, before).join("\n")).toContain("postbackId: 7303");
      expect(after.includes("\r")).toBe(before.includes("\r"));
      expect(/(?<!\r)\n/.test(after)).toBe(/(?<!\r)\n/.test(before));
      const declared = declaredBy(later.code, { ...secrets, ...later.secrets }).map(explicit);
      expect(declared.sort(byId)).toEqual([...HANDMADE, NEWER]);
    });

    it("gets each import once where the new row needs one", async () => {
      const own = await inStyle(added([rowOf()], new Map(), { layout }).code, style);
      const { code, secrets } = added([rowOf(), ...HANDMADE.slice(1), TRACKED], own);
      for (const [file, text] of code) {
        const names = [...text.matchAll(/^import (?!type)([^;'"]*?) from/gm)].flatMap(([, one = ""]) =>
          one
            .replace(/[{}\s]/g, "")
            .split(",")
            .filter((name) => name !== ""),
        );
        expect(new Set(names).size, `${file}: ${names}`).toBe(names.length);
      }
      const declared = declaredBy(code, secrets).map(explicit);
      expect(declared.sort(byId)).toEqual([rowOf(), ...HANDMADE.slice(1), TRACKED]);
    });
  });
});

describe("adopted code", () => {
  // One look for all, because the compiler spends its time on the SDK's types.
  it("is valid strict TypeScript, of a first run and of a later one", { timeout: 60_000 }, async () => {
    const rows = rowsOf([...HOSTILE, ...corpus()]);
    const later = rowOf({
      postbackId: 9102,
      affiliateId: 1,
      postbackUrl: "https://t.acme.example/pb?token=later",
    });
    const code = LAYOUTS.flatMap((layout) => {
      const first = added(rows.slice(0, 50), new Map(), { layout });
      const second = added([...rows, later], first.code, { layout, secrets: first.secrets });
      return [...second.code].map(([file, text]) => [`${layout}/${file}`, text] as const);
    });
    const formattedCode = await Promise.all(
      LAYOUTS.flatMap((layout) =>
        Object.keys(STYLES).map(async (style, number) => {
          const own = await inStyle(added([rowOf()], new Map(), { layout }).code, style);
          const { code } = added([rowOf(), ...HANDMADE.slice(1), TRACKED], own);
          return [...code].map(([file, text]) => [`${layout}-${number}/${file}`, text] as const);
        }),
      ),
    );
    expect(mistakesIn(new Map([...code, ...formattedCode.flat()]))).toEqual([]);
    const wrong = new Map([["files/wrong.ts", "export const a: string = 1;\n"]]);
    expect(mistakesIn(wrong)).toEqual(["Type 'number' is not assignable to type 'string'."]);
  });
});

describe("the choice of a layout", () => {
  it("is statements for a few affiliates, and a table for many", () => {
    const many = Array.from({ length: 301 }, (_, index) => rowOf({ postbackId: 1 + index }));
    expect([...added(many.slice(1)).code.keys()]).toContain("affiliate-2004.ts");
    expect([...added(many).code.keys()]).toContain("rows.ts");
    const affiliates = Array.from({ length: 41 }, (_, index) =>
      rowOf({ postbackId: 1 + index, affiliateId: 1 + index }),
    );
    expect([...added(affiliates).code.keys()]).toContain("rows.ts");
  });

  it("is made once: another one later is refused", () => {
    const { code } = added([rowOf()]);
    expect(() => added([rowOf({ postbackId: 2 })], code, { layout: "table" })).toThrow("laid out as files");
    expect(added([rowOf({ postbackId: 2 })], code).changed).toEqual(["affiliate-2004.ts"]);
  });

  it("refuses a table whose last line a person has taken out, and says which", () => {
    const { code } = added([rowOf()], new Map(), { layout: "table" });
    const broken = new Map(
      [...code].map(([file, text]) => [file, text.replace(/^.*adds new rows above.*\n/m, "")]),
    );
    expect(() => added([rowOf({ postbackId: 2 })], broken)).toThrow("adds new rows above this line");
  });
});

describe("secrets in adopted code", () => {
  const url = (token: string) => `https://t.acme.example/pb?cid=#s2#&token=${token}`;

  it("have one name for one value of a partner, and another for another", () => {
    const rows = ["a", "b", "a"].map((token, index) =>
      rowOf({ postbackId: 1 + index, postbackUrl: url(token) }),
    );
    expect(added(rows).secrets).toEqual({ "acme-token": "a", "acme-token-2": "b" });
  });

  it("keep the names that the stack has, and never take one for another value", () => {
    const rows = [rowOf({ postbackUrl: url("a") }), rowOf({ postbackId: 2, postbackUrl: url("new") })];
    expect(added(rows, new Map(), { secrets: { "acme-token": "a" } }).secrets).toEqual({
      "acme-token-2": "new",
    });
    // Where its value is not known, a name that the code has may stand for any.
    const { code } = added(rows.slice(0, 1));
    expect(added(rows, code).secrets).toEqual({ "acme-token-2": "new" });
  });
});

describe("the sample network", () => {
  it("becomes statements with the trackers' templates", () => {
    const rows = rowsOf(sampleRows("network").map(({ postbackUrl }) => postbackUrl));
    const { code } = added(rows);
    const text = [...code.values()].join("");
    expect(text).toContain("trackers.binom({ domain: ");
    expect(declaredBy(code).map(explicit).sort(byId)).toEqual([...rows].sort(byId));
  });
});

/** Lines without the comma behind them: a formatter may have left out the last one, which a new row needs. */
const linesOf = (text: string) => text.split(/\r?\n/).map((line) => line.replace(/,$/, ""));

/** The lines of a text that another one does not have; each of the other's must stand in it, in order. */
function withoutLines(text: string, before: string): string[] {
  const rest = linesOf(text);
  const fresh: string[] = [];
  for (const line of linesOf(before)) {
    const at = rest.indexOf(line);
    expect(at, line).toBeGreaterThanOrEqual(0);
    fresh.push(...rest.splice(0, at + 1).slice(0, -1));
  }
  return [...fresh, ...rest];
}

/** What the compiler finds wrong in code that stands in a folder of the repository. */
function mistakesIn(code: ReadonlyMap<string, string>): string[] {
  const folder = `${__dirname}/adopted`;
  const options: ts.CompilerOptions = {
    ...{
      strict: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      noEmit: true,
      skipLibCheck: true,
    },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, types: [] },
    moduleResolution: ts.ModuleResolutionKind.Node16,
    paths: { "pulumi-cake": [`${__dirname}/../../../../dist/index.d.ts`] },
  };
  const host = ts.createCompilerHost(options);
  const textOf = (path: string) =>
    path.startsWith(`${folder}/`) ? code.get(path.slice(folder.length + 1)) : undefined;
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => textOf(path) ?? readFile.call(host, path);
  const { directoryExists } = host;
  host.directoryExists = (path) => path.startsWith(folder) || (directoryExists?.call(host, path) ?? true);
  host.fileExists = (path) => textOf(path) !== undefined || fileExists.call(host, path);
  host.getSourceFile = (path, target, ...others) => {
    const text = textOf(path);
    return text === undefined
      ? getSourceFile.call(host, path, target, ...others)
      : ts.createSourceFile(path, text, target);
  };
  const program = ts.createProgram(
    [...code.keys()].map((file) => `${folder}/${file}`),
    options,
    host,
  );
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.startsWith(folder))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
