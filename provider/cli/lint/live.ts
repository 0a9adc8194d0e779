import { systemClock } from "../../http/clock";
import { ProviderContext } from "../../lifecycle/context";
import type { Read } from "./subject";

/** Reads the live postbacks of the instance that the environment names. Never writes. */
export async function readLive(env: Readonly<Record<string, string | undefined>>): Promise<Read> {
  const session = new ProviderContext({
    config: () => undefined,
    env,
    clock: systemClock,
    tell: (text) => console.error(text),
    permitWrite: () => Promise.reject(new Error("This command only reads.")),
  });
  const look = await session.cake().live.look();
  if (look.kind === "impossible") throw new Error(`The live postbacks cannot be seen. ${look.why}`);
  const source = session.settings.domain ?? "";
  const { rows, flaws } = look.listing;
  return {
    subjects: [...rows.values()].map((row) => ({
      ...row,
      name: `postback ${row.postbackId}`,
      source,
      line: 1,
    })),
    notJudged: [],
    flaws,
  };
}
