import { describe, expect, it } from "vitest";
import { create } from "../../../provider/lifecycle/create";
import { diff } from "../../../provider/lifecycle/diff";
import { read } from "../../../provider/lifecycle/read";
import { update } from "../../../provider/lifecycle/update";
import { callsOf, inputsOf, startCake, URL, URN } from "./support";

describe("review options", () => {
  const options = {
    suppress: { P12: "no TLS there" },
    clickIdSlot: "s2",
    overlapUntil: "2026-12-31",
  } as const;

  it("are kept from create through refresh", async () => {
    const { run } = await startCake();
    const { id, outs } = await create(run().context, URN, inputsOf(options));
    expect(outs).toMatchObject(options);
    const { props, inputs } = await read(run().context, id, outs);
    expect(props).toMatchObject(options);
    expect(inputs).toMatchObject(options);
    expect(diff(run().context, URN, id, props, inputsOf(options))).toMatchObject({ changes: false });
  });

  it("are changed in the state only, without a call", async () => {
    const { cake, run } = await startCake();
    const { id, outs } = await create(run().context, URN, inputsOf(options));
    cake.forgetRequests();
    const { context } = run();
    const news = inputsOf({ suppress: { P12: "another reason" } });
    expect(diff(context, URN, id, outs, news)).toEqual({
      changes: true,
      changed: ["suppress", "clickIdSlot", "overlapUntil"],
      replaces: [],
      deleteBeforeReplace: false,
    });
    const { outs: now } = await update(context, URN, id, outs, news);
    expect(now).toMatchObject({ suppress: { P12: "another reason" }, postbackUrl: URL });
    expect(now).not.toHaveProperty("clickIdSlot");
    expect(diff(context, URN, id, now, news).changes).toBe(false);
    expect(callsOf(cake)).toEqual({ create: 0, update: 0, list: 0, filtered: 0 });
  });

  it("go along with a change of the URL", async () => {
    const { run } = await startCake();
    const { id, outs } = await create(run().context, URN, inputsOf());
    const news = inputsOf({ ...options, postbackUrl: "https://new.example/?cid=#s2#" });
    const { outs: now } = await update(run().context, URN, id, outs, news);
    expect(now).toMatchObject({ ...options, postbackUrl: news.postbackUrl });
    expect(diff(run().context, URN, id, now, news).changes).toBe(false);
  });
});
