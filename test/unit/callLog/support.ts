import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type EndpointName, endpoints } from "../../../provider/cake/endpoints";
import { callLogFor } from "../../../provider/callLog/callLog";
import type { SandboxInstance } from "../../../provider/sandbox";

export type Line = Readonly<Record<string, unknown>>;

/** A file for a log, in a folder that is gone with the test. */
export function logFile(name = "cake.log") {
  const folder = mkdtempSync(join(tmpdir(), "cake-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  const warnings: string[] = [];
  return {
    folder,
    path,
    warnings,
    log: callLogFor({ env: { CAKE_LOG: path }, by: "provider", warn: (text) => warnings.push(text) }),
    text: () => (existsSync(path) ? readFileSync(path, "utf8") : ""),
    lines: () => linesIn(path),
  };
}

/** Each line of a log. One that is not whole fails. */
export function linesIn(path: string): Line[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  if (!text.endsWith("\n")) throw new Error(`The log ends in the middle of a line: ${text.slice(-80)}`);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

/** What an instance was asked for, as the log has to have it. */
export function requestsOf(...instances: readonly Pick<SandboxInstance, "requests">[]) {
  return instances
    .flatMap(({ requests }) => requests)
    .map(({ method, path }) => `${method} ${path}`)
    .sort();
}

/** What a log says was asked for. */
export function callsIn(lines: readonly Line[]) {
  const pathOf = ({ path, endpoint }: Line) => path ?? endpoints[endpoint as EndpointName].path;
  return lines.map((line) => `${line.method} ${pathOf(line)}`).sort();
}
