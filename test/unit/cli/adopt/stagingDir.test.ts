import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { StagingDir } from "../../../../provider/cli/adopt/stagingDir";

describe("a file with secrets that is lent", () => {
  // Linux has no Ctrl-Break and no window to close, so the signal comes from within.
  it.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"])(
    "is gone after %s, and the run ends",
    async (signal) => {
      const root = mkdtempSync(join(tmpdir(), "cake-staging-"));
      const exit = vi.spyOn(process, "exit").mockImplementation((() => {}) as never);
      onTestFinished(() => {
        exit.mockRestore();
        rmSync(root, { recursive: true });
      });
      const before = process.listenerCount(signal);
      await new StagingDir(root).lend("secrets.json", "{}", async (path) => {
        expect(existsSync(path)).toBe(true);
        process.listeners(signal as NodeJS.Signals).at(-1)?.(signal as NodeJS.Signals);
        expect(existsSync(path)).toBe(false);
      });
      expect(exit).toHaveBeenCalledWith(2);
      expect(process.listenerCount(signal)).toBe(before);
    },
  );
});
