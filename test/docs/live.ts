/** What `inventory` and `adopt` print of the sandbox's sample network, for the pages about them, and the picture of the report. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pc from "picocolors";
import { liveRow } from "../../provider/cli/input/live/list";
import { parseStack } from "../../provider/cli/input/stacks";
import { buildCheckedReport, buildReport, type ReportInput } from "../../provider/cli/inventory/buildReport";
import { ALL_CONDITIONS, about, label } from "../../provider/cli/inventory/conditions";
import { documentOf } from "../../provider/cli/inventory/document";
import { parseFilter } from "../../provider/cli/inventory/filters";
import { checkHost, type Network } from "../../provider/cli/inventory/hosts/checkHost";
import { checkAll } from "../../provider/cli/inventory/hosts/checkHosts";
import { inventoryHtml } from "../../provider/cli/inventory/html";
import type { InventoryReport } from "../../provider/cli/inventory/report";
import { prettyText } from "../../provider/cli/output/pretty";
import { unreachedText } from "../../provider/http/transport";
import { TYPE_TOKEN } from "../../provider/postback/postback";
import { defaultRuleSettings } from "../../provider/postback/rules/rule";
import { startSandbox } from "../../provider/sandbox";
import { networkPostbacks } from "../../provider/sandbox/data/network";
import { browserPath, openBrowser } from "../browser/launch";
import { fenced, table } from "./markdown";

/** Where the picture stands, from the root of the project. */
export const REPORT_PICTURE = "docs/images/inventory.png";

/** Every text by the name that its markers carry. */
export async function liveParts(): Promise<Record<string, string>> {
  const report = prettyText(documentOf(sampleReport(), "pretty", []), pc.createColors(false), 120);
  return {
    inventoryConditions: conditions(),
    inventoryReport: fenced("text", `$ npx --no -- pulumi-cake inventory prod.json\n${report}`),
    inventoryHosts: fenced("text", await hostReport()),
    adoptReport: fenced("text", await adopted()),
  };
}

/** The sample network's hosts as a network of the docs shows them: their names are reserved, so that no real one has them. */
async function hostReport(): Promise<string> {
  const filter = "is=lost-host,bad-certificate,expiring-certificate";
  const facts = { ...sampleFacts(), stacks: [], where: [parseFilter(filter)] };
  const report = await buildCheckedReport(facts, (origins) =>
    checkAll(
      origins,
      (origin) => checkHost(origin, sampleNetwork, {}, facts.takenAt),
      () => undefined,
    ),
  );
  const text = prettyText(documentOf(report, "pretty", []), pc.createColors(false), 120);
  return `$ npx --no -- pulumi-cake inventory --check-hosts --where ${filter}\n${text}`;
}

const CERTIFICATES: Readonly<Record<string, readonly [until: string, untrusted: string | undefined]>> = {
  "sd.sundialsocial.example": ["2026-11-19T23:59:59Z", unreachedText("CERT_HAS_EXPIRED")],
  "go.clickhaus.example": ["2026-12-04T08:00:00Z", undefined],
};

const sampleNetwork: Network = {
  resolve: async (name) =>
    name === "rt.kitebridge.example"
      ? { kind: "missing", what: "the host name does not exist (ENOTFOUND)" }
      : { kind: "found", addresses: ["8.8.8.8"] },
  shakeHands: async ({ hostname }) => {
    const [until, untrusted] = CERTIFICATES[hostname] ?? ["2027-02-11T00:00:00Z", undefined];
    const certificate = { validFrom: new Date("2026-09-05"), validUntil: new Date(until), untrusted };
    return { kind: "done", protocol: "TLSv1.3", certificate };
  },
};

function conditions(): string {
  const rows = ALL_CONDITIONS.map((one) => [label(one), about(one).meaning]);
  return table(["Word", "Meaning"], rows);
}

/** Draws the report in a browser; false where this machine has none. */
export async function drawReport(root: string): Promise<boolean> {
  if (browserPath() === undefined) return false;
  const folder = mkdtempSync(join(tmpdir(), "cake-report-"));
  const browser = await openBrowser();
  try {
    const file = join(folder, "report.html");
    writeFileSync(file, inventoryHtml(sampleReport()));
    const page = await browser.newPage();
    await page.setViewport({ width: 1200, height: 820 });
    await page.goto(`file://${file}`);
    await page.select("#is", "drifted");
    await page.click("#table tbody button");
    await page.screenshot({ path: join(root, REPORT_PICTURE) as `${string}.png` });
    return true;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** The sample network beside a stack that manages most of it, and that somebody has worked behind the back of. */
function sampleReport(): InventoryReport {
  return buildReport(sampleFacts());
}

function sampleFacts(): ReportInput {
  const domain = "yourdomain.cakemarketing.com";
  const live = networkPostbacks();
  const inStack = live.slice(0, 100).map((row, index) => {
    const { postbackUrl, ...others } = row;
    return { ...others, postbackUrl: index % 40 === 7 ? postbackUrl.replace("#s2#", "#s3#") : postbackUrl };
  });
  const gone = { ...inStack[0], postbackId: 7999 };
  const resources = [...inStack, gone].map(({ postbackId, ...outputs }) => ({
    ...{
      urn: `urn:pulumi:prod::postbacks::${TYPE_TOKEN}::postback-${postbackId}`,
      type: TYPE_TOKEN,
      custom: true,
    },
    ...{ id: String(postbackId), inputs: {}, outputs: { ...outputs, domain } },
  }));
  return {
    takenAt: new Date("2026-11-23T12:00:00Z"),
    sources: [
      {
        ...{
          instance: domain,
          hosts: [domain],
          kind: "list",
          file: null,
          rows: live.map(liveRow),
          incomplete: [],
        },
        ...{ calls: 1, statement: "CAKE's list of postbacks, an endpoint that no CAKE article documents." },
      },
    ],
    stacks: [parseStack(JSON.stringify({ version: 3, deployment: { resources } }), "prod.json")],
    ...{ rules: defaultRuleSettings, where: [], earlier: undefined },
  };
}

/** What the command prints in the folder of the example, before it has any code. */
async function adopted(): Promise<string> {
  const shown = "adopt --affiliate '2004,2017,2260' --partners partners.csv";
  const folder = mkdtempSync(join(tmpdir(), "cake-adopt-"));
  const sandbox = await startSandbox({
    instances: { cake: { postbacks: "network", apiKey: "sandbox-key" } },
  });
  try {
    const root = join(__dirname, "../..");
    cpSync(join(root, "examples/adopt-existing"), folder, {
      recursive: true,
      filter: (path) => !path.includes("postbacks") && !path.includes(".pulumi-cake"),
    });
    writeFileSync(join(folder, "state.json"), '{"version":3,"deployment":{"resources":[]}}');
    const command = join(root, "dist/cli/main.js");
    if (!existsSync(command)) throw new Error("Build first: npm run build.");
    const env = {
      PATH: "",
      SHELL: "/bin/sh",
      CAKE_DOMAIN: sandbox.instance().url,
      CAKE_API_KEY: "sandbox-key",
    };
    const args = [...shown.replaceAll("'", "").split(" "), "--state", "state.json"];
    const { stdout } = await promisify(execFile)(process.execPath, [command, ...args], { cwd: folder, env });
    const printed = stdout.replaceAll(sandbox.instance().domain, "yourdomain.cakemarketing.com").trimEnd();
    return `$ npx --no -- pulumi-cake ${shown}\n${printed}`;
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
}
