import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { type Layout, programOf } from "../../../../provider/cli/adopt/code/program";
import { namesFor } from "../../../../provider/cli/adopt/names";
import type { AdoptedRow } from "../../../../provider/cli/adopt/row";
import { trackers } from "../../../../provider/postback/trackers/templates";

/** A live postback, with changes. */
export function rowOf(changes: Partial<AdoptedRow> = {}): AdoptedRow {
  const { postbackId = 7301 } = changes;
  return {
    ...{ postbackId, name: `acme-${postbackId}`, affiliateId: 2004, offerId: 314 },
    postbackUrl: "https://track.acme-media.example/postback?cid=#s2#&payout=#price#&txid=#leadid#",
    ...{ postbackStatus: "active", postbackTypeId: 1 },
    ...changes,
  };
}

/** Every URL of the corpus that rules are tested with. */
export function corpus(): string[] {
  const folder = join(__dirname, "../../../fixtures/urls");
  return readdirSync(folder).flatMap((file) => {
    const cases = JSON.parse(readFileSync(join(folder, file), "utf8")) as { url: string }[];
    return cases.map(({ url }) => url);
  });
}

/** The code for rows, added to code that is there, as the command does it. */
export function added(
  rows: readonly AdoptedRow[],
  existing: ReadonlyMap<string, string> = new Map(),
  options: { layout?: Layout; secrets?: Record<string, string> } = {},
): { code: Map<string, string>; changed: string[]; secrets: Record<string, string> } {
  const { layout, secrets: saved = {} } = options;
  const { partners } = namesFor(rows, new Set());
  const { files, secrets } = programOf(rows, existing, { layout, partners, secrets: saved });
  return { code: new Map([...existing, ...files]), changed: [...files.keys()], secrets };
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
  const declared: Declared[] = [];
  class AffiliatePostback {
    constructor(name: string, args: Declared["args"], options: unknown) {
      declared.push({ name, args: { ...args }, options });
    }
  }
  class Config {
    requireSecretObject = () => ({ apply: (read: (values: typeof secrets) => string) => read(secrets) });
  }
  const interpolate = (texts: readonly string[], ...values: readonly string[]) =>
    texts.map((text, index) => text + (values[index] ?? "")).join("");
  const packages: Record<string, unknown> = {
    "pulumi-cake": { AffiliatePostback, trackers },
    "@pulumi/pulumi": { Config, interpolate },
  };
  const loaded = new Map<string, { exports: unknown }>();
  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known) return known.exports;
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
    const source = transpileModule(code.get(file) ?? "", { compilerOptions }).outputText;
    const module = { exports: {} };
    loaded.set(file, module);
    const require = (name: string) => packages[name] ?? load(`${name.replace("./", "")}.ts`);
    runInNewContext(source, { module, exports: module.exports, require, Error });
    return module.exports;
  };
  load("index.ts");
  return declared;
}

/** What a row declares, with every field explicit. */
export function explicit({ name, args }: Declared): AdoptedRow {
  const { adopt, ...others } = args;
  const { postbackId } = adopt as { postbackId: number };
  return { ...{ postbackStatus: "active", postbackTypeId: 1 }, ...others, name, postbackId } as AdoptedRow;
}
