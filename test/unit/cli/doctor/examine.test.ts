import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../../provider/cli/doctor/check";
import type { Behaviour, FaultPlan, Operation, SandboxInstance } from "../../../../provider/sandbox/index";
import { startCake } from "../../cake/support";
import { rows } from "../../sandbox/support";
import { examined, notOk, startFilledCake, valuesOf } from "./support";

type Verdicts = Readonly<Record<string, Verdict>>;

/** Without a write, nobody can tell whether these are there; and no test here names a postback that it expects. */
const ORDINARY: Verdicts = { expectedIds: "unknown", create: "unknown", update: "unknown" };
const NO_LIST: Verdicts = {
  ...{ ...ORDINARY, list: "problem" },
  ...{ firstRow: "unknown", order: "unknown", total: "unknown", pageLimit: "unknown", filters: "unknown" },
};

interface Case {
  readonly behaviour?: Partial<Behaviour>;
  readonly faults?: readonly FaultPlan[];
  /** @default 30 */
  readonly postbacks?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** @default 0 */
  readonly code?: 0 | 1 | 2;
  /** The checks whose verdict is not "ok". @default those that no read settles */
  readonly verdicts?: Verdicts;
  /** Fitting settings beside the domain. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Calls without the key, of the list, and of the request log. @default 3, 8, 1 */
  readonly calls?: readonly [bare: number, list: number, log: number];
  readonly says: readonly string[];
}

const DOCUMENTED = { CAKE_ENDPOINTS: "documented" };
const missing = { list: "missing" } as const;
const onList = (fault: FaultPlan["fault"], times = 99): FaultPlan => ({ on: "list", times, fault });

const cases: readonly [string, Case][] = [
  [
    "that is ordinary",
    {
      says: [
        "30 postbacks (30 active) of 10 affiliates, 2 pages",
        "complete",
        "Filters work",
        "Total given and correct",
      ],
    },
  ],
  [
    "without a list",
    {
      ...{ behaviour: missing, code: 1, calls: [3, 1, 1], verdicts: NO_LIST },
      settings: { endpoints: "without-list" },
      says: [
        "accepted: CAKE returned its request log",
        "HTTP 404 (GET /api/2/affiliate_postbacks.json)",
        "--paths",
      ],
    },
  ],
  [
    "without a list that says so with HTTP 405",
    {
      ...{ behaviour: { ...missing, missingAnswer: 405 }, code: 1, calls: [3, 1, 1], verdicts: NO_LIST },
      ...{ settings: { endpoints: "without-list" }, says: ["HTTP 405"] },
    },
  ],
  [
    "whose list is elsewhere, and the settings name the place",
    {
      behaviour: { paths: { list: "/own/list.json" } },
      env: { CAKE_PATHS: '{"list":"/own/list.json"}' },
      ...{ settings: { paths: '{"list":"/own/list.json"}' }, says: ["complete"] },
    },
  ],
  [
    "with a web page in place of what is missing",
    {
      behaviour: { list: "missing", update: "missing", missingAnswer: "html" },
      ...{ code: 1, calls: [3, 1, 1], verdicts: NO_LIST, settings: { endpoints: "without-list" } },
      says: ["a web page instead of data (HTTP 200"],
    },
  ],
  [
    "without an update",
    { behaviour: { update: "missing" }, says: ["cannot tell this endpoint from a missing one"] },
  ],
  ["that counts from 1", { behaviour: { rowBase: 1 }, says: ["First row 1 (0 works, too)"] }],
  [
    "that counts from 1 and refuses 0",
    // The list is asked for row 0 first, and then anew.
    { behaviour: { rowBase: 1, rowZero: "refused" }, calls: [3, 9, 1], says: ["First row 1 (0 is refused)"] },
  ],
  [
    "that counts from 1 and loses a row at 0",
    { behaviour: { rowBase: 1, rowZero: "lost" }, says: ["a page from row 0 lacks a row"] },
  ],
  [
    "that ignores filters",
    {
      behaviour: { filters: "ignored" },
      ...{
        verdicts: { ...ORDINARY, filters: "warning" },
        says: ["Filters ignored: all rows are returned", "reads all pages"],
      },
    },
  ],
  [
    "that refuses one filter",
    {
      behaviour: { filters: { offer_id: "refused" } },
      verdicts: { ...ORDINARY, filters: "warning" },
      says: ["postback_id: work; affiliate_id: work; offer_id: refused"],
    },
  ],
  [
    "whose filter leaves out what matches",
    {
      behaviour: { filters: { affiliate_id: "incomplete" } },
      ...{ code: 1, verdicts: { ...ORDINARY, filters: "problem" } },
      says: ["affiliate_id: incomplete: rows that match are missing", "can miss live postbacks"],
    },
  ],
  ["that gives no total", { behaviour: { totalRows: false }, says: ["Total not given"] }],
  [
    "whose total is wrong",
    {
      behaviour: { totalRows: 31 },
      ...{ code: 1, calls: [3, 9, 1], verdicts: { ...ORDINARY, list: "problem", total: "warning" } },
      says: ["given as 31, but 30 rows came", "incomplete: the list says it has 31 rows"],
    },
  ],
  [
    "with short pages",
    {
      behaviour: { maxRows: 10 },
      calls: [3, 9, 1],
      says: ["of 10 affiliates, 3 pages", "Page limit 10 rows"],
    },
  ],
  [
    "with pages that are larger than the articles allow",
    {
      ...{
        behaviour: { maxRows: 2_000 },
        postbacks: 2_100,
        calls: [3, 10, 1],
        verdicts: { ...ORDINARY, filters: "unknown" },
      },
      ...{
        settings: { pageSize: "2000" },
        says: ["Page limit 2000 rows", "returned 2000 postbacks in one call"],
      },
    },
  ],
  [
    "whose list lacks rows",
    {
      behaviour: { shortBy: 2 },
      ...{
        code: 1,
        calls: [3, 9, 1],
        verdicts: { ...ORDINARY, list: "problem", total: "warning", filters: "problem" },
      },
      says: ["incomplete: the list says it has 30 rows, but 28 came", "so the state is kept"],
    },
  ],
  [
    "whose list lacks rows, and whose filters do not help",
    {
      behaviour: { shortBy: 2, filters: "ignored" },
      ...{ code: 1, calls: [3, 9, 1] },
      verdicts: { ...ORDINARY, list: "problem", total: "warning", filters: "warning" },
      says: ["Creates stop, too"],
    },
  ],
  [
    "whose list is empty",
    {
      ...{ behaviour: { list: "empty" }, calls: [3, 4, 1] },
      verdicts: {
        ...ORDINARY,
        list: "unknown",
        firstRow: "unknown",
        order: "unknown",
        pageLimit: "unknown",
        filters: "unknown",
      },
      says: ["A key without rights gets an empty list, too"],
    },
  ],
  [
    "whose list does not end",
    {
      ...{ behaviour: { totalRows: 5_000_000 }, code: 1, calls: [3, 1, 1], verdicts: NO_LIST },
      says: ["it does not end", "Every create and update stops"],
    },
  ],
  [
    "whose list hangs while everything else answers",
    {
      ...{ faults: [onList({ kind: "hang" })], code: 1, calls: [3, 1, 1], verdicts: NO_LIST },
      says: [
        "Allow-list CAKE answers this address",
        "no answer within 1 s",
        "the problem is the list itself",
      ],
    },
  ],
  [
    "whose list redirects while everything else answers",
    {
      faults: [onList({ kind: "redirect", status: 302, location: "https://elsewhere.example/list" })],
      ...{ code: 1, calls: [3, 1, 1], verdicts: NO_LIST },
      says: [
        "it redirects to https://elsewhere.example/list",
        "Set the domain to the host on which CAKE itself answers",
      ],
    },
  ],
  [
    "whose list breaks once",
    { faults: [onList({ kind: "reset" }, 1)], calls: [3, 9, 1], says: ["complete"] },
  ],
  [
    "that asks to slow down",
    {
      ...{ faults: [onList({ kind: "restricted" }, 2)], calls: [3, 10, 1], settings: { concurrency: "2" } },
      ...{ verdicts: { ...ORDINARY, answers: "warning" }, says: ["CAKE asked to slow down: 2 times"] },
    },
  ],
  [
    "without a request log",
    {
      behaviour: { logs: "missing" },
      verdicts: { ...ORDINARY, requestLog: "warning" },
      says: ["HTTP 404 (GET /api/2/api_logs.json)"],
    },
  ],
  [
    "that only documented endpoints may be used of",
    {
      ...{ env: DOCUMENTED, calls: [2, 0, 1], settings: { endpoints: "documented" } },
      verdicts: { ...NO_LIST, list: "warning", update: "warning" },
      says: ['not read: cake:endpoints is "documented"', "work list"],
    },
  ],
];

describe("an instance", () => {
  it.each(cases)("%s", async (_, expected) => {
    const { behaviour, faults = [], postbacks, env = {}, says } = expected;
    const cake = await startFilledCake(behaviour, postbacks);
    for (const fault of faults) cake.injectFault(fault);
    const before = cake.postbacks();
    const { report, words } = await examined(cake.url, { env });
    for (const said of says) expect(words).toContain(said);
    expect(report.exitCode).toBe(expected.code ?? 0);
    expect(notOk(report)).toEqual(expected.verdicts ?? ORDINARY);
    expect(valuesOf(report)).toEqual({ domain: cake.url, requestTimeout: "1", ...expected.settings });
    expect(callsOf(cake)).toEqual(expected.calls ?? [3, 8, 1]);
    expect(cake.requests.every(({ method }) => method === "GET")).toBe(true);
    expect(cake.postbacks()).toEqual(before);
  });

  it("of many pages is asked for each of them once", async () => {
    const many = rows(1_234).map((row, index) => ({
      ...row,
      ...{ affiliateId: 100 + (index % 600), offerId: 1 + (index % 300) },
    }));
    const cake = await startCake({ postbacks: many });
    await examined(cake.url);
    expect(callsOf(cake)).toEqual([3, 3 + 3 + 3 + 1, 1]);
  });

  it("may say what it likes: no key and no character that moves a cursor is shown", async () => {
    const cake = await startFilledCake();
    const message = `Invalid something for ${cake.apiKey} ${encodeURIComponent(cake.apiKey)} \u001b[31m \u202e \u009b31m`;
    cake.injectFault({ on: "any", times: 99, fault: { kind: "refused", message } });
    const { words, printed } = await examined(cake.url);
    expect(words).toContain("Invalid something for *** ***");
    expect(printed.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

function callsOf(cake: SandboxInstance): [bare: number, list: number, log: number] {
  // A GET to an endpoint that takes a POST is none that the sandbox knows.
  const count = (operation: Operation) => cake.calls(operation);
  return [count("unknown"), count("list"), count("logs")];
}
