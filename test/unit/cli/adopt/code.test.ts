import fc from "fast-check";
import prettier from "prettier";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { inTemplate, literal } from "../../../../provider/cli/adopt/code/literal";
import { indexText, LAYOUTS, layoutFor, programOf } from "../../../../provider/cli/adopt/code/program";
import { SecretNames } from "../../../../provider/cli/adopt/code/secretNames";
import { partsOf } from "../../../../provider/cli/adopt/code/secretParts";
import type { AdoptedRow } from "../../../../provider/cli/adopt/row";
import { sampleRows } from "../../../../provider/sandbox/data/samples";
import { corpus, declarable, declaredBy, explicit, namesFor, rowOf, written } from "./support";

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: a partner's URL may look like code
const HOSTILE = [
  "https://t.partner.net/pb?a=\"'`${1+1}\\&b=#s2#",
  "https://t.partner.net/pb?a=\u2028\u2029\u0000\u001b[31m\u202e\ufeff\r\n\t&token=a`${process.exit()}\\",
  "https://münchen.example/ä?ö=😀&secure=ß#$",
  "https://t.partner.net/pb?__proto__=x&token=$",
  "https://t.partner.net/*/ // */?a=</script>&key=*/",
  'https://t.partner.net/pb?token=abc&y=${postbackId: 7302, name: "evil"}&z=${secret("evil")}',
  'https://t.partner.net/pb?a=1,"2";=3\n',
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

const byId = (one: { postbackId: number }, other: { postbackId: number }) =>
  one.postbackId - other.postbackId;
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
  const { code, secrets } = written(rows, layout);

  it("declares the same postbacks, byte for byte, each protected and with its ID", () => {
    const declared = declaredBy(code, secrets);
    expect(declared.map(explicit).sort(byId)).toEqual(rows.map(declarable).sort(byId));
    expect(declared.every(({ options }) => (options as { protect: boolean }).protect)).toBe(true);
  });

  it("holds no value that partners take for a secret", () => {
    expect(Object.keys(secrets).length).toBeGreaterThan(5);
    const told = written([rowOf({ postbackUrl: "https://t.acme.example/pb?cid=#s2#&token=s3cr3t" })], layout);
    expect([...told.code.values()].join("")).not.toContain("s3cr3t");
    expect(told.secrets).toEqual({ "acme-token": "s3cr3t" });
  });

  it("is as prettier would write it", async () => {
    for (const [file, text] of code)
      if (file.endsWith(".ts"))
        expect(await prettier.format(text, { parser: "typescript" }), file).toBe(text);
  });

  it("holds plain ASCII alone, so that a reviewer sees every letter", () => {
    for (const [file, text] of code) expect(text, file).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it("gets new files for new postbacks, whatever is there", () => {
    const taken = [...code.keys()];
    const later = programOf([rowOf({ postbackId: 9101, name: "new-1" })], {
      ...{ layout, partners: new Map([[2004, "acme-media"]]), taken },
    });
    expect([...later.files.keys()].filter((file) => taken.includes(file))).toEqual([]);
    expect([...later.fileOf.values()]).toEqual([layout === "csv" ? "postbacks-2.csv" : "acme-media-2.ts"]);
  });
});

it("a shared file is not written again beside one that differs by case alone", () => {
  const files = (taken: string[]) => [
    ...programOf([rowOf()], { layout: "files", partners: new Map(), taken }).files.keys(),
  ];
  expect(files([])).toContain("shared.ts");
  expect(files(["Shared.ts"])).not.toContain("shared.ts");
});

describe("the name of a file", () => {
  const nameFor = (partner: string, taken: readonly string[] = []) => {
    const options = { layout: "files" as const, partners: new Map([[2004, partner]]), taken };
    return programOf([rowOf()], options).fileOf.get(7301);
  };

  it.each([
    ["acme", [], "acme.ts"],
    ["index", [], "index-2.ts"],
    ["shared", ["shared.ts"], "shared-2.ts"],
    ["adopted", [], "adopted-2.ts"],
    ["con", [], "con-2.ts"],
    ["lpt1", [], "lpt1-2.ts"],
    ["acme", ["acme.js"], "acme-2.ts"],
    ["acme", ["Acme.ts"], "acme-2.ts"],
    ["acme", ["ACME.CSV", "acme-2.ts"], "acme-3.ts"],
    ["nul", [], "nul-2.ts"],
    ["acme", ["acme.ts", "acme-2.csv"], "acme-3.ts"],
  ])("for %s beside %j is %s, which no import can mistake for another", (partner, taken, file) => {
    expect(nameFor(partner, taken)).toBe(file);
  });
});

it("index.ts imports each listed file once, in order", () => {
  expect(indexText(["b.ts", "postbacks.csv", "A.ts", "b.ts"])).toBe(
    '// Written by "pulumi-cake adopt" from adopted.json, which writes it anew.\nimport "./A";\nimport "./b";\nimport "./postbacks";\n',
  );
});

describe("adopted code", () => {
  // One look for all, because the compiler spends its time on the SDK's types.
  it("is valid strict TypeScript", { timeout: 60_000 }, () => {
    const rows = rowsOf([...HOSTILE, ...corpus()]);
    const code = LAYOUTS.flatMap((layout) =>
      [...written(rows, layout).code].map(([file, text]) => [`${layout}/${file}`, text] as const),
    );
    expect(mistakesIn(new Map(code))).toEqual([]);
    const wrong = new Map([["files/wrong.ts", "export const a: string = 1;\n"]]);
    expect(mistakesIn(wrong)).toEqual(["Type 'number' is not assignable to type 'string'."]);
  });

  it("holds each URL as CAKE shows it, so that a reviewer can compare the two", () => {
    const rows = rowsOf(sampleRows("network").map(({ postbackUrl }) => postbackUrl));
    const { code } = written(rows, "files");
    const text = [...code.values()].join("");
    expect(rows.filter(({ postbackUrl }) => !text.includes(`"${postbackUrl}"`))).toEqual([]);
    expect(declaredBy(code).map(explicit).sort(byId)).toEqual(rows.map(declarable).sort(byId));
  });

  it("is statements for a few affiliates, and a CSV for many", () => {
    const many = (count: number, affiliates: number) =>
      Array.from({ length: count }, (_, id) =>
        rowOf({ postbackId: id + 1, affiliateId: 1 + (id % affiliates) }),
      );
    expect(layoutFor(many(300, 40))).toBe("files");
    expect(layoutFor(many(301, 1))).toBe("csv");
    expect(layoutFor(many(41, 41))).toBe("csv");
  });
});

describe("the parts of a URL", () => {
  it("are the URL byte for byte, whatever it is", () => {
    const url = fc.oneof(fc.constantFrom(...HOSTILE, ...corpus()), anyText);
    fc.assert(
      fc.property(url, anyText, (one, other) => {
        for (const text of [
          one,
          `${one}&token=${other}`,
          `https://${other}@t.example/?u=${encodeURIComponent(Buffer.from(one).toString())}`,
        ]) {
          const parts = partsOf(text).map((part) => (part.kind === "text" ? part.text : part.value));
          expect(parts.join("")).toBe(text);
        }
      }),
      { seed: 20261128, numRuns: 500 },
    );
  });
});

/** The first name of a count that stands for the value already, or for none. */
function counted(saved: Record<string, string>, used: ReadonlySet<string>) {
  const known = new Map(Object.entries(saved));
  return (base: string, value: string): string => {
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}-${number}`;
      if (!known.has(name) && !used.has(name)) known.set(name, value);
      if (known.get(name) === value) return name;
    }
  };
}

describe("the name of a secret", () => {
  it("is the first one of a count that stands for this value already, or for none", () => {
    const name = fc.constantFrom("acme-token", "acme-token-2", "acme-token-2-2", "acme-token-3", "acme-key");
    const value = fc.constantFrom("a", "b", "c", "d");
    const asked = fc.tuple(fc.constantFrom("token", "token-2", "Key"), value);
    fc.assert(
      fc.property(fc.dictionary(name, value), fc.uniqueArray(name), fc.array(asked), (saved, used, all) => {
        const names = new SecretNames(saved, new Set(used));
        const nameOf = counted(saved, new Set(used));
        for (const [label, secret] of all)
          expect(names.nameOf("acme", label, secret)).toBe(nameOf(`acme-${label.toLowerCase()}`, secret));
      }),
      { seed: 20261126, numRuns: 300 },
    );
  });

  it("is found for as many values as a partner may have", () => {
    const names = new SecretNames({}, new Set());
    const values = Array.from({ length: 20_000 }, (_, index) => `value-${index}`);
    const given = [...values, ...values].map((value) => names.nameOf("acme", "token", value));
    expect(new Set(given).size).toBe(20_000);
    expect(given.at(-1)).toBe("acme-token-20000");
  });
});
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
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, types: ["node"] },
    moduleResolution: ts.ModuleResolutionKind.Node16,
    paths: {
      "pulumi-cake": [`${__dirname}/../../../../dist/index.d.ts`],
      "pulumi-cake/csv": [`${__dirname}/../../../../dist/csv/index.d.ts`],
    },
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
    [...code.keys()].filter((file) => file.endsWith(".ts")).map((file) => `${folder}/${file}`),
    options,
    host,
  );
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.startsWith(folder))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
