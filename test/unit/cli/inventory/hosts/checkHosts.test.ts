import { describe, expect, it } from "vitest";
import type { HostCheck } from "../../../../../provider/cli/inventory/hosts/checkHost";
import { checkAll, gapsIn } from "../../../../../provider/cli/inventory/hosts/checkHosts";

const OK: HostCheck = { is: [], found: "fine" };
const origins = (count: number) =>
  Array.from({ length: count }, (_, index) => new URL(`https://t${index}.partner.net`));
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const silent = () => undefined;

describe("the check of many hosts", () => {
  it("checks each of 3,000 hosts once, and never more than 16 at a time", async () => {
    let [now, most] = [0, 0];
    const asked: string[] = [];
    const seen: number[][] = [];
    const all = origins(3_000);
    const checks = await checkAll(
      all,
      async ({ origin }) => {
        asked.push(origin);
        now += 1;
        most = Math.max(most, now);
        await nextTurn();
        now -= 1;
        return OK;
      },
      (...progress) => seen.push(progress),
    );
    expect(asked).toEqual(all.map(({ origin }) => origin));
    expect([...checks.keys()].toSorted()).toEqual(asked.toSorted());
    expect(most).toBe(16);
    expect([seen[0], seen.at(-1)]).toEqual([
      [1, 3_000],
      [3_000, 3_000],
    ]);
  });

  it("says of the hosts for which no time was left that they were not checked", async () => {
    const checks = await checkAll(origins(3), async () => OK, silent, { atOnce: 16, allMs: 0 });
    expect([...checks.values()].map(({ is, gap }) => [is, gap])).toEqual(
      Array.from({ length: 3 }, () => [["uncheckedHost"], "time"]),
    );
    expect(gapsIn(checks.values())).toEqual(["3 hosts: not checked before the time limit"]);
  });

  it("ends the hosts that it has begun, and begins no further one", async () => {
    const limits = { atOnce: 1, allMs: 20 };
    const checks = await checkAll(
      origins(3),
      async () => {
        const begun = performance.now();
        while (performance.now() - begun < 25) await nextTurn();
        return OK;
      },
      silent,
      limits,
    );
    expect([...checks.values()].map(({ gap }) => gap)).toEqual([undefined, "time", "time"]);
  });

  it("says why hosts were not judged, each reason once", () => {
    const unchecked = (gap: HostCheck["gap"] & string): HostCheck => ({
      is: ["uncheckedHost"],
      found: "",
      gap,
    });
    expect(gapsIn([OK, unchecked("proxy"), unchecked("dns"), unchecked("proxy")])).toEqual([
      "1 host: this machine resolves no public names, so a lost domain cannot be seen from it",
      "2 hosts: calls go through a proxy, so TLS was not checked",
    ]);
    expect(gapsIn([OK])).toEqual([]);
  });
});
