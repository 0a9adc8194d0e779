import { describe, expect, it } from "vitest";
import { check } from "../../../provider/lifecycle/check";
import { create } from "../../../provider/lifecycle/create";
import { diff } from "../../../provider/lifecycle/diff";
import { read } from "../../../provider/lifecycle/read";
import { type Inputs, savedState, urlHash } from "../../../provider/lifecycle/state";
import { update } from "../../../provider/lifecycle/update";
import {
  callsOf,
  failure,
  inputsOf,
  NEW_URL,
  otherRows,
  rowOf,
  startCake,
  stateOf,
  URL,
  URN,
} from "./support";

describe("a read", () => {
  it("answers the live record, and the inputs that it stands for", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const state = stateOf(rowOf(5), cake.domain);
    const result = await read(run().context, "5", state);
    expect(result).toEqual({
      ...{ id: "5", props: state },
      inputs: { ...inputsOf(), urlParts: state.urlParts },
    });
  });

  it("of many shares one list, and needs no call each", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(1_200) });
    const { context } = run();
    const results = await Promise.all(
      cake.postbacks().map((row) => read(context, String(row.postbackId), stateOf(row, cake.domain))),
    );
    expect(results.map(({ id }) => id)).toEqual(cake.postbacks().map(({ postbackId }) => String(postbackId)));
    const { list, filtered } = callsOf(cake);
    expect(list).toBe(3);
    expect(filtered).toBeLessThanOrEqual(1);
  });

  it("shows what somebody changed in CAKE, so that diff sees it", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: NEW_URL, postbackStatus: "Pending Review" });
    const { context } = run();
    const { props, inputs } = await read(context, "5", stateOf(rowOf(5), cake.domain));
    expect(props).toMatchObject({ postbackUrl: NEW_URL, postbackStatus: "Pending Review" });
    expect(inputs).toMatchObject({ postbackUrl: NEW_URL, urlParts: { path: "/v2" } });
    expect(diff(context, URN, "5", props, inputsOf())).toMatchObject({ changes: true, replaces: [] });
  });

  it("shows that somebody gave the postback to another affiliate", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { affiliateId: 1 });
    const { props } = await read(run().context, "5", stateOf(rowOf(5), cake.domain));
    expect(props).toMatchObject({ affiliateId: 1, postbackUrl: URL });
  });

  it("refuses another affiliate's record with another URL: another CAKE has answered", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { affiliateId: 1, postbackUrl: NEW_URL });
    const { message } = await failure(read(run().context, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toContain("another postback under the ID of postback 5 (affiliate 67890, offer 12345)");
    expect(message).toContain("the state is kept");
    expect(message).not.toContain("s3cr3t");
  });

  it("of a URL that CAKE is known to spell otherwise shows no change", async () => {
    const { cake, run } = await startCake();
    cake.behave({ storeUrl: (url) => url.replaceAll("&", "&amp;") });
    const { outs } = await create(run().context, URN, inputsOf());
    const { context } = run();
    const { props } = await read(context, "8801", outs);
    expect(props).toEqual(outs);
    expect(diff(context, URN, "8801", props, inputsOf()).changes).toBe(false);
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
    const { props } = await read(run().context, String(row.postbackId), stateOf(row, cake.domain));
    expect(props).toEqual(stateOf(row, cake.domain));
  });

  it.each(["", "0", "abc", "1.5"])("of what cannot be an id is refused without a call: %j", async (id) => {
    const { cake, run } = await startCake();
    expect((await failure(read(run().context, id, {}))).message).toContain(
      "is not the ID of a CAKE postback",
    );
    expect(cake.requests).toEqual([]);
  });
});

describe("a read without a state, as AffiliatePostback.get() has it", () => {
  it("answers everything that CAKE shows", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    expect(await read(run().context, "5", {})).toMatchObject({
      id: "5",
      props: stateOf(rowOf(5), cake.domain),
    });
  });

  it("fails where CAKE does not show the postback: Pulumi would take no answer for an answer", async () => {
    const { run } = await startCake({ postbacks: [rowOf(5)] });
    expect(await failure(read(run().context, "6", {}))).toMatchObject({ code: "postback-not-found" });
  });

  it.each([
    ["lacks rows", { totalRows: 2 }],
    ["is empty", { list: "empty" }],
  ] as const)("says that it cannot tell where the list %s", async (_, behaviour) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave(behaviour);
    const { message } = await failure(read(run().context, "6", {}));
    expect(message).toContain("proves nothing");
    expect(message).toContain("[postback-not-found-unproven]");
  });

  it("fails where there is no list", async () => {
    const { run } = await startCake();
    const { context } = run({ config: { endpoints: "documented" } });
    const { message } = await failure(read(context, "6", {}));
    expect(message).toMatch(
      /^Postback 6 cannot be read\. .*cake:endpoints is "documented".*Nothing was read\./,
    );
    expect(message).toMatch(/pulumi config set cake:endpoints all \[cannot-read\]$/);
  });

  it("says once what came instead of the list and what to do, where CAKE does not have it", async () => {
    const { cake, run } = await startCake();
    cake.behave({ list: "missing" });
    const { message } = await failure(read(run().context, "6", {}));
    expect(message).toMatch(/^Postback 6 cannot be read\. .*no such endpoint: HTTP 404 .*Nothing was read\./);
    expect(message.match(/cake:paths/g)).toHaveLength(1);
    expect(message).not.toContain("Nothing was changed");
  });
});

describe("where the live postbacks cannot be read", () => {
  it.each([
    ["by setting", "documented", "ok", 0],
    ["by setting", "without-list", "ok", 0],
    ["because the list is missing", "all", "missing", 2],
  ] as const)("the state is kept, and that is said once: %s", async (_, endpoints, list, calls) => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5), rowOf(6)] });
    cake.behave({ list });
    const { context, told } = run({ config: { endpoints } });
    for (const id of [5, 6]) {
      const state = stateOf(rowOf(id), cake.domain);
      expect(await read(context, String(id), state)).toEqual({ id: String(id), props: state });
    }
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^Drift not checked.*\[drift-not-checked\]$/s);
    expect(callsOf(cake).list + callsOf(cake).filtered).toBe(calls);
  });

  it("because a call fails, the read fails and says why", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.rotateKey("new-key");
    const { message } = await failure(read(run().context, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toContain("does not accept the API key");
    expect(message).toMatch(/Set the new one in CAKE_API_KEY.*wins over a saved one/);
  });
});

describe("a postback that CAKE no longer shows", () => {
  const gone = (domain: string) => stateOf(rowOf(5), domain);

  it("is kept in the state, with what it most often means", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    const { message, name } = await failure(read(run().context, "5", gone(cake.domain)));
    expect(name).toBe("UnsafeOperationError");
    expect(message).toContain("CAKE no longer shows postback 5 (affiliate 67890, offer 12345)");
    expect(message).toContain("CAKE_ON_MISSING=forget:5");
    expect(callsOf(cake)).toMatchObject({ update: 0, filtered: 2 });
  });

  it("is dropped if a person says so, and only that one", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    const { context } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect(await read(context, "5", gone(cake.domain))).toEqual({ id: "", props: {} });
    const other = stateOf(rowOf(6), cake.domain);
    expect((await failure(read(context, "6", other))).message).toContain("forget:6");
  });

  it.each([
    ["the list is empty", { list: "empty" }, /the list is empty/],
    ["the list is incomplete", { totalRows: 9 }, /says it has 9 rows/],
    ["the list holds rows twice", { duplicates: 1 }, /same id twice/],
    ["the list lacks its end", { shortBy: 1 }, /says it has 3 rows/],
    ["rows cannot be read", { answerRow: () => ({}) }, /cannot be read|is empty/],
  ] as const)("is not proven gone where %s, whatever a person says", async (_, behaviour, doubt) => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    cake.behave(behaviour);
    const { context } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    const { message } = await failure(read(context, "5", gone(cake.domain)));
    expect(message).toContain("which proves nothing");
    expect(message).toMatch(doubt);
  });

  it("is not proven gone by a list that was empty until this run created something", async () => {
    const { cake, run } = await startCake();
    cake.behave({ list: "empty" });
    const { context } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    await failure(create(context, URN, inputsOf({ affiliateId: 1 })));
    const { message } = await failure(read(context, "5", gone(cake.domain)));
    expect(message).toContain("which proves nothing: the list is empty");
  });

  it("is not proven gone where a last read shows it", async () => {
    const { cake, run } = await startCake({ postbacks: [...otherRows(3, 10), rowOf(5)] });
    cake.behave({ visible: (row) => row.postbackId !== 5 || callsOf(cake).filtered > 1 });
    const { context } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect((await failure(read(context, "5", gone(cake.domain)))).message).toContain(
      "a second read, for this ID alone, shows it",
    );
  });

  it("is not proven gone where the list answers what cannot be read", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    const alter = () => ({ request_status: "Success", postbacks: [{ postback_id: "?" }] });
    cake.injectFault({ on: "list", after: 1, fault: { kind: "altered", alter } });
    const { context } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect((await failure(read(context, "5", gone(cake.domain)))).message).toContain(
      "which proves nothing: the list holds rows that cannot be read",
    );
  });

  it("is not proven gone where the second read is unclear", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    cake.injectFault({ on: "list", after: 3, fault: { kind: "refused", message: "Not today" } });
    const { context } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect((await failure(read(context, "5", gone(cake.domain)))).message).toContain(
      "a second read, for this ID alone, did not answer it",
    );
  });

  it("is not proven gone where the last read fails", async () => {
    const { cake, run } = await startCake({ postbacks: otherRows(3, 10) });
    cake.injectFault({ on: "list", after: 1, fault: { kind: "refused", message: "Not today" } });
    const { context } = run({ env: { CAKE_ON_MISSING: "forget:5" } });
    expect((await failure(read(context, "5", gone(cake.domain)))).message).toContain("Not today");
  });
});

describe("a postback of another instance", () => {
  it("is refused without a call: its id is somebody else's here", async () => {
    const { cake, other, run } = await startCake({ postbacks: [rowOf(5)] });
    const { message } = await failure(read(run().context, "5", stateOf(rowOf(5), other.domain)));
    expect(message).toContain(`Postback 5 (affiliate 67890, offer 12345) lives on ${other.domain}`);
    expect(cake.requests).toEqual([]);
  });

  it("comes along where the instance was only renamed, and remembers the new name", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const { context } = run({ config: { formerDomains: "old.example" } });
    const { props } = await read(context, "5", stateOf(rowOf(5), "old.example"));
    expect(props.domain).toBe(cake.domain);
  });

  it("answers for its own records only under its own address", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.behave({ tenant: "other" });
    const { message } = await failure(read(run().context, "5", stateOf(rowOf(5), cake.domain)));
    expect(message).toContain("which proves nothing");
    expect(message).not.toContain(URL);
  });
});

it("a web page in place of the list keeps the state, and says that drift is not checked", async () => {
  const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
  cake.injectFault({ on: "list", fault: { kind: "html" } });
  const { context, told } = run();
  const state = stateOf(rowOf(5), cake.domain);
  expect(await read(context, "5", state)).toEqual({ id: "5", props: state });
  expect(told.join()).toContain("Drift not checked");
});

describe("a URL that somebody changed in CAKE", () => {
  const edited = "https://elsewhere.example/?cid=#s2#";

  it("goes into state and inputs with the hash of the one that was applied last", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: edited });
    const { props, inputs } = await read(run().context, "5", stateOf(rowOf(5), cake.domain));
    expect(props).toMatchObject({ postbackUrl: edited, __applied: urlHash(URL) });
    expect(inputs).toMatchObject({ postbackUrl: edited, __applied: urlHash(URL) });
  });

  it("keeps that hash through further refreshes and further edits", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: edited });
    const first = await read(run().context, "5", stateOf(rowOf(5), cake.domain));
    cake.edit(5, { postbackUrl: NEW_URL });
    const second = await read(run().context, "5", first.props);
    expect(second.props).toMatchObject({ postbackUrl: NEW_URL, __applied: urlHash(URL) });
  });

  it("and put back leaves no hash", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    const state = stateOf(rowOf(5), cake.domain);
    cake.edit(5, { postbackUrl: edited });
    const { props } = await read(run().context, "5", state);
    cake.edit(5, { postbackUrl: URL });
    expect((await read(run().context, "5", props)).props).toEqual(state);
  });

  it("may be put back by an update although it breaks a rule, and the hash goes with it", async () => {
    const broken = "https://tracker.example/postback?cid={clickid}&payout=#price#";
    const { cake, run } = await startCake({ postbacks: [rowOf(5, { postbackUrl: broken })] });
    const state = stateOf(rowOf(5, { postbackUrl: broken }), cake.domain);
    cake.edit(5, { postbackUrl: edited });
    const { props, inputs = {} } = await read(run().context, "5", state);
    const { context } = run();
    const declared = inputsOf({ postbackUrl: broken });
    const { inputs: news, failures } = check(context, URN, inputs, { ...declared });
    expect(failures).toEqual([]);
    const olds = savedState("5", props);
    expect(diff(context, URN, "5", olds, news as unknown as Inputs).changes).toBe(true);
    const { outs } = await update(context, URN, "5", olds, declared);
    expect(outs).toEqual(state);
    expect(cake.postback(5)?.postbackUrl).toBe(broken);
  });

  it("and declared so then is recorded without a call, and the hash goes", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: edited });
    const { props } = await read(run().context, "5", stateOf(rowOf(5), cake.domain));
    cake.forgetRequests();
    const { context } = run();
    const declared = inputsOf({ postbackUrl: edited });
    expect(diff(context, URN, "5", props, declared).changes).toBe(true);
    const { outs } = await update(context, URN, "5", savedState("5", props), declared);
    expect(outs).not.toHaveProperty("__applied");
    expect(cake.requests).toEqual([]);
  });

  it("and declared so with another status leaves no hash either", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackUrl: edited });
    const { props } = await read(run().context, "5", stateOf(rowOf(5), cake.domain));
    const declared = inputsOf({ postbackUrl: edited, postbackStatus: "inactive" });
    const { outs } = await update(run().context, URN, "5", savedState("5", props), declared);
    expect(outs).toMatchObject({ postbackUrl: edited, postbackStatus: "inactive" });
    expect(outs).not.toHaveProperty("__applied");
  });
});

describe("the name of a type", () => {
  it("is kept as CAKE writes it, and another name is drift that drops the known type", async () => {
    const { cake, run } = await startCake({ postbacks: [rowOf(5)] });
    cake.edit(5, { postbackType: "iFrame" });
    const { props } = await read(run().context, "5", stateOf(rowOf(5), cake.domain));
    expect(props.postbackType).toBe("iFrame");
    expect(props).not.toHaveProperty("postbackTypeId");
  });

  it("that no article tells keeps the type that was declared", async () => {
    const row = rowOf(5, { postbackType: "iFrame" });
    const { cake, run } = await startCake({ postbacks: [row] });
    const state = stateOf(row, cake.domain, { postbackTypeId: 2 });
    expect((await read(run().context, "5", state)).props).toEqual(state);
  });

  it("that was never seen keeps the type that was declared, whatever CAKE writes", async () => {
    const row = rowOf(5, { postbackType: "iFrame" });
    const { cake, run } = await startCake({ postbacks: [row] });
    const state = stateOf({ ...row, postbackType: "not seen" }, cake.domain, { postbackTypeId: 2 });
    expect((await read(run().context, "5", state)).props).toMatchObject({
      ...{ postbackTypeId: 2, postbackType: "iFrame" },
    });
  });
});
