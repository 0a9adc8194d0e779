import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { indexText, type Layout, programOf } from "../../../../provider/cli/adopt/code/program";
import { SecretNames } from "../../../../provider/cli/adopt/code/secretNames";
import { secretsOf } from "../../../../provider/cli/adopt/code/secretParts";
import { partnerNames, resourceNames } from "../../../../provider/cli/adopt/names";
import type { AdoptedRow } from "../../../../provider/cli/adopt/row";
import * as csv from "../../../../provider/csv";
import { samples } from "../../postback/rules/support";

/** A live postback, with changes. Its URL holds no secret. */
export function rowOf(changes: Partial<AdoptedRow> = {}): AdoptedRow {
  const { postbackId = 7301 } = changes;
  return {
    ...{
      postbackId,
      name: `acme-${postbackId}`,
      affiliateId: 2004,
      offerId: 314,
      secrets: [],
      postbackType: "Server",
    },
    postbackUrl: "https://track.acme-media.example/postback?cid=#s2#&payout=#price#&txid=#leadid#",
    ...{ postbackStatus: "active", postbackTypeId: 1 },
    ...changes,
  };
}

type Named = Pick<AdoptedRow, "postbackId" | "affiliateId" | "offerId" | "postbackUrl">;

/** The names that the command gives to postbacks and partners. */
export function namesFor(
  rows: readonly Named[],
  taken: ReadonlySet<string> = new Set(),
  given: ReadonlyMap<number, string> = new Map(),
  live: readonly Named[] = rows,
): { readonly resources: Map<number, string>; readonly partners: Map<number, string> } {
  const liveRows = live.map(({ postbackId: id, affiliateId, offerId, postbackUrl: url }) => {
    return { id, affiliateId, offerId, url, status: "active", type: "Server" };
  });
  const partners = partnerNames(liveRows, given);
  return { resources: resourceNames(rows, partners, taken), partners };
}

/** Every URL of the corpus that rules are tested with. */
export function corpus(): string[] {
  return samples.map(({ url }) => url);
}

export interface Written {
  /** The text of each file, by its name. */
  readonly code: Map<string, string>;
  readonly secrets: Record<string, string>;
}

/** The program for rows, with names for their secrets, as the command writes it. */
export function written(rows: readonly AdoptedRow[], layout: Layout): Written {
  const { partners } = namesFor(rows, new Set());
  const names = new SecretNames({}, new Set());
  const named = rows.map((row) => ({
    ...row,
    secrets: secretsOf(row.postbackUrl).map(({ label, value }) =>
      names.nameOf(partners.get(row.affiliateId) ?? "", label, value),
    ),
  }));
  const { files, fileOf } = programOf(named, { layout, partners, taken: [] });
  return { code: new Map([...files, ["index.ts", indexText(fileOf.values())]]), secrets: names.all };
}

export interface Declared {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly options: unknown;
}

/** What the code declares when it runs, with these values in the secret configuration. */
export function declaredBy(
  code: ReadonlyMap<string, string>,
  secrets: Readonly<Record<string, string>> = {},
): Declared[] {
  const folder = mkdtempSync(join(tmpdir(), "cake-code-"));
  for (const [file, text] of code) writeFileSync(join(folder, file), text);
  try {
    return runIn(folder, secrets);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runIn(folder: string, secrets: Readonly<Record<string, string>>): Declared[] {
  const declared: Declared[] = [];
  class AffiliatePostback {
    constructor(name: string, args: Declared["args"], options: unknown) {
      declared.push({ name, args: { ...args }, options });
    }
  }
  class Config {
    getSecretObject = () => ({ apply: (read: (values: typeof secrets) => string) => read(secrets) });
  }
  const interpolate = (texts: readonly string[], ...values: readonly string[]) =>
    texts.map((text, index) => text + (values[index] ?? "")).join("");
  const packages: Record<string, unknown> = {
    "pulumi-cake": { AffiliatePostback },
    "pulumi-cake/csv": csv,
    "@pulumi/pulumi": { Config, interpolate },
  };
  const loaded = new Map<string, { exports: unknown }>();
  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known) return known.exports;
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
    const source = transpileModule(readFileSync(join(folder, file), "utf8"), { compilerOptions }).outputText;
    const module = { exports: {} };
    loaded.set(file, module);
    const require = (name: string) => {
      if (name.startsWith("node:")) return createRequire(__filename)(name);
      return packages[name] ?? load(`${name.replace("./", "")}.ts`);
    };
    runInNewContext(source, { module, exports: module.exports, require, Error, __dirname: folder });
    return module.exports;
  };
  load("index.ts");
  return declared;
}

/** What a row declares, with every field explicit. */
export function explicit({ name, args }: Declared): Declarable {
  const { adopt, ...others } = args;
  const { postbackId } = adopt as { postbackId: number };
  const declared = { ...{ postbackStatus: "active", postbackTypeId: 1 }, ...others, name, postbackId };
  return declared as Declarable;
}

/** What of a row a program declares. */
type Declarable = Omit<AdoptedRow, "secrets" | "postbackType">;

export function declarable({ secrets: _, postbackType: __, ...row }: AdoptedRow): Declarable {
  return row;
}
