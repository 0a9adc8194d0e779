import { describe, expect, it } from "vitest";
import { create } from "../../../provider/lifecycle/create";
import { diff } from "../../../provider/lifecycle/diff";
import { read } from "../../../provider/lifecycle/read";
import { callsOf, failure, inputsOf, NEW_URL, otherRows, rowOf, startCake, stateOf, URL } from "./support";

describe("a read", () => {
  it("answers the live record, and the inputs that it stands for", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const state = stateOf(rowOf(5), cake.domain, { __origin: "origin-1" });
    const result = await read(run().session, "5", state);
    expect(result).toEqual({
      ...{ id: "5", props: state },
      inputs: { ...inputsOf(), urlParts: state.urlParts },
    });
  });

  it("of many shares one listing, and needs no call each", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(1_200) });
    const { session } = run();
    const results = await Promise.all(
      cake.postbacks().map((row) => read(session, String(row.postbackId), stateOf(row, cake.domain))),
    );
    expect(results.map(({ id }) => id)).toEqual(cake.postbacks().map(({ postbackId }) => String(postbackId)));
    expect(callsOf(cake)).toEqual({ create: 0, update: 0, list: 3, filtered: 0 });
  });

  it("shows what somebody changed in CAKE, so that diff sees it", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: NEW_URL, postbackStatus: "Pending Review" });
    const { session } = run();
    const { props, inputs } = await read(session, "5", stateOf(rowOf(5), cake.domain));
    expect(props).toMatchObject({ postbackUrl: NEW_URL, postbackStatus: "Pending Review" });
    expect(inputs).toMatchObject({ postbackUrl: NEW_URL, urlParts: { path: "/v2" } });
    expect(diff(session, "5", props, inputsOf())).toMatchObject({ changes: true, replaces: [] });
  });

  it("shows that somebody gave the postback to another affiliate", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { affiliateId: 1 });
    const { props } = await read(run().session, "5", stateOf(rowOf(5), cake.domain));
    expect(props).toMatchObject({ affiliateId: 1, postbackUrl: URL });
  });

  it("refuses another affiliate's record with another URL: another CAKE has answered", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { affiliateId: 1, postbackUrl: NEW_URL });
    const { message } = await failure(read(run().session, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toContain("another postback under the id of postback 5 (affiliate 67890, offer 12345)");
    expect(message).toContain("the state is kept");
    expect(message).not.toContain("s3cr3t");
  });

  it("of a URL that CAKE is known to spell otherwise shows no change", async () => {
    const { cake, run } = await startCake();
    cake.behave({ storeUrl: (url) => url.replaceAll("&", "&amp;") });
    const { outs } = await create(run().session, inputsOf());
    const { session } = run();
    const { props } = await read(session, "8801", outs);
    expect(props).toEqual(outs);
    expect(diff(session, "8801", props, inputsOf()).changes).toBe(false);
  });

  it("with numbers as strings, under the other array name and from row 1 is the same", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(60) });
    cake.behave({
      ids: "string",
      arrayName: "affiliate_postbacks",
      rowBase: 1,
      rowZero: "refused",
      maxRows: 25,
    });
    const [row] = cake.postbacks().slice(-1);
    if (!row) throw new Error("There is a row.");
    const { props } = await read(run().session, String(row.postbackId), stateOf(row, cake.domain));
    expect(props).toEqual(stateOf(row, cake.domain));
  });

  it.each(["", "0", "abc", "1.5"])("of what cannot be an id is refused without a call: %j", async (id) => {
    const { cake, run } = await startCake();
    expect((await failure(read(run().session, id, {}))).message).toContain(
      "is not the id of a CAKE postback",
    );
    expect(cake.requests).toEqual([]);
  });
});

describe("a read without a state, as AffiliatePostback.get() has it", () => {
  it("answers everything that CAKE shows", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    expect(await read(run().session, "5", {})).toMatchObject({
      id: "5",
      props: stateOf(rowOf(5), cake.domain),
    });
  });

  it("fails where CAKE does not show the postback: Pulumi would take no answer for an answer", async () => {
    const { run } = await startCake({ postbacks: [rowOf(5)] });
    expect((await failure(read(run().session, "6", {}))).message).toContain("There is no postback 6 at");
  });

  it.each([
    ["lacks rows", { totalRows: 2 }],
    ["is empty", { list: "empty" }],
  ] as const)("says that it cannot tell where the list %s", async (_, behaviour) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave(behaviour);
    const { message } = await failure(read(run().session, "6", {}));
    expect(message).toContain("Whether there is a postback 6 at");
    expect(message).toContain("cannot be told");
  });

  it("fails where CAKE cannot be looked at", async () => {
    const { run } = await startCake();
    const { session } = run({ config: { endpoints: "documented" } });
    expect((await failure(read(session, "6", {}))).message).toContain("cannot be read");
  });
});

describe("where the live postbacks cannot be seen", () => {
  it.each([
    ["by setting", "documented", "ok", 0],
    ["because there is no list", "all", "missing", 1],
  ] as const)("the state is kept, and that is said once: %s", async (_, endpoints, list, calls) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    cake.behave({ list });
    const { session, told } = run({ config: { endpoints } });
    for (const id of [5, 6]) {
      const state = stateOf(rowOf(id), cake.domain);
      expect(await read(session, String(id), state)).toEqual({ id: String(id), props: state });
    }
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^Drift not checked/);
    expect(callsOf(cake).list).toBe(calls);
  });

  it("because a call fails, the read fails and says why", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.rotateKey("new-key");
    const { message } = await failure(read(run().session, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toContain("does not accept the API key");
    expect(message).toContain("--run-program");
  });
});

describe("a postback that CAKE no longer shows", () => {
  const gone = (domain: string) => stateOf(rowOf(5), domain);

  it("is kept in the state, with what it most often means", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    const { message, name } = await failure(read(run().session, "5", gone(cake.domain)));
    expect(name).toBe("RefusedByGuard");
    expect(message).toContain("CAKE no longer shows postback 5 (affiliate 67890, offer 12345)");
    expect(message).toContain("CAKE_ON_MISSING=forget:5");
    expect(callsOf(cake)).toMatchObject({ list: 1, filtered: 1 });
  });

  it("is dropped if a person says so, and only that one", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    const { session } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect(await read(session, "5", gone(cake.domain))).toEqual({ id: "", props: {} });
    const other = stateOf(rowOf(6), cake.domain);
    expect((await failure(read(session, "6", other))).message).toContain("forget:6");
  });

  it.each([
    ["the list is empty", { list: "empty" }, /the list is empty/],
    ["the list is not whole", { totalRows: 9 }, /says that it has 9 rows/],
    ["the list holds rows twice", { duplicates: 1 }, /same id twice/],
    ["the list lacks its end", { shortBy: 1 }, /says that it has 3 rows/],
    ["rows cannot be read", { answerRow: () => ({}) }, /cannot be read|is empty/],
  ] as const)("is not proven gone where %s, whatever a person says", async (_, behaviour, doubt) => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    cake.behave(behaviour);
    const { session } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    const { message } = await failure(read(session, "5", gone(cake.domain)));
    expect(message).toContain("that proves nothing");
    expect(message).toMatch(doubt);
  });

  it("is not proven gone by a list that was empty until this run created something", async () => {
    const { cake, run } = await startCake();
    cake.behave({ list: "empty" });
    const { session } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    await create(session, inputsOf({ affiliateId: 1 }));
    const { message } = await failure(read(session, "5", gone(cake.domain)));
    expect(message).toContain("that proves nothing: the list is empty");
  });

  it("is not proven gone where a second read shows it", async () => {
    const { cake, run } = await startCake({ postbacks: [...otherRows(3, 10), rowOf(5)] });
    cake.behave({ visible: (row) => row.postbackId !== 5 || cake.calls("list") > 1 });
    const { session } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect((await failure(read(session, "5", gone(cake.domain)))).message).toContain(
      "a second read, for this id alone, does show it",
    );
  });

  it("is not proven gone where the second read answers what cannot be read", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    const alter = () => ({ request_status: "Success", postbacks: [{ postback_id: "?" }] });
    cake.injectFault({ on: "list", after: 1, fault: { kind: "altered", alter } });
    const { session } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect((await failure(read(session, "5", gone(cake.domain)))).message).toContain(
      "that proves nothing: the list holds rows that cannot be read",
    );
  });

  it("is not proven gone where the second read fails", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    cake.injectFault({ on: "list", after: 1, fault: { kind: "refused", message: "Not today" } });
    const { session } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect((await failure(read(session, "5", gone(cake.domain)))).message).toContain("Not today");
  });
});

describe("a postback of another instance", () => {
  it("is refused without a call: its id is somebody else's here", async () => {
    const { cake, other, run } = await startCake({ postbacks: [rowOf(5)] });
    const { message } = await failure(read(run().session, "5", stateOf(rowOf(5), other.domain)));
    expect(message).toContain(`Postback 5 (affiliate 67890, offer 12345) lives on ${other.domain}`);
    expect(cake.requests).toEqual([]);
  });

  it("comes along where the instance was only renamed, and remembers the new name", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { session } = run({ config: { formerDomains: "old.example" } });
    const { props } = await read(session, "5", stateOf(rowOf(5), "old.example"));
    expect(props.domain).toBe(cake.domain);
  });

  it("answers for its own records only under its own address", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave({ tenant: "other" });
    const { message } = await failure(read(run().session, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toContain("that proves nothing");
    expect(message).not.toContain(URL);
  });
});

it("a web page in place of the list keeps the state, and says that drift is not checked", async () => {
  const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
  cake.injectFault({ on: "list", fault: { kind: "html" } });
  const { session, told } = run();
  const state = stateOf(rowOf(5), cake.domain);
  expect(await read(session, "5", state)).toEqual({ id: "5", props: state });
  expect(told.join()).toContain("Drift not checked");
});
