// What the real CLI did, kept for where no CLI is. RECORD=1 with pulumi on the PATH writes it anew.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Recording } from "./recording";

export const recordsAnew = process.env.RECORD === "1";

const fileOf = (name: string): string => join(__dirname, "..", "fixtures", `${name}.json`);

export const readFixture = (name: string): unknown => JSON.parse(readFileSync(fileOf(name), "utf8"));

export function writeFixture(name: string, content: unknown): void {
  writeFileSync(fileOf(name), `${JSON.stringify(content, undefined, 1)}\n`);
}

export const readRecording = (name: string): Recording => readFixture(name) as Recording;

/** As JSON has it: what is undefined is not there. */
export const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
