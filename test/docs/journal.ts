/** What a run writes into the log of calls, and what preflight prints of a journal, for the page on reliability. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseStackExport } from "../../provider/cli/input/stackExport";
import { readJournal } from "../../provider/cli/preflight/journal";
import { pretty } from "../../provider/cli/preflight/pretty";
import { reportOn } from "../../provider/cli/preflight/report";
import { systemClock } from "../../provider/http/clock";
import { ProviderContext } from "../../provider/lifecycle/context";
import { create } from "../../provider/lifecycle/create";
import { JournalFolder } from "../../provider/lifecycle/journal/folder";
import { Journal } from "../../provider/lifecycle/journal/journal";
import { thisProcess } from "../../provider/lifecycle/journal/processIdentity";
import type { Inputs } from "../../provider/lifecycle/state";
import { identityOf, TYPE_TOKEN } from "../../provider/postback/postback";
import { startSandbox } from "../../provider/sandbox";
import { fenced } from "./markdown";

const HOST = "yourdomain.cakemarketing.com";
const URN = `urn:pulumi:prod::postbacks::${TYPE_TOKEN}::acme-summer-sale`;
const INPUTS: Inputs = {
  affiliateId: 67890,
  offerId: 12345,
  postbackUrl: "https://track.acme.example/postback?cid=#s2#&payout=#price#&token=theirs",
  postbackStatus: "active",
  postbackTypeId: 1,
};

/** Every text by the name that its markers carry. */
export async function journalParts(): Promise<Record<string, string>> {
  return {
    callLog: fenced("json", await loggedRun()),
    preflightJournal: fenced("text", await interrupted()),
  };
}

/** The log of a create that CAKE throttles once, on an instance with few postbacks. What differs from run to run is as in one run. */
async function loggedRun(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "cake-log-"));
  const sandbox = await startSandbox({ instances: { cake: { postbacks: "network", apiKey: "sandbox" } } });
  const cake = sandbox.instance();
  cake.injectFault({ on: "create", fault: { kind: "restricted" } });
  const log = join(folder, "cake.log");
  try {
    const context = new ProviderContext({
      config: (key) => ({ "cake:domain": cake.url, "cake:apiKey": "sandbox" })[key],
      env: { CAKE_JOURNAL_DIR: join(folder, "journal"), CAKE_LOG: log },
      clock: { ...systemClock, sleep: async () => {} },
      log: () => {},
      engine: "",
      requireEngine: async () => {},
    });
    await create(context, identityOf(URN), INPUTS);
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    return lines.map((line, index) => usual(line.replaceAll(cake.domain, HOST), index)).join("\n");
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
}

const MILLISECONDS = [41, 9, 12, 63, 38];

function usual(line: string, index: number): string {
  const time = new Date(Date.UTC(2026, 10, 28, 9, 30, 0, 120 * index)).toISOString();
  return line
    .replace(/"time":"[^"]*"/, `"time":"${time}"`)
    .replace(/"process":"[^"]*"/, '"process":"4711-mx0jux5t"')
    .replace(/"ms":\d+/, `"ms":${MILLISECONDS[index] ?? 10}`);
}

/** What preflight prints after a run was killed in the middle of a create, three hours later. */
async function interrupted(): Promise<string> {
  const journal = mkdtempSync(join(tmpdir(), "cake-journal-"));
  try {
    const killed = { ...thisProcess(), pid: 2 ** 22 + 1, started: "1" };
    const lock = new Journal({
      ...{ folder: new JournalFolder(() => journal), self: killed, clock: systemClock },
      ...{ engine: "127.0.0.1:9", domains: [HOST], windowMs: 0 },
    }).lock({ domain: HOST, urn: identityOf(URN), declaration: INPUTS }, []);
    await lock.take();
    lock.leave();
    const resource = { urn: URN, type: TYPE_TOKEN, custom: true, inputs: { ...INPUTS } };
    const pending_operations = [{ type: "creating", resource }];
    const exported = parseStackExport(
      JSON.stringify({ version: 3, deployment: { resources: [], pending_operations } }),
    );
    const given = { domain: HOST, formerDomains: [] };
    const report = reportOn(exported, given, readJournal({ CAKE_JOURNAL_DIR: journal }));
    const printed = pretty(report, Date.now() + 3 * 3_600_000);
    const part = printed.slice(printed.indexOf("This machine's journal"), printed.indexOf("The state holds"));
    return `$ pulumi stack export | npx --no -- pulumi-cake preflight\n…\n${part.trimEnd()}\n…`;
  } finally {
    rmSync(journal, { recursive: true });
  }
}
