/** What the tools of the package print, run against the sandbox, for the docs that show it. */
import pc from "picocolors";
import { type Options, run } from "../../provider/cli/doctor/run";
import { type Clock, systemClock } from "../../provider/http/clock";
import { startSandbox } from "../../provider/sandbox";

/** Every captured text by the name that its markers carry. */
export async function captures(): Promise<Record<string, string>> {
  const report = await doctor({ known: [7301] });
  const probe = await doctor({
    ...{ probeWrites: true, affiliate: 900, offer: 7 },
    ...{ yesWriteInactiveRecords: true, yesTheyStayForGood: true },
  });
  const isOfProbe = (section: string) => /^(What the probe|What will work|Result)/.test(section);
  return {
    doctorReport: fenced(report),
    doctorProbe: fenced(probe.split("\n\n").filter(isOfProbe).join("\n\n")),
  };
}

// Times would differ from run to run, and with them where lines end.
const STOPPED: Clock = { ...systemClock, now: () => 0 };

/** The doctor's report on the sample network of the sandbox, without its times and with the sandbox's usual port. */
async function doctor(options: Options): Promise<string> {
  const sandbox = await startSandbox({ instances: { cake: { postbacks: "network", apiKey: "sandbox" } } });
  const [printed, { url }]: [string[], { url: string }] = [[], sandbox.instance("cake")];
  try {
    await run(options, {
      env: { CAKE_DOMAIN: url, CAKE_API_KEY: "sandbox" },
      clock: STOPPED,
      paint: pc.createColors(false),
      print: (text) => printed.push(text),
      tell: () => {},
      ask: undefined,
    });
  } finally {
    await sandbox.close();
  }
  return printed
    .join("\n")
    .replaceAll(new URL(url).host, "127.0.0.1:8801")
    .replaceAll(/\b0 ms\b/g, "… ms");
}

function fenced(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
