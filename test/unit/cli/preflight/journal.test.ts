import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseStackExport } from "../../../../provider/cli/input/stackExport";
import { readJournal } from "../../../../provider/cli/preflight/journal";
import { pretty } from "../../../../provider/cli/preflight/pretty";
import { reportOn } from "../../../../provider/cli/preflight/report";
import { FORMATS } from "../../../../provider/formats/formats";
import { thisProcess } from "../../../../provider/lifecycle/journal/processIdentity";
import { identityOf, PLUGIN_TYPE_TOKEN } from "../../../../provider/postback/postback";
import { inputsOf, journalFolder, type Left, leaveEntry } from "../../lifecycle/support";
import { deployment, made, making, NOW, onCake, preflight, urnOf } from "./support";

const HOST = "cake.example.com";
const MADE = { postbackId: 8801, postbackStatus: "active", postbackType: "Server" };
const RUNNING = {};
const ELSEWHERE = { machine: "another container" };

/** An entry of a resource, changed so many minutes before the report. */
function left(
  journal: string,
  resource: string,
  { minutes = 5, ...more }: Left & { minutes?: number },
): string {
  const name = leaveEntry(journal, HOST, { urn: identityOf(urnOf(resource)), ...more });
  const at = (NOW - minutes * 60_000) / 1000;
  utimesSync(join(journal, name), at, at);
  return name;
}

function reported(journal: string, exported = deployment([onCake, made("acme")])) {
  const read = readJournal({ CAKE_JOURNAL_DIR: journal });
  const report = reportOn(parseStackExport(exported), { domain: HOST, formerDomains: [] }, read);
  return { report, text: pretty(report, NOW).replace(/\s+/g, " "), lines: pretty(report, NOW) };
}

function opened(folder: string): string {
  chmodSync(folder, 0o755);
  return folder;
}

function filed(path: string): string {
  writeFileSync(path, "");
  return path;
}

function linked(target: string, path: string): string {
  symlinkSync(target, path);
  return path;
}

describe("the journal of this machine", () => {
  it("is not mentioned where it is empty or not there, and is not made", () => {
    const journal = journalFolder();
    const none = join(journal, "none");
    for (const folder of [journal, none]) {
      const { report, text } = reported(folder);
      expect(report.journal).toEqual({ problem: null, creates: [], others: [] });
      expect(text).not.toContain("journal");
    }
    expect(readdirSync(journal)).toEqual([]);
  });

  it("shows each create with its resource, its age and what to do, by how far it came", () => {
    const journal = journalFolder();
    const ofAffiliate = (affiliateId: number) => inputsOf({ affiliateId });
    left(journal, "sent", { phase: "sent", minutes: 180, inputs: ofAffiliate(1) });
    left(journal, "not-sent", { phase: "taken", minutes: 1, inputs: ofAffiliate(2) });
    left(journal, "unsaved", {
      phase: "made",
      made: { ...MADE, postbackId: 8900 },
      minutes: 2 * 1440,
      inputs: ofAffiliate(3),
    });
    left(journal, "of-another-stack", {
      phase: "made",
      made: { ...MADE, postbackId: 8901 },
      inputs: ofAffiliate(4),
    });
    left(journal, "acme", { phase: "made", made: MADE, inputs: ofAffiliate(5) });
    left(journal, "going-on", { phase: "sent", minutes: -60, process: RUNNING, inputs: ofAffiliate(6) });
    left(journal, "elsewhere", { phase: "taken", process: ELSEWHERE, minutes: 60, inputs: ofAffiliate(7) });
    const names = ["sent", "not-sent", "unsaved", "going-on", "elsewhere"];
    const pending = names.map((name): [string, Record<string, unknown>] => ["reading", making(name)]);
    const { report, lines } = reported(journal, deployment([onCake, made("acme")], pending));

    expect(report.result).toBe("ok");
    const below = (code: string) => lines.split(`[${code}]\n\n`)[1]?.split("\n\n")[0]?.split("\n");
    expect(below("preflight-journal-sent")?.sort()).toEqual([
      `  elsewhere: affiliate 7, offer 12345, on ${HOST}, 1 hour ago, and its run may still be active`,
      `  sent: affiliate 1, offer 12345, on ${HOST}, 3 hours ago`,
    ]);
    expect(below("preflight-journal-not-sent")).toEqual([
      `  not-sent: affiliate 2, offer 12345, on ${HOST}, 1 minute ago`,
    ]);
    expect(below("preflight-journal-made")).toEqual([
      `  unsaved (8900): affiliate 3, offer 12345, on ${HOST}, 2 days ago`,
    ]);
    expect(below("preflight-journal-others")).toEqual([
      `  not in this export (8901): affiliate 4, offer 12345, on ${HOST}, 5 minutes ago`,
    ]);
    expect(below("preflight-journal-running")).toEqual([
      `  going-on: affiliate 6, offer 12345, on ${HOST}, less than a minute ago`,
    ]);
    expect(lines).toContain("1 postback that the state has by now");
    expect(lines).toContain("OK: no interrupted creates.");
  });

  it("is matched by what the inputs hold, too, where an alias has renamed the resource", () => {
    const journal = journalFolder();
    left(journal, "new-name", { phase: "sent" });
    const renamed = made("old-name", {}, {});
    const inputs = { ...(renamed.inputs as object), __urn: identityOf(urnOf("new-name")) };
    const { report } = reported(journal, deployment([onCake, { ...renamed, inputs }]));
    expect(report.journal.creates).toMatchObject([
      { name: "old-name", urn: urnOf("old-name"), phase: "sent" },
    ]);
  });

  it("is matched where the resource has moved between the dynamic provider and the plugin", () => {
    const journal = journalFolder();
    left(journal, "acme", { phase: "sent" });
    const urn = urnOf("acme", PLUGIN_TYPE_TOKEN);
    const { report } = reported(
      journal,
      deployment([onCake, made("acme", { urn, type: PLUGIN_TYPE_TOKEN })]),
    );
    expect(report.journal.creates).toMatchObject([{ name: "acme", urn, phase: "sent" }]);
  });

  it("says what it cannot read, and what is no entry, and changes nothing", () => {
    const journal = journalFolder();
    const newer = left(journal, "acme", { phase: "sent" });
    writeFileSync(join(journal, newer), `{"version":${FORMATS.journalEntry + 1}}\n`);
    const cut = left(journal, "beta", { phase: "sent" });
    writeFileSync(join(journal, cut), '{"version":2,"dom');
    writeFileSync(join(journal, "notes\u001b[2J.txt"), "x");
    symlinkSync("/etc/hostname", join(journal, "0a-1b-2c"));
    mkdirSync(join(journal, "runs"));
    const before = readdirSync(journal).map((name) => [name, statSync(join(journal, name)).mtimeMs]);
    const { report, lines } = reported(journal);

    expect(report.result).toBe("ok");
    expect(report.journal.others).toContainEqual({ kind: "unreadable", file: newer, version: 3 });
    expect(report.journal.others).toContainEqual({ kind: "incomplete", file: cut, version: null });
    expect(lines).toContain(`  ${newer} (version 3)`);
    expect(lines).toContain(`  ${cut} (cut short: nothing was sent)`);
    expect(lines).toContain("  notes\uFFFD[2J.txt");
    expect(lines).toContain("  0a-1b-2c");
    expect(lines).toContain("3 files without a create");
    expect(lines).not.toContain("runs");
    expect(readdirSync(journal).map((name) => [name, statSync(join(journal, name)).mtimeMs])).toEqual(before);
  });

  it.each<[string, (folder: string) => string]>([
    ["open to others", (folder) => opened(folder)],
    ["a file", (folder) => filed(join(folder, "file"))],
    ["a link", (folder) => linked(folder, join(folder, "link"))],
  ])("says why it cannot be read, and judges the state all the same: %s", (_, place) => {
    const { report, text } = reported(place(journalFolder()));
    expect(report.result).toBe("ok");
    expect(text).toMatch(
      /The journal of this machine was not read\. The journal of creates cannot be used: \//,
    );
  });

  it("names ten of many, and counts the rest; what is saved is only counted", () => {
    const journal = journalFolder();
    for (let index = 0; index < 12; index += 1) {
      left(journal, "x", { phase: "sent", inputs: inputsOf({ affiliateId: 100 + index }) });
      left(journal, "acme", { phase: "made", made: MADE, inputs: inputsOf({ affiliateId: 200 + index }) });
    }
    const { lines } = reported(journal);
    expect(lines.match(/affiliate 1\d\d/g)).toHaveLength(10);
    expect(lines).toContain("\n  and 2 more");
    expect(lines).toContain("12 postbacks that the state has by now");
    expect(lines).not.toContain("affiliate 2");
  });

  it("is part of what the command prints, on a terminal and as JSON, and changes no exit code", async () => {
    const journal = journalFolder();
    left(journal, "acme", { phase: "sent", process: thisProcess() });
    const text = deployment([onCake, made("acme")]);
    const [shown, json] = await Promise.all([
      preflight([], text, { CAKE_JOURNAL_DIR: journal }),
      preflight(["--format", "json"], text, { CAKE_JOURNAL_DIR: journal }),
    ]);
    expect([shown.code, json.code]).toEqual([0, 0]);
    expect(shown.stdout).toContain("[preflight-journal-running]");
    expect(JSON.parse(json.stdout)).toMatchObject({
      result: "ok",
      journal: {
        problem: null,
        creates: [{ name: "acme", phase: "sent", process: "running", isInState: false }],
      },
    });
  });
});
