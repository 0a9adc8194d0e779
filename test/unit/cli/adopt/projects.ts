/** Projects that the command is run in, beside a CAKE of their own. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SandboxInstance, startSandbox } from "pulumi-cake/sandbox";
import { expect, onTestFinished } from "vitest";
import { type AdoptedList, parseAdopted } from "../../../../provider/cli/adopt/adopted";
import type { Postback } from "../../../../provider/postback/postback";
import { COMMAND } from "../command";

export const URL_OF = "https://track.acme.example/postback?cid=#s2#&payout=#price#&txid=#leadid#";

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

export interface Project {
  readonly cake: SandboxInstance;
  readonly folder: string;
}

interface Imported {
  readonly name: string;
  readonly id: string;
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

/** A postback with a URL of its own, by default one that holds a token. */
export function postback(postbackId: number, changes: Partial<Postback> = {}): Postback {
  return {
    ...{ postbackId, affiliateId: 100, offerId: postbackId },
    postbackUrl: `${URL_OF}&token=t${postbackId}x`,
    ...{ postbackStatus: "active", postbackType: "Server" },
    ...changes,
  };
}

/** A CAKE, and a project with an empty stack. */
export async function open(postbacks: readonly Postback[]): Promise<Project> {
  const sandbox = await startSandbox({ instances: { cake: { postbacks, apiKey: "canary-key-5d1e" } } });
  const folder = mkdtempSync(join(tmpdir(), "cake-adopt-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  const project = { cake: sandbox.instance(), folder };
  saveState(project, []);
  return project;
}

function saveState({ folder }: Project, resources: readonly unknown[]): void {
  writeFileSync(join(folder, "state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
}

/** Runs the command without a CLI on the PATH. */
export function adopt({ cake, folder }: Project, ...args: readonly string[]): Promise<Ended> {
  const env = { PATH: "", CAKE_DOMAIN: cake.url, CAKE_API_KEY: cake.apiKey };
  return command(["adopt", "--state", "state.json", ...args], { cwd: folder, env }, cake.apiKey);
}

/** Runs a command; its output must not hold the key. */
export function command(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  key: string,
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], { ...options, maxBuffer: 1e8 }, (error, out, said) => {
      expect(out + said).not.toContain(key);
      // What a signal has ended has no code.
      resolve({ code: error === null ? 0 : Number(error.code ?? 128), out, said });
    });
  });
}

export const aside = ({ folder }: Project, file: string) => join(folder, ".pulumi-cake", file);
export const imported = (project: Project) =>
  (JSON.parse(readFileSync(aside(project, "import.json"), "utf8")) as { resources: Imported[] }).resources;
export const secretsAside = (project: Project): unknown =>
  JSON.parse(readFileSync(aside(project, "secrets.json"), "utf8"));

/** The state after the import file was taken in. */
export function takeIn(project: Project): void {
  const before = JSON.parse(readFileSync(join(project.folder, "state.json"), "utf8"));
  const added = imported(project).map(({ name, ...state }) => ({
    ...{ urn: `urn:pulumi:dev::shop::${state.type}::${name}`, custom: true },
    ...state,
  }));
  saveState(project, [...before.deployment.resources, ...added]);
}

/** The text of each file among the postbacks, by its name. */
export function codeIn({ folder }: Project): Map<string, string> {
  const files = join(folder, "postbacks");
  return new Map(readdirSync(files).map((file) => [file, readFileSync(join(files, file), "utf8")]));
}

export const adoptedIn = ({ folder }: Project): AdoptedList =>
  parseAdopted(readFileSync(join(folder, "postbacks/adopted.json"), "utf8"), "adopted.json");
