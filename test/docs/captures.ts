/** What the tools of the package print, run against the sandbox, for the docs that show it. */
import pc from "picocolors";
import { anonymize } from "../../provider/cli/doctor/anonymous/anonymize";
import { CallRecorder } from "../../provider/cli/doctor/anonymous/calls";
import { publicNames } from "../../provider/cli/doctor/anonymous/fieldNames";
import { type Examination, examine } from "../../provider/cli/doctor/examine";
import { pretty } from "../../provider/cli/doctor/pretty";
import { openInstance } from "../../provider/cli/input/instance";
import { type Clock, systemClock } from "../../provider/http/clock";
import { type Behaviour, startSandbox } from "../../provider/sandbox";
import { fenced } from "./markdown";

/** Every captured text by the name that its markers carry. */
export async function captures(): Promise<Record<string, string>> {
  const found = await doctor({ expectIds: [7301], discover: true, behaviour: UNUSUAL });
  const [settings = ""] = /^Recommended settings\n(?: .*\n)+/m.exec(found) ?? [];
  return {
    doctorReport: fenced("text", await doctor({ expectIds: [7301] })),
    discoverReport: fenced("text", found),
    recommendedSettings: fenced("text", settings.trimEnd()),
    anonymousCall: fenced("json", await anonymousCall()),
  };
}

/** An instance that keeps its list where nobody would search for it first, beside a list of tracking pixels. */
export const UNUSUAL: Partial<Behaviour> = {
  paths: { list: "/api/3/affiliate_pixels.json" },
  ...{ listEnvelope: "response", arrayName: "affiliate_pixels", totalRows: false },
  ...{ rowBase: 1, order: "newestFirst" },
  otherLists: { "/api/2/pixels.json": { pixels: [{ pixel_id: 1, pixel_html: "<img>", offer_id: 310 }] } },
};

// Times would differ from run to run, and with them where lines end.
const STOPPED: Clock = { ...systemClock, now: () => 0, sleep: async () => {} };

interface DoctorRun {
  readonly expectIds?: readonly number[];
  readonly discover?: boolean;
  readonly behaviour?: Partial<Behaviour>;
}

/** The doctor's report on the sample network of the sandbox, without its times and with the sandbox's usual port. */
async function doctor(run: DoctorRun): Promise<string> {
  const { text, host } = await examined(run, async ({ report }) => pretty(report, pc.createColors(false)));
  return text.replaceAll(host, "127.0.0.1:8801").replaceAll(/\b0 ms\b/g, "… ms");
}

/** What the report for strangers says of the list: one of its calls. */
async function anonymousCall(): Promise<string> {
  const { text } = await examined({ discover: true, behaviour: UNUSUAL }, async (examination, recorder) => {
    const { calls } = await anonymize(examination, recorder);
    const list = calls.find(
      ({ paths, withKey }) => withKey && paths.includes("/api/3/affiliate_pixels.json"),
    );
    return JSON.stringify(list, undefined, 2);
  });
  return text;
}

/** What becomes of an examination of the sample network, and the host that it names. */
async function examined(
  { expectIds = [], discover = false, behaviour = {} }: DoctorRun,
  print: (examination: Examination, recorder: CallRecorder) => Promise<string>,
): Promise<{ text: string; host: string }> {
  const sandbox = await startSandbox({ instances: { cake: { postbacks: "network", apiKey: "sandbox" } } });
  const cake = sandbox.instance("cake");
  cake.behave(behaviour);
  try {
    const instance = openInstance({ CAKE_DOMAIN: cake.url, CAKE_API_KEY: "sandbox" }, {});
    const recorder = new CallRecorder(publicNames(instance));
    const onCall = recorder.record.bind(recorder);
    const examination = await examine(instance, { expectIds, discover, env: {}, clock: STOPPED, onCall });
    return { text: await print(examination, recorder), host: cake.domain };
  } finally {
    await sandbox.close();
  }
}
