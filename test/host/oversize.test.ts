import { describe, expect, it } from "vitest";
import { isLong } from "../long";
import { DOORS } from "./support/doors";
import { refusalOf } from "./support/failures";
import { inputs } from "./support/postbacks";
import { World } from "./support/world";

const START = "https://tracker.partner.example/postback?cid=#s2#";

/** A URL of some length: one long value, or as many parameters as it takes. */
const SHAPES: Readonly<Record<string, (length: number) => string>> = {
  "one long value": (length) => `${START}&long=${"x".repeat(length - START.length - 6)}`,
  "many parameters": (length) =>
    START +
    Array.from({ length: (length - START.length) / 6 }, (_, i) => `&${String(i).padStart(4, "0")}=`).join(""),
  "few parameters many times": (length) => START + "&a&b".repeat((length - START.length) / 4),
  "letters of many bytes": (length) => START + "漢".repeat((length - START.length) / 3),
};
// Each case takes a process of its own, so the sizes are those at the limit and one far beyond it.
const KILOBYTES: Readonly<Record<keyof typeof SHAPES, readonly number[]>> = {
  "one long value": isLong ? [20, 100] : [100],
  "many parameters": [14, 28],
  "few parameters many times": isLong ? [14, 100] : [],
  "letters of many bytes": isLong ? [5, 40] : [5],
};
const CASES = Object.entries(KILOBYTES).flatMap(([shape, sizes]) => sizes.map((size) => ({ shape, size })));

// In kilobytes. In between it depends on how the URL is written.
const FITS = 14;
const TOO_LARGE = 40;

describe.each(DOORS)("%s door: a create whose record is not as declared", (door) => {
  it("is answered whatever the length of its URL: with the record where it fits, else with its id", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    cake.injectFault({
      on: "create",
      times: CASES.length,
      fault: { kind: "altered", alter: withStatus("inactive") },
    });

    for (const [index, { shape, size }] of CASES.entries()) {
      const postbackUrl = SHAPES[shape]?.(size * 1000) ?? "";
      // One such record ends the creates of a run.
      const host = await world.host({ settings: { "cake:endpoints": "documented" } });
      const declared = inputs({ affiliateId: 100 + index, postbackUrl });
      const { message, partial } = await refusalOf(host.create(declared));
      const id = String(cake.lastId);
      const what = `${size} kB of ${shape}`;

      expect(message, what).toContain(`postback ${id}`);
      if (partial === undefined) {
        expect(size, what).toBeGreaterThan(FITS);
        expect(message, what).toContain(`set adopt.postbackId to ${id}`);
      } else {
        expect(size, what).toBeLessThan(TOO_LARGE);
        expect(partial.id, what).toBe(id);
        expect(partial.properties, what).toMatchObject({
          postbackId: cake.lastId,
          postbackUrl,
          postbackStatus: "inactive",
          __provider: declared.__provider,
        });
        expect(partial.reasons, what).toEqual([message]);
      }
    }
  });

  it("keeps what a later read and delete need", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    const host = await world.host();
    const alter = (answer: unknown) => {
      cake.edit(cake.lastId, { postbackStatus: "paused" });
      return withStatus("paused")(answer);
    };
    cake.injectFault({ on: "create", fault: { kind: "altered", alter } });
    const { partial } = await refusalOf(host.create(inputs()));

    const next = await world.host();
    const { id = "", properties = {} } = partial ?? {};
    const { props } = await next.read(id, properties);
    expect(props).toMatchObject({ postbackStatus: "paused" });
    await next.delete(id, props);
    expect(cake.postback(Number(id))?.postbackStatus).toBe("inactive");
  });
});

/** Changes the record of an answer. */
function withStatus(postback_status: string) {
  return (answer: unknown): unknown => {
    const { postback, ...envelope } = answer as { postback: object };
    return { ...envelope, postback: { ...postback, postback_status } };
  };
}
