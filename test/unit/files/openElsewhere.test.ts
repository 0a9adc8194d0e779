import { describe, expect, it } from "vitest";
import { despiteOtherReaders, Patience } from "../../../provider/files/openElsewhere";

const failed = (code: string) => Object.assign(new Error(code), { code });

/** Fails so many times, and says how often it was tried and how long the pauses were. */
function scanned(times: number, code: string, platform: NodeJS.Platform) {
  let tries = 0;
  const pauses: number[] = [];
  const operation = () => {
    tries += 1;
    if (tries <= times) throw failed(code);
    return "done";
  };
  const run = () => despiteOtherReaders(operation, { platform, pause: (ms) => pauses.push(ms) });
  return { run, pauses, tries: () => tries };
}

describe("a file that another program has open on Windows", () => {
  it.each(["EBUSY", "EPERM", "EACCES"])("is tried again after %s until the other has closed it", (code) => {
    const { run, pauses } = scanned(3, code, "win32");
    expect(run()).toBe("done");
    expect(pauses).toEqual([10, 40, 150]);
  });

  it("is given up after half a second, with the reason", () => {
    const { run, pauses, tries } = scanned(99, "EBUSY", "win32");
    expect(run).toThrow("EBUSY");
    expect([tries(), pauses.reduce((sum, ms) => sum + ms)]).toEqual([5, 500]);
  });

  it("is not tried again after a failure that does not pass", () => {
    const { run, tries } = scanned(1, "ENOSPC", "win32");
    expect(run).toThrow("ENOSPC");
    expect(tries()).toBe(1);
  });

  it("is waited for only once where many files are in vain, until one can be used", () => {
    const pauses: number[] = [];
    const patience = new Patience({ platform: "win32", pause: (ms) => pauses.push(ms) });
    const inVain = () =>
      patience.despiteOtherReaders(() => {
        throw failed("EPERM");
      });
    for (let file = 0; file < 9; file++) expect(inVain).toThrow("EPERM");
    expect(pauses).toHaveLength(4);
    expect(patience.despiteOtherReaders(() => "done")).toBe("done");
    expect(inVain).toThrow("EPERM");
    expect(pauses).toHaveLength(8);
  });

  it.each(["linux", "darwin"] as const)("is no matter on %s, where a refusal lasts", (platform) => {
    const { run, tries } = scanned(1, "EACCES", platform);
    expect(run).toThrow("EACCES");
    expect(tries()).toBe(1);
  });
});
