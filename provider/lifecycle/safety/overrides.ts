import { readFileSync } from "node:fs";
import { decodeText } from "../../files/decode";
import type { Message } from "../../message";
import { postbackIdOf } from "../../postback/postback";
import type { Environment } from "../../settings/environment";
import { SettingsError } from "../../settings/settingsError";
import { messages } from "../messages";

/**
 * Decisions of a person for one run, given by environment only: a stack setting would be saved and forgotten.
 * Each is named by the message of the check that it overrides.
 */
export interface Overrides {
  /** `CAKE_ON_MISSING=forget:<id>,<id>`: these postbacks are gone from CAKE for good. */
  readonly forget: ReadonlySet<number>;
  /** `CAKE_ON_EXISTING=adopt`: a create adopts an equal record that is already at CAKE. */
  readonly adoptExisting: boolean;
  /** `CAKE_ON_DRIFT=overwrite`: an update may overwrite what somebody changed in CAKE meanwhile. */
  readonly overwriteDrift: boolean;
  /** `CAKE_CONFIRMED_IDS_FILE=<file of ids>`: these postbacks were edited by hand as the work list says. */
  readonly confirmedByHand: ReadonlySet<number>;
  /** `CAKE_ON_UNKNOWN=create:<entry>,<entry>`: the creates behind these entries of the journal made nothing. */
  readonly createUnknown: ReadonlySet<string>;
  /** `CAKE_ALLOW_CHANGES=<n>`: this run may change or deactivate so many postbacks. */
  readonly allowedChanges: number | undefined;
}

export function readOverrides(env: Environment): Overrides {
  return {
    forget: forgottenIds(env.CAKE_ON_MISSING),
    adoptExisting: oneWord("CAKE_ON_EXISTING", env.CAKE_ON_EXISTING, "adopt"),
    overwriteDrift: oneWord("CAKE_ON_DRIFT", env.CAKE_ON_DRIFT, "overwrite"),
    confirmedByHand: confirmedIds(env.CAKE_CONFIRMED_IDS_FILE),
    createUnknown: unknownCreates(env.CAKE_ON_UNKNOWN),
    allowedChanges: allowedChanges(env.CAKE_ALLOW_CHANGES),
  };
}

function unknownCreates(value: string | undefined): Set<string> {
  if (value === undefined || value === "") return new Set();
  const names = /^create:(.+)$/
    .exec(value)?.[1]
    ?.split(",")
    .map((name) => name.trim());
  if (names?.every((name) => /^[0-9a-f]+(-[0-9a-f]+){2}$/.test(name))) return new Set(names);
  const takes = '"create:<entry>,<entry>", with the entries of an error';
  throw new SettingsError(messages.overrideInvalid("CAKE_ON_UNKNOWN", value, takes));
}

function allowedChanges(value: string | undefined): number | undefined {
  if (value === undefined || value === "") return undefined;
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  const takes = "the number of postbacks that this run may change";
  throw new SettingsError(messages.overrideInvalid("CAKE_ALLOW_CHANGES", value, takes));
}

function oneWord(variable: string, value: string | undefined, word: string): boolean {
  if (value === undefined || value === "") return false;
  if (value === word) return true;
  throw new SettingsError(messages.overrideInvalid(variable, value, `only "${word}"`));
}

function forgottenIds(value: string | undefined): Set<number> {
  if (value === undefined || value === "") return new Set();
  const problem = messages.overrideInvalid("CAKE_ON_MISSING", value, '"forget:<ID>,<ID>"');
  const ids = /^forget:(.+)$/.exec(value)?.[1];
  if (ids === undefined) throw new SettingsError(problem);
  return idSet(ids.split(","), () => problem);
}

function confirmedIds(file: string | undefined): Set<number> {
  if (file === undefined || file === "") return new Set();
  let text: string;
  try {
    text = decodeText(readFileSync(file));
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new SettingsError(messages.confirmedIdsUnreadable(file, reason));
  }
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.replace(/#.*/, ""));
  return idSet(
    lines.filter((line) => line.trim() !== ""),
    (line) => messages.confirmedIdsInvalid(file, line),
  );
}

function idSet(texts: readonly string[], problem: (text: string) => Message): Set<number> {
  return new Set(
    texts.map((text) => {
      const id = postbackIdOf(text.trim());
      if (id === undefined) throw new SettingsError(problem(text));
      return id;
    }),
  );
}
