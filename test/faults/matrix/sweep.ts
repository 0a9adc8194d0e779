import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Provider } from "../../engine/processes";
import type { Refusal } from "../../host/support/failures";
import { CANARY, leaksOf } from "../../host/support/secrets";
import { URL_SECRET } from "./estate";
import { PROXY_PASSWORD } from "./faults";

/** Everything that was said and left behind, and the search for secrets in it. */
export class Sweep {
  private everything = "";
  private told = "";

  /** An error, without the postback that Pulumi keeps after it. */
  addError({ message, partial }: Refusal): void {
    this.told += `${message}\n${partial?.reasons.join("\n") ?? ""}\n`;
  }

  /** All that a process said, and the notes with their names. */
  add(provider: Provider, notes: string): void {
    const files = existsSync(notes) ? readdirSync(notes, { recursive: true, withFileTypes: true }) : [];
    const texts = files
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
    this.told += [provider.printed, ...files.map(({ name }) => name), ...texts].join("\n");
    this.everything += provider.everything;
  }

  get bytes(): number {
    return this.everything.length + this.told.length;
  }

  /**
   * The key and the proxy's password are nowhere. A partner's secret is in the URL that the state has to hold, and
   * in nothing that is told or noted.
   */
  expectClean(): void {
    const all = this.everything + this.told;
    expect(leaksOf(CANARY, all), "the API key").toEqual([]);
    expect(leaksOf(PROXY_PASSWORD, all), "the proxy's password").toEqual([]);
    expect(leaksOf(URL_SECRET, this.told), "a secret of a URL").toEqual([]);
  }
}
