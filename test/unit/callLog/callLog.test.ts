import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { CallRecord } from "../../../provider/cake/callLog";
import { callLogFor } from "../../../provider/callLog/callLog";
import { ownManifest } from "../../../provider/manifest";
import { REPOSITORY } from "../../host/support/process";
import { failingDisk } from "../lifecycle/failingDisk";
import { linesIn, logFile } from "./support";

const record: CallRecord = {
  ...{ instance: "cake.example", endpoint: "list", method: "GET", attempt: 1 },
  ...{ status: 200, ms: 12, outcome: "ok", rows: 3 },
};

const logAt = (path: string | undefined, warn: (text: string) => void = () => {}) =>
  callLogFor({ env: path === undefined ? {} : { CAKE_LOG: path }, by: "command", warn });

describe("the log of calls", () => {
  it.each([undefined, "", "  "])("is none where the environment names none: %j", (path) => {
    expect(logAt(path)).toBeUndefined();
  });

  it("begins when it is opened, for its owner only, and goes on after what is there", () => {
    const { path, log, lines } = logFile();
    expect(lines()).toEqual([]);
    log?.open();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    log?.open();
    log?.write(record);
    const other = logAt(path);
    other?.open();
    other?.write({ ...record, attempt: 2 });
    expect(lines()).toMatchObject([
      { by: "provider", version: ownManifest().version, ...record },
      { by: "command", ...record, attempt: 2 },
    ]);
    for (const { time, process: name } of lines()) {
      expect(new Date(String(time)).toISOString()).toBe(time);
      expect(name).toMatch(new RegExp(`^${process.pid}-[0-9a-z]+$`));
    }
  });

  it("says nothing before it is opened", () => {
    const { log, lines } = logFile();
    log?.write(record);
    expect(lines()).toEqual([]);
  });

  it("keeps each line short and plain, whatever CAKE says", () => {
    const { log, text, lines } = logFile();
    log?.open();
    const what = `\u001b[2J\u202e##[error]::error::${"\u{1f4a3}ä".repeat(2_000)}`;
    log?.write({
      ...record,
      outcome: "refused",
      what,
      path: `/${"ü".repeat(5_000)}`,
      resource: "a".repeat(32),
    });
    expect(text()).toMatch(/^[\x20-\x7e]+\n$/);
    expect(text()).not.toMatch(/##\[|::error/);
    expect(Buffer.byteLength(text())).toBeLessThan(4_096);
    expect(lines()[0]?.what).toContain("\u001b[2J\u202e##[error]::error::\u{1f4a3}");
  });

  it("masks the secrets of a URL that CAKE quotes", () => {
    const { log, text } = logFile();
    log?.open();
    log?.write({
      ...record,
      what: "see https://t.example/pb?cid=1&token=s3cr3t",
      path: "/api/token/s3cr3t?token=s3cr3t",
    });
    expect(text()).not.toContain("token=s3cr3t");
  });
});

describe("a place that cannot be a log", () => {
  const refusalOf = (path: string) => {
    try {
      logAt(path)?.open();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it.each<[string, (folder: string) => string, RegExp]>([
    ["a relative path", () => "cake.log", /cake\.log is not an absolute path/],
    ["a folder that is not there", (folder) => join(folder, "no/cake.log"), /directory that does not exist/],
    ["a directory", (folder) => folder, /is a directory/],
    [
      "a link, wherever it leads",
      (folder) => {
        symlinkSync(join(folder, "target"), join(folder, "link"));
        return join(folder, "link");
      },
      /is a symbolic link/,
    ],
    [
      "a pipe that nobody reads",
      (folder) => {
        execFileSync("mkfifo", [join(folder, "pipe")]);
        return join(folder, "pipe");
      },
      /is not a regular file/,
    ],
    ["a device", () => "/dev/null", /is not a regular file/],
    [
      "below a file",
      (folder) => {
        writeFileSync(join(folder, "file"), "");
        return join(folder, "file/cake.log");
      },
      /not a directory/,
    ],
  ])("is refused, and what to write instead is said: %s", (_, place, words) => {
    const { folder } = logFile();
    expect(refusalOf(place(folder))).toMatchObject({
      name: "SettingsError",
      code: "call-log-unusable",
      happened: expect.stringMatching(words),
      next: expect.stringContaining("by its absolute path"),
    });
  });

  it.skipIf(process.getuid?.() === 0)("is refused: one that this user may not write", () => {
    const { folder } = logFile();
    const closed = join(folder, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    expect(refusalOf(join(closed, "cake.log"))).toMatchObject({ code: "call-log-unusable" });
  });
});

describe("a disk that fails later", () => {
  it.each(["write", "partOfWrite"] as const)(
    "ends the log with one warning, and nothing throws: %s",
    (kind) => {
      const { path, log, warnings, text } = logFile();
      log?.open();
      log?.write(record);
      const disk = failingDisk(kind);
      for (let count = 0; count < 3; count += 1) log?.write(record);
      disk.recover();
      log?.write(record);
      expect(warnings).toEqual([
        expect.stringMatching(/cannot be written any more \(ENOSPC\).*\[call-log-failed\]$/),
      ]);
      expect(warnings[0]).toContain(path);
      expect(text().split("\n")[0]).toContain('"outcome":"ok"');
      expect(text().match(/"attempt":1/g)?.length).toBeLessThanOrEqual(2);
    },
  );
});

describe("several processes", () => {
  it("append to one file at once, and each line stays whole", { timeout: 60_000 }, async () => {
    const { path } = logFile();
    const script = `
      const { callLogFor } = require(${JSON.stringify(join(REPOSITORY, "dist/callLog/callLog.js"))});
      const log = callLogFor({ env: { CAKE_LOG: ${JSON.stringify(path)} }, by: "provider", warn: console.error });
      log.open();
      const what = "ä".repeat(290);
      for (let attempt = 1; attempt <= 2000; attempt += 1)
        log.write({ ...${JSON.stringify(record)}, attempt, what });
    `;
    const run = () =>
      promisify(execFile)(process.execPath, ["-e", script], {
        env: { PATH: process.env.PATH },
      });
    const ran = await Promise.all([run(), run(), run()]);
    expect(ran.map(({ stderr }) => stderr).join("")).toBe("");
    const lines = linesIn(path);
    expect(lines).toHaveLength(6_000);
    const makers = new Set(lines.map((line) => line.process));
    expect(makers.size).toBe(3);
    const each = [...Array(2_000).keys()].map((index) => index + 1);
    for (const maker of makers)
      expect(lines.filter((line) => line.process === maker).map(({ attempt }) => attempt)).toEqual(each);
  });
});
