import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The version of this package. */
export function ownVersion(): string {
  const description: unknown = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
  return String((description as { version: string }).version);
}
