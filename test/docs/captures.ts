/** What the tools of the package print, run against the sandbox, for the docs that show it. */
import pc from "picocolors";
import { examine } from "../../provider/cli/doctor/examine";
import { pretty } from "../../provider/cli/doctor/pretty";
import { openInstance } from "../../provider/cli/input/instance";
import { type Clock, systemClock } from "../../provider/http/clock";
import { startSandbox } from "../../provider/sandbox";
import { fenced } from "./markdown";

/** Every captured text by the name that its markers carry. */
export async function captures(): Promise<Record<string, string>> {
  return { doctorReport: fenced("text", await doctor([7301])) };
}

// Times would differ from run to run, and with them where lines end.
const STOPPED: Clock = { ...systemClock, now: () => 0 };

/** The doctor's report on the sample network of the sandbox, without its times and with the sandbox's usual port. */
async function doctor(expectIds: readonly number[]): Promise<string> {
  const sandbox = await startSandbox({ instances: { cake: { postbacks: "network", apiKey: "sandbox" } } });
  const { url } = sandbox.instance("cake");
  try {
    const instance = openInstance({ CAKE_DOMAIN: url, CAKE_API_KEY: "sandbox" }, {});
    const { report } = await examine(instance, { expectIds, env: {}, clock: STOPPED });
    return pretty(report, pc.createColors(false))
      .replaceAll(new URL(url).host, "127.0.0.1:8801")
      .replaceAll(/\b0 ms\b/g, "… ms");
  } finally {
    await sandbox.close();
  }
}
