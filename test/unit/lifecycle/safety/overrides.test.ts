import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readOverrides } from "../../../../provider/lifecycle/safety/overrides";
import { SettingsError } from "../../../../provider/settings/settingsError";

function fileOf(text: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "cake-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "done.txt");
  writeFileSync(file, text);
  return file;
}

describe("without a word for this run", () => {
  it.each([
    {},
    { CAKE_ON_MISSING: "", CAKE_ON_EXISTING: "", CAKE_ON_DRIFT: "", CAKE_CONFIRMED_IDS_FILE: "" },
  ])("every guard holds: %j", (env) => {
    expect(readOverrides(env)).toEqual({
      ...{ forget: new Set(), adoptExisting: false, overwriteDrift: false, confirmedByHand: new Set() },
      ...{ createUnknown: new Set(), allowedChanges: undefined },
    });
  });
});

describe("CAKE_ON_MISSING", () => {
  it("names the postbacks that are really gone", () => {
    expect(readOverrides({ CAKE_ON_MISSING: "forget:8801" }).forget).toEqual(new Set([8801]));
    expect(readOverrides({ CAKE_ON_MISSING: "forget:1, 2,3" }).forget).toEqual(new Set([1, 2, 3]));
  });

  it.each([
    "forget",
    "forget:",
    "forget:all",
    "forget:*",
    "forget:1,,2",
    "forget:0",
    "forget:1;2",
    "8801",
    "yes",
  ])("is refused as %j: nobody is to forget more than they name", (value) => {
    expect(() => readOverrides({ CAKE_ON_MISSING: value })).toThrow(SettingsError);
    expect(() => readOverrides({ CAKE_ON_MISSING: value })).toThrow(/CAKE_ON_MISSING/);
  });
});

describe.each([
  ["CAKE_ON_EXISTING", "adopt", "adoptExisting"],
  ["CAKE_ON_DRIFT", "overwrite", "overwriteDrift"],
] as const)("%s", (variable, word, field) => {
  it("takes one word", () => {
    expect(readOverrides({ [variable]: word })[field]).toBe(true);
  });

  it.each(["true", "1", "ADOPT", "adopt ", "no"])("is refused as %j", (value) => {
    expect(() => readOverrides({ [variable]: value })).toThrow(`and it takes only "${word}"`);
  });
});

describe("CAKE_CONFIRMED_IDS_FILE", () => {
  it("names a file of ids, one a line, with comments", () => {
    const file = fileOf("8801\r\n\n  8802  # partner Acme\n# 8803\n8804");
    expect(readOverrides({ CAKE_CONFIRMED_IDS_FILE: file }).confirmedByHand).toEqual(
      new Set([8801, 8802, 8804]),
    );
  });

  it("may be a file of Windows PowerShell, in UTF-16", () => {
    const file = fileOf(Buffer.from("\uFEFF8801\r\n8802\r\n", "utf16le"));
    expect(readOverrides({ CAKE_CONFIRMED_IDS_FILE: file }).confirmedByHand).toEqual(new Set([8801, 8802]));
  });

  it("is refused where a line holds no id", () => {
    expect(() => readOverrides({ CAKE_CONFIRMED_IDS_FILE: fileOf("8801\n8802,8803") })).toThrow(
      '"8802,8803", which is not a postback ID',
    );
  });

  it("shows no secret of a line that is a URL", () => {
    expect(() =>
      readOverrides({ CAKE_CONFIRMED_IDS_FILE: fileOf("https://t.example/?token=s3cr3t") }),
    ).toThrow("?token=***");
  });

  it("is refused where the file is not there", () => {
    expect(() => readOverrides({ CAKE_CONFIRMED_IDS_FILE: "/no/such/file" })).toThrow(
      '"/no/such/file", cannot be read (ENOENT)',
    );
  });
});

describe("CAKE_ALLOW_CHANGES", () => {
  it("says how many postbacks a run may change", () => {
    expect(readOverrides({ CAKE_ALLOW_CHANGES: "250" }).allowedChanges).toBe(250);
    expect(readOverrides({ CAKE_ALLOW_CHANGES: "" }).allowedChanges).toBeUndefined();
  });

  it("shows no secret of a URL", () => {
    expect(() => readOverrides({ CAKE_ALLOW_CHANGES: "https://t.example/?token=s3cr3t" })).toThrow(
      "?token=***",
    );
  });

  it.each(["0", "-1", "1.5", "all", "1e3", "99999999999"])("is refused as %j", (value) => {
    expect(() => readOverrides({ CAKE_ALLOW_CHANGES: value })).toThrow(SettingsError);
    expect(() => readOverrides({ CAKE_ALLOW_CHANGES: value })).toThrow(/CAKE_ALLOW_CHANGES is/);
  });
});

describe("CAKE_ON_UNKNOWN", () => {
  const hash = "0123456789abcdef".repeat(2);
  const entry = `${hash}-${hash}-0123456789abcdef`;

  it("names the entries of the journal whose creates made nothing", () => {
    expect(readOverrides({ CAKE_ON_UNKNOWN: `create:${entry}` }).createUnknown).toEqual(new Set([entry]));
    const two = readOverrides({ CAKE_ON_UNKNOWN: `create:${entry}, ${hash}-${hash}-1` }).createUnknown;
    expect(two).toEqual(new Set([entry, `${hash}-${hash}-1`]));
    expect(readOverrides({ CAKE_ON_UNKNOWN: "" }).createUnknown).toEqual(new Set());
  });

  it.each([
    "create",
    "create:",
    "create:all",
    "create:../x",
    `${entry}`,
    `create:${entry},`,
    "create:<entry>",
  ])("is refused as %j: nobody is to create more than they name", (value) => {
    expect(() => readOverrides({ CAKE_ON_UNKNOWN: value })).toThrow(SettingsError);
    expect(() => readOverrides({ CAKE_ON_UNKNOWN: value })).toThrow(/CAKE_ON_UNKNOWN is/);
  });
});
