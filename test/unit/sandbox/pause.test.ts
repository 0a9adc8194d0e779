import { describe, expect, it } from "vitest";
import { oneInstance } from "./support";

describe("a pause", () => {
  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("stops a request %s its effect until it is released", async (when, effects) => {
    const { us, client } = await oneInstance();
    const pause = us.pause("create", { when });
    const answer = client.create();
    const request = await pause.arrived;
    expect(request).toMatchObject({ operation: "create", status: undefined, reached: when === "after" });
    expect(us.postbacks()).toHaveLength(effects);
    pause.release();
    expect((await answer).json).toMatchObject({ request_status: "Success" });
    expect(request.status).toBe(200);
    expect(us.postbacks()).toHaveLength(1);
  });

  it("lets other endpoints and later requests pass", async () => {
    const { us, client } = await oneInstance();
    const pause = us.pause("create");
    const held = client.create();
    await pause.arrived;
    await client.list();
    await client.create({ affiliate_id: 2 });
    expect(us.postbacks().map((row) => row.affiliateId)).toEqual([2]);
    pause.release();
    await held;
    expect(us.postbacks().map((row) => row.affiliateId)).toEqual([2, 67890]);
  });

  it("gathers requests that are under way at once, and lets them go one by one", async () => {
    const { us, client } = await oneInstance();
    const pause = us.pause("create", { times: 3 });
    const answers = [1, 2, 3].map((affiliate_id) => client.create({ affiliate_id }));
    const arrived = await pause.arrivals(3);
    expect(us.peakConcurrency).toBe(3);
    pause.releaseNext();
    await answers[Number(arrived[0]?.fields.affiliate_id) - 1];
    expect(us.postbacks()).toHaveLength(1);
    pause.release();
    await Promise.all(answers);
    expect(us.postbacks()).toHaveLength(3);
  });

  it("may be for some requests only", async () => {
    const { us, client } = await oneInstance();
    const pause = us.pause("create", { where: ({ fields }) => fields.affiliate_id === 7 });
    await client.create();
    const held = client.create({ affiliate_id: 7 });
    expect((await pause.arrived).fields.affiliate_id).toBe(7);
    pause.release();
    await held;
  });

  it("lets a request have its effect whose caller has gone meanwhile", async () => {
    const { us, client } = await oneInstance();
    const abort = new AbortController();
    const pause = us.pause("create");
    const answer = client.create({}, abort.signal).catch(() => {});
    await pause.arrived;
    abort.abort();
    await answer;
    const after = us.pause("create", { when: "after" });
    pause.release();
    await after.arrived;
    expect(us.postbacks()).toHaveLength(1);
  });

  it("says so when it is released before the requests came", async () => {
    const { us } = await oneInstance();
    const pause = us.pause("create", { times: 2 });
    const arrivals = expect(pause.arrivals(2)).rejects.toThrow("Released after 0 of 2 requests.");
    pause.release();
    await arrivals;
  });

  it("ends with recover", async () => {
    const { us, client } = await oneInstance();
    const pause = us.pause("create");
    const answer = client.create();
    await pause.arrived;
    us.recover();
    expect((await answer).status).toBe(200);
  });

  it("does not keep a sandbox from closing", async () => {
    const { us, client, sandbox } = await oneInstance();
    const pause = us.pause("create");
    const answer = client.create().catch(() => "no answer");
    await pause.arrived;
    await sandbox.close();
    expect(await answer).toBe("no answer");
  });
});
