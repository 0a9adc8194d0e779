import { connect } from "../../cake/connect";
import { systemClock } from "../../http/clock";
import { connectable, resolveSettings } from "../../settings/resolve";
import type { Read } from "../input/subject";

/** Reads the live postbacks of the instance that the environment names. Never writes. */
export async function readLive(env: Readonly<Record<string, string | undefined>>): Promise<Read> {
  const settings = connectable(resolveSettings({ config: () => undefined, env }));
  if (settings.endpoints !== "all")
    throw new Error(
      `The live postbacks cannot be seen: cake:endpoints is "${settings.endpoints}", which says that this CAKE instance has no list.`,
    );
  const { rows, completenessIssues } = await connect(settings, systemClock).list();
  return {
    subjects: [...rows.values()].map((row) => ({
      ...row,
      name: `postback ${row.postbackId}`,
      source: settings.domain,
      line: 1,
    })),
    notJudged: [],
    flaws: completenessIssues,
  };
}
