import { describe, expect, it } from "vitest";
import { type AdoptedList, parseAdopted } from "../../../../provider/cli/adopt/adopted";
import { type Plan, type PlanInputs, planFor } from "../../../../provider/cli/adopt/plan";
import type { LiveRow } from "../../../../provider/cli/input/live/source";
import { type Stack, stackFrom } from "../../../../provider/cli/input/stacks";

const INSTANCE = "cake.example";
const URL_OF = "https://track.acme.example/pb?cid=#s2#";

function live(id: number, changes: Partial<LiveRow> = {}): LiveRow {
  return { id, affiliateId: 100, offerId: id, status: "active", type: "Server", url: URL_OF, ...changes };
}

const holding = (id: number, token: string) => live(id, { url: `${URL_OF}&token=${token}` });

/** A stack that has these postbacks: names by IDs. */
function stackWith(names: Readonly<Record<number, string>>): Stack {
  const type = "pulumi-nodejs:dynamic/cake:AffiliatePostback";
  const resources = Object.entries(names).map(([id, name]) => {
    return {
      urn: `urn:pulumi:dev::shop::${type}::${name}`,
      type,
      id,
      custom: true,
      outputs: { domain: INSTANCE },
    };
  });
  return stackFrom(JSON.stringify({ version: 3, deployment: { resources } }), "state.json");
}

function plan(
  rows: readonly LiveRow[],
  changes: Partial<PlanInputs> = {},
  incomplete: readonly string[] = [],
): Plan {
  return planFor({
    source: {
      instance: INSTANCE,
      hosts: [INSTANCE],
      kind: "list",
      file: null,
      rows,
      incomplete,
      statement: "",
      calls: 1,
    },
    selection: { affiliates: [], offers: [], hosts: [], status: undefined, ids: undefined },
    stack: stackWith({}),
    others: [],
    adopted: undefined,
    fileNames: [],
    partners: new Map(),
    layout: undefined,
    saved: {},
    ...changes,
  });
}

/** What adopted.json says after a plan. */
function listAfter({ files }: Plan): AdoptedList {
  return parseAdopted(files.get("adopted.json") ?? "", "adopted.json");
}

const idsOf = (rows: readonly { readonly postbackId: number }[]) => rows.map(({ postbackId }) => postbackId);

describe("what is adopted", () => {
  const rows = [
    live(1, { affiliateId: 100, offerId: 0, url: "https://acme.rdtk.io/pb?cid=#s2#" }),
    live(2, { affiliateId: 100, offerId: 7, status: "inactive" }),
    live(3, { affiliateId: 200, offerId: 7, url: "https://TRACK.acme.example:8443/pb?cid=#s2#" }),
    live(4, { affiliateId: null, offerId: null }),
  ];
  it.each<[string, Partial<PlanInputs["selection"]>, number[]]>([
    ["all that can be", {}, [1, 2, 3]],
    ["of some affiliates", { affiliates: [200, 300] }, [3]],
    ["of one offer", { offers: [7] }, [2, 3]],
    ["for all offers", { offers: [0] }, [1]],
    ["on one host", { hosts: ["track.acme.example"] }, [2, 3]],
    ["on all hosts below one", { hosts: [".rdtk.io"] }, [1]],
    ["of one status", { status: "inactive" }, [2]],
    ["of some IDs", { ids: new Set([1, 3, 99]) }, [1, 3]],
    ["of what all options select", { affiliates: [100], offers: [7], status: "active" }, []],
  ])("is %s", (_what, selected, ids) => {
    const none = { affiliates: [], offers: [], hosts: [], status: undefined, ids: undefined };
    expect(idsOf(plan(rows, { selection: { ...none, ...selected } }).imports)).toEqual(ids);
  });

  it("is nothing that this stack or another one manages, or whose resource stands for another record now", () => {
    const rows = [live(1), live(2), live(3), live(4)];
    const first = plan([live(3)]);
    const name = first.fresh[0]?.name ?? "";
    const second = plan(rows, {
      stack: stackWith({ 1: "one", 9: name }),
      others: [stackWith({ 2: "two" })],
      adopted: listAfter(first),
    });
    expect(second).toMatchObject({
      selected: 4,
      managed: 2,
      managedElsewhere: 1,
      notAdoptable: [],
      writtenNotImported: [],
    });
    expect(idsOf(second.imports)).toEqual([4]);
  });

  it("leaves out a listed postback that is gone from CAKE, unless the list may be incomplete", () => {
    const adopted = listAfter(plan([live(1), live(2)]));
    const complete = plan([live(1)], { adopted });
    expect(complete.notAdoptable).toMatchObject([
      { postbackId: 2, reason: expect.stringContaining("remove its entry") },
    ]);
    expect(plan([live(1)], { adopted }, ["it broke off"]).notAdoptable).toEqual([]);
  });
});

describe("the secrets of what is adopted", () => {
  const TWO = { "acme-token": "t1", "acme-token-2": "t2" };

  it("are named once for a value, in the list as well", () => {
    const { secrets, fresh } = plan([holding(1, "t1"), holding(2, "t2"), holding(3, "t1")]);
    expect(secrets).toEqual(TWO);
    expect(fresh.map((one) => one.secrets)).toEqual([["acme-token"], ["acme-token-2"], ["acme-token"]]);
  });

  it("never take the place of what the stack has", () => {
    const saved = { "acme-token": "mine", own: "too" };
    expect(plan([holding(1, "t1")], { saved }).secrets).toEqual({ ...saved, "acme-token-2": "t1" });
    const adopted = listAfter(plan([holding(1, "t1"), holding(2, "t2")]));
    const later = plan([holding(1, "t1"), holding(2, "t2")], { adopted, saved });
    expect(later.secrets).toEqual({ ...saved, "acme-token-2": "t2" });
  });

  it("are not set again where the stack has them all", () => {
    expect(plan([holding(1, "t1"), holding(2, "t2")], { saved: TWO }).secrets).toBeUndefined();
    expect(plan([live(1)], { saved: undefined }).secrets).toBeUndefined();
  });

  it("keep their names in a later run, and a name whose value is unknown stands for no other value", () => {
    const adopted = listAfter(plan([holding(1, "t1")]));
    const later = plan([holding(1, "t1"), holding(2, "t1"), holding(3, "t3")], { adopted });
    expect(later.fresh.map((one) => one.secrets)).toEqual([["acme-token"], ["acme-token-2"]]);
    const changed = plan([live(1), holding(2, "t2")], { adopted, stack: stackWith({ 1: "acme-1" }) });
    expect(changed.fresh.map((one) => one.secrets)).toEqual([["acme-token-2"]]);
  });

  it("are all told where the setting cannot be read, because it holds all at once", () => {
    const adopted = listAfter(plan([holding(1, "t1")]));
    const stack = stackWith({ 1: "acme-1" });
    const later = plan([holding(1, "t1"), holding(2, "t2")], { adopted, stack, saved: undefined });
    expect(later.secrets).toEqual(TWO);
    expect(() => plan([live(1), holding(2, "t2")], { adopted, stack, saved: undefined })).toThrow(
      /CAKE does not show acme-token\..*\[adopt-secrets-unknown\]/,
    );
    expect(plan([live(1), live(2)], { adopted, stack, saved: undefined }).secrets).toBeUndefined();
  });

  it("that a live URL no longer holds keep a postback out of the state, unless the stack has them", () => {
    const adopted = listAfter(plan([holding(1, "t1")]));
    const changed = plan([live(1)], { adopted });
    expect(changed).toMatchObject({ imports: [], writtenNotImported: [] });
    expect(changed.notAdoptable).toMatchObject([
      { postbackId: 1, reason: expect.stringContaining("has changed since its code was written") },
    ]);
    expect(plan([live(1)], { adopted, saved: TWO })).toMatchObject({
      notAdoptable: [],
      writtenNotImported: [1],
    });
  });

  it("do not count where two live URLs give two values for one name", () => {
    const adopted = listAfter(plan([holding(1, "t1"), holding(2, "t1")]));
    const changed = plan([holding(1, "t1"), holding(2, "t2")], { adopted });
    expect(idsOf(changed.notAdoptable)).toEqual([1, 2]);
  });
});
