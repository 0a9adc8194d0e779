/** What `pulumi-cake try` prints, of a preview and of a partner on this machine, for the page about it. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { TYPE_TOKEN } from "../../provider/postback/postback";
import { TRACKERS } from "../../provider/postback/trackers";
import { ANSWERS } from "../../provider/postback/trackers/answers";
import { fenced, inert, table } from "./markdown";

const COMMAND = join(__dirname, "../../dist/cli/main.js");
const CLICK = "7d1b9c4e";

/** Every text by the name that its markers carry. */
export async function tryingParts(): Promise<Record<string, string>> {
  const query = "cid=#s2#&payout=#price#&txid=#leadid#";
  const far = await printed(previewOf(`https://track.acme-media.example/postback?${query}`), []);
  const server = createServer((request, response) => {
    const isKnown = request.url?.includes(CLICK);
    response.setHeader("content-type", "text/html");
    response.end(isKnown ? "success=true;" : "success=false; err_msg=Invalid click ID;");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const near = previewOf(`http://127.0.0.1:${port}/postback?${query}`);
  try {
    const refused = answerIn(await printed(near, ["--send", "--yes", "--allow-private"]));
    const set = ["--set", `s2=${CLICK}`];
    const accepted = answerIn(await printed(near, [...set, "--send", "--yes", "--allow-private"]));
    return {
      tryRequest: fenced("text", far),
      tryRefused: fenced("text", refused),
      tryAccepted: fenced("text", accepted),
      tryAnswers: answerTable(),
      tryTrackers: trackerFacts(),
    };
  } finally {
    server.close();
  }
}

function previewOf(postbackUrl: string): string {
  const urn = `urn:pulumi:dev::postbacks::${TYPE_TOKEN}::acme-summer-sale`;
  const inputs = {
    ...{ affiliateId: 67890, offerId: 12345, postbackUrl, postbackStatus: "active", postbackTypeId: 1 },
    suppress: { P12: "a trial on this machine", P14: "a trial on this machine" },
  };
  return JSON.stringify({ steps: [{ op: "create", urn, newState: { urn, type: TYPE_TOKEN, inputs } }] });
}

async function printed(preview: string, options: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "cake-try-"));
  try {
    writeFileSync(join(folder, "preview.json"), preview);
    const args = ["try", "preview.json", "--resource", "acme-summer-sale", ...options];
    const ran = promisify(execFile)(process.execPath, [COMMAND, ...args], { cwd: folder, env: { PATH: "" } });
    return (await ran).stdout.replaceAll(/\b\d+ ms\b/g, "… ms").trimEnd();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The request stands above already. */
function answerIn(text: string): string {
  return text.slice(text.indexOf("\nAnswer\n") + 1);
}

const EXITS = { fine: "0", problem: "1", unclear: "2" } as const;

function answerTable(): string {
  const rows = Object.entries(ANSWERS).map(([kind, { looksLike, means, verdict }]) => [
    inert(looksLike),
    inert(means),
    kind === "refused" ? "1; 0 if the click ID is a sample" : EXITS[verdict],
  ]);
  return table(["Answer", "Meaning", "Exit code"], rows);
}

function trackerFacts(): string {
  const rows = Object.values(TRACKERS).flatMap(({ name, answers }) =>
    (answers?.facts ?? []).map(({ says, source }) => [name, inert(says), source]),
  );
  return table(["Tracker", "What it documents", "Source"], rows);
}
