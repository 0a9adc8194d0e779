import { execFileSync } from "node:child_process";
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { isEntryName, pairPrefix } from "../../../../provider/lifecycle/journal/entry";
import { JournalFolder, journalPath } from "../../../../provider/lifecycle/journal/folder";
import { needing } from "../../../capabilities";
import { failingDisk } from "../failingDisk";
import { failure, journalFolder } from "../support";

const isRoot = process.getuid?.() === 0;

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A folder that does not exist yet, below one that does. */
const fresh = () => join(journalFolder(), "journal");
const folderAt = (path: string) => new JournalFolder(() => path);

describe("the place of the journal", () => {
  it("is CAKE_JOURNAL_DIR, made absolute", () => {
    expect(journalPath({ CAKE_JOURNAL_DIR: "/var/cake" })).toBe("/var/cake");
    expect(journalPath({ CAKE_JOURNAL_DIR: "journal" })).toBe(join(process.cwd(), "journal"));
  });

  it.each([
    ["~", "/home/somebody"],
    ["~/cake", "/home/somebody/cake"],
    ["~\\cake", "/home/somebody/cake"],
    ["~other/cake", join(process.cwd(), "~other/cake")],
  ])(
    "may begin with the tilde of the home directory, which PowerShell and quotes leave as it is: %s",
    (given, path) => {
      vi.stubEnv("HOME", "/home/somebody");
      expect(journalPath({ CAKE_JOURNAL_DIR: given })).toBe(path);
    },
  );

  it.each([{}, { CAKE_JOURNAL_DIR: "" }])("is a folder of the user's without it: %j", (env) => {
    vi.stubEnv("HOME", "/home/somebody");
    expect(journalPath(env)).toBe("/home/somebody/.pulumi-cake/journal");
  });

  it.each(["", ".", "somewhere"])("is unknown with a HOME of %j, and never the working directory", (home) => {
    vi.stubEnv("HOME", home);
    expect(() => journalPath({})).toThrow(/\[journal-unusable\]/);
    expect(() => journalPath({})).toThrow(/CAKE_JOURNAL_DIR/);
  });

  it("is unknown, in the same words, where the system knows no home of this user", () => {
    const home = vi.spyOn(os, "homedir").mockImplementation(() => {
      throw Object.assign(new Error("uv_os_homedir"), { code: "ENOENT" });
    });
    syncBuiltinESMExports();
    onTestFinished(() => {
      home.mockRestore();
      syncBuiltinESMExports();
    });
    expect(() => journalPath({})).toThrow(/no home directory.*\[journal-unusable\]/s);
    expect(journalPath({ CAKE_JOURNAL_DIR: "/var/cake" })).toBe("/var/cake");
  });
});

describe("a folder of the journal", () => {
  needing("modes of files")(
    "is made at the first write, with all above it, for its owner's eyes only",
    () => {
      const path = join(journalFolder(), "deep", "er");
      const folder = folderAt(path);
      expect(folder.names()).toEqual([]);
      expect(existsSync(path)).toBe(false);
      folder.create("a", "text\n").close();
      expect(statSync(path).mode & 0o777).toBe(0o700);
      expect(statSync(join(path, "a")).mode & 0o777).toBe(0o600);
      expect(folder.names()).toEqual(["a"]);
    },
  );

  it("creates a file only where none is: the second one fails", () => {
    const folder = folderAt(fresh());
    folder.create("a", "first\n").close();
    expect(() => folder.create("a", "second\n")).toThrow(/EEXIST/);
    expect(folder.read("a")).toBe("first\n");
  });

  it("reads on from a place, also beyond what a usual file has", () => {
    const folder = folderAt(fresh());
    const text = `${"x".repeat(4_096)}yz`;
    folder.create("a", text).close();
    expect(folder.read("a")).toBe(text);
    expect(folder.read("a", 4_096)).toBe("yz");
    expect(folder.read("none")).toBeUndefined();
  });

  it("adds to a file that is there, and makes none", () => {
    const folder = folderAt(fresh());
    folder.create("a", "1\n").close();
    folder.append("a", "2\n");
    folder.append("b", "2\n");
    expect(folder.read("a")).toBe("1\n2\n");
    expect(folder.names()).toEqual(["a"]);
  });

  it("removes a file that is there, and one that is not", () => {
    const folder = folderAt(fresh());
    folder.create("a", "1\n").close();
    folder.remove("a");
    folder.remove("a");
    expect(folder.names()).toEqual([]);
  });

  it("shares one sync among those that ask while one runs", async () => {
    const folder = folderAt(fresh());
    folder.create("a", "1\n").close();
    await expect(Promise.all([folder.syncNames(), folder.syncNames()])).resolves.toHaveLength(2);
  });
});

describe("a place that cannot be used", () => {
  /** What makes a place unusable, and what is said about it. */
  const table: readonly [string, (path: string) => string, RegExp][] = [
    ["a link", (path) => linked(path), /is a symbolic link/],
    ["a link, written with a slash at its end", (path) => `${linked(path)}/`, /is a symbolic link/],
    ["a link, written with a dot at its end", (path) => `${linked(path)}/.`, /is a symbolic link/],
    ["a link to nothing", (path) => linked(path, "/none"), /is a symbolic link/],
    ["a file", (path) => filed(path), /is not a directory/],
    ["a place below a file", (path) => join(filed(path), "journal"), /ENOTDIR/],
    ["a place that is open to others", (path) => opened(path, 0o755), /is open to other users .*chmod 700/],
    ["a place that others may write to", (path) => opened(path, 0o770), /is open to other users/],
    ["a place below /proc", () => "/proc/none/journal", /ENOENT/],
    ["a place right below /proc", () => "/proc/none", /ENOENT/],
    ["a place below a device", () => "/dev/null/journal", /ENOTDIR/],
    [
      "a place below one that every user may write to",
      (path) => join(opened(path, 0o777), "journal"),
      /lies below .*, where every user may replace it/,
    ],
    [
      "a place far below one that every user may write to",
      (path) => join(opened(path, 0o777), "mine", "deep", "journal"),
      /where every user may replace it/,
    ],
    ["a name that is too long", (path) => join(path, "x".repeat(300)), /ENAMETOOLONG/],
  ];

  function linked(path: string, target = journalFolder()): string {
    symlinkSync(target, path);
    return path;
  }

  function filed(path: string): string {
    writeFileSync(path, "");
    return path;
  }

  function opened(path: string, mode: number): string {
    mkdirSync(path);
    chmodSync(path, mode);
    return path;
  }

  it.each(table)("is %s: one refusal says why, and what to set", async (_, make, reason) => {
    // As CAKE_JOURNAL_DIR gives it.
    const path = journalPath({ CAKE_JOURNAL_DIR: make(fresh()) });
    for (const use of [
      () => folderAt(path).open(),
      () => folderAt(path).create("a", "1\n"),
      () => folderAt(path).syncNames(),
    ]) {
      const { name, message } = await failure(use);
      expect(name).toBe("SettingsError");
      expect(message).toMatch(reason);
      expect(message).toContain("[journal-unusable]");
      expect(message).toContain("Nothing was sent");
      expect(message).toContain("CAKE_JOURNAL_DIR");
    }
  });

  it("is none below a place where only owners may move what is theirs, as /tmp", () => {
    const sticky = fresh();
    mkdirSync(sticky);
    chmodSync(sticky, 0o1777);
    expect(folderAt(join(sticky, "journal")).open()).toBe(join(realpathSync(sticky), "journal"));
  });

  needing("symbolic links")("may be reached through a link further up, which is followed once", () => {
    const target = journalFolder();
    const link = fresh();
    symlinkSync(target, link);
    folderAt(join(link, "journal")).create("a", "1\n").close();
    expect(readdirSync(join(target, "journal"))).toEqual(["a"]);
  });

  it.skipIf(isRoot)("is one that this user may not write to", () => {
    const path = fresh();
    mkdirSync(path, { mode: 0o500 });
    expect(() => folderAt(path).create("a", "1\n")).toThrow(/EACCES/);
  });
});

describe("something else in the place of a file", () => {
  const table: readonly [string, (path: string) => void][] = [
    ["a link", (path) => symlinkSync(join(journalFolder(), "target"), path)],
    ["a folder", (path) => mkdirSync(path)],
  ];

  it.each(table)("is not read, and nobody waits for it: %s", (_, place) => {
    const folder = folderAt(fresh());
    place(join(folder.open(), "a"));
    expect(folder.read("a")).toBeUndefined();
    expect(() => folder.create("a", "1\n")).toThrow(/EEXIST/);
  });

  needing("symbolic links")("is not written to: a link", () => {
    const folder = folderAt(fresh());
    const target = join(journalFolder(), "target");
    writeFileSync(target, "untouched");
    symlinkSync(target, join(folder.open(), "a"));
    folder.append("a", "more");
    expect(readFileSync(target, "utf8")).toBe("untouched");
  });

  needing("named pipes")("is not read, and nobody waits for it: a pipe", () => {
    const folder = folderAt(fresh());
    execFileSync("mkfifo", [join(folder.open(), "a")]);
    expect(folder.read("a")).toBeUndefined();
    expect(() => folder.create("a", "1\n")).toThrow(/EEXIST/);
  });

  needing("named pipes")("is not written to: a pipe that nobody reads", () => {
    const folder = folderAt(fresh());
    execFileSync("mkfifo", [join(folder.open(), "a")]);
    folder.append("a", "more");
    expect(folder.names()).toEqual(["a"]);
  });
});

describe("a folder of the journal on Windows", () => {
  const onWindows = (path: string) => new JournalFolder(() => path, "win32");

  /** Another program has each file open for the first so many times that one is opened or removed. */
  function scanner(call: "openSync" | "unlinkSync", times: number): void {
    const original = fs[call] as (...args: unknown[]) => unknown;
    let left = times;
    const spy = vi.spyOn(fs, call).mockImplementation(((...args: unknown[]) => {
      if (left-- > 0) throw Object.assign(new Error("EBUSY"), { code: "EBUSY" });
      return original(...args);
    }) as never);
    syncBuiltinESMExports();
    onTestFinished(() => {
      spy.mockRestore();
      syncBuiltinESMExports();
    });
  }

  it.each(["read", "append"] as const)("waits for a virus scanner that has the file open: %s", (use) => {
    const folder = onWindows(fresh());
    folder.create("a", "1\n").close();
    scanner("openSync", 2);
    if (use === "append") folder.append("a", "2\n");
    expect(folder.read("a")).toBe(use === "append" ? "1\n2\n" : "1\n");
  });

  it("removes a file once the scanner is done, and creates one exclusively all the same", () => {
    const folder = onWindows(fresh());
    scanner("openSync", 1);
    folder.create("a", "1\n").close();
    expect(() => folder.create("a", "2\n")).toThrow(/EEXIST/);
    scanner("unlinkSync", 2);
    folder.remove("a");
    expect(folder.names()).toEqual([]);
  });

  it("refuses in the same words when the file stays open", () => {
    const folder = onWindows(fresh());
    folder.create("a", "1\n").close();
    scanner("openSync", 99);
    expect(() => folder.read("a")).toThrow(/EBUSY.*\[journal-unusable\]/s);
  });

  it("asks neither for modes, which mean nothing there, nor for a sync of the names, which it cannot have", async () => {
    const path = fresh();
    mkdirSync(path);
    chmodSync(path, 0o777);
    const folder = onWindows(path);
    failingDisk("syncNames", "EPERM");
    folder.create("a", "1\n").close();
    await folder.syncNames();
    expect(folder.names()).toEqual(["a"]);
  });

  it("has only names that Windows allows, of which no two differ by case alone", () => {
    const names = [pairPrefix("cake.example:8443", { affiliateId: 1, offerId: 2 })];
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}-$/);
    expect(isEntryName("a1-b2-c3")).toBe(true);
    expect(isEntryName("A1-b2-c3")).toBe(false);
  });
});

describe("a disk that fails", () => {
  it.each(["write", "partOfWrite"] as const)("while a file is begun leaves none: %s", (call) => {
    const folder = folderAt(fresh());
    folder.open();
    const disk = failingDisk(call);
    expect(() => folder.create("a", "1\n")).toThrow(/ENOSPC.*\[journal-unusable\]/s);
    disk.recover();
    expect(folder.names()).toEqual([]);
  });

  it.each(["sync", "syncNames"] as const)("at a %s is told in the same words", async (call) => {
    const folder = folderAt(fresh());
    const file = folder.create("a", "1\n");
    failingDisk(call, "EIO");
    const synced = call === "sync" ? file.sync() : folder.syncNames();
    expect((await failure(synced)).message).toMatch(/EIO.*\[journal-unusable\]/s);
    file.close();
  });

  it("at one sync of the names does not fail the next one", async () => {
    const folder = folderAt(fresh());
    folder.create("a", "1\n").close();
    const disk = failingDisk("syncNames");
    await failure(folder.syncNames());
    disk.recover();
    await folder.syncNames();
  });
});
