import { describe, expect, it, onTestFinished, vi } from "vitest";
import { endpoints, LIST_CANDIDATES } from "../../../../../provider/cake/endpoints";
import { MISSING_PATH } from "../../../../../provider/cli/doctor/answerShape";
import type { Discovery } from "../../../../../provider/cli/doctor/report";
import type { Behaviour, Fault, FaultPlan, SandboxInstance } from "../../../../../provider/sandbox";
import { clientAt } from "../../../cake/support";
import { logFile } from "../../../callLog/support";
import { FakeClock } from "../../../http/fakeClock";
import { rows, wireRows } from "../../../sandbox/support";
import { checkIn, examined, startFilledCake, valuesOf } from "../support";

const LOG = endpoints.logs.path;
const DEFAULT = endpoints.list.path;
const [V3, PIXELS, ONE] = ["/api/3/pixels.json", "/api/2/pixels.json", "/api/2/affiliate_postback.json"];
const UNASKED = [MISSING_PATH, LOG, ...LIST_CANDIDATES];
/** What each row of a list of tracking pixels has. */
const TRACKING = [
  { pixel_id: 1, pixel_url: "https://t.example/?secret=1", offer_id: 7 },
  { pixel_id: 2, pixel_url: "https://t.example/?secret=2", offer_id: 8 },
];

interface Case {
  readonly behaviour?: Partial<Behaviour>;
  readonly faults?: readonly FaultPlan[];
  readonly env?: Readonly<Record<string, string>>;
  /** Paths that are asked without the key, until the search is over. @default all */
  readonly bare?: readonly string[];
  /** Paths that are asked with the key, until the search is over. */
  readonly keyed: readonly string[];
  readonly path: string | null;
  readonly ended?: Discovery["ended"];
  readonly isBlind?: boolean;
  /** @default 0 */
  readonly code?: 0 | 1 | 2;
  /** The recommended `cake:paths`. */
  readonly recommends?: string;
  readonly says: readonly string[];
}

const at = (path: string) => JSON.stringify({ list: path });
const keyFirst = { missingAnswer: "key" } as const;

const cases: readonly [string, Case][] = [
  [
    "at the usual path",
    { keyed: [DEFAULT], path: DEFAULT, says: [`List path ${DEFAULT}`, "23 of 24 are missing"] },
  ],
  [
    "at a singular path, under response",
    {
      behaviour: { paths: { list: ONE }, listEnvelope: "response", arrayName: "affiliate_postback" },
      ...{ keyed: [ONE], path: ONE, recommends: at(ONE) },
      says: [
        `pulumi config set cake:paths list=${ONE.slice(1)}`,
        "30 postbacks (30 active) of 10 affiliates",
      ],
    },
  ],
  [
    "in version 3, where missing paths answer with a web page",
    {
      behaviour: { paths: { list: V3 }, missingAnswer: "html", arrayName: "pixels" },
      ...{ keyed: [V3], path: V3, recommends: at(V3), says: ["23 of 24 are missing"] },
    },
  ],
  [
    "in version 1, where missing paths are refused by name",
    {
      behaviour: { paths: { list: "/api/1/affiliate_pixel.json" }, missingAnswer: "refusal" },
      ...{ keyed: ["/api/1/affiliate_pixel.json"], path: "/api/1/affiliate_pixel.json" },
      ...{ recommends: at("/api/1/affiliate_pixel.json"), says: ["23 missing"] },
    },
  ],
  [
    "in an array of an unknown name, without a total",
    {
      behaviour: { paths: { list: "/api/2/postbacks.json" }, arrayName: "server_calls", totalRows: false },
      ...{ keyed: ["/api/2/postbacks.json"], path: "/api/2/postbacks.json" },
      ...{ recommends: at("/api/2/postbacks.json"), says: ["30 postbacks (30 active)", "complete"] },
    },
  ],
  [
    "beside a list of tracking pixels that comes first",
    {
      behaviour: { paths: { list: V3 }, otherLists: { [PIXELS]: { pixels: TRACKING, total_rows: 2 } } },
      ...{ keyed: [PIXELS, V3], path: V3, recommends: at(V3) },
      says: [`${PIXELS}: rows that are not postbacks: pixel_id, pixel_url, offer_id`, `${V3}: 30 postbacks`],
    },
  ],
  [
    "that counts from 1 and refuses row 0",
    {
      behaviour: { paths: { list: PIXELS }, rowBase: 1, rowZero: "refused" },
      ...{ keyed: [PIXELS, PIXELS], path: PIXELS, recommends: at(PIXELS), says: ["1 (0 is refused)"] },
    },
  ],
  [
    "where the key is checked before the path",
    {
      behaviour: { ...keyFirst, paths: { list: PIXELS } },
      ...{ keyed: LIST_CANDIDATES, path: PIXELS, isBlind: true, recommends: at(PIXELS) },
      says: ["all calls are answered alike", "23 missing"],
    },
  ],
  [
    "where each call without the key is redirected to a login",
    {
      behaviour: { missingAnswer: "login", paths: { list: V3 }, keyStatus: 401 },
      ...{ keyed: LIST_CANDIDATES, path: V3, isBlind: true, recommends: at(V3) },
      says: ["all calls are answered alike"],
    },
  ],
  [
    "where each call without the key gets a web page",
    {
      faults: [{ on: "any", times: 99, where: ({ hasKey }) => !hasKey, fault: { kind: "html" } }],
      behaviour: { paths: { list: V3 } },
      ...{ keyed: LIST_CANDIDATES, path: V3, isBlind: true, recommends: at(V3), says: [] },
    },
  ],
  [
    "where each call without the key gets HTTP 404, also that of the request log",
    {
      faults: [
        { on: "any", times: 99, where: ({ hasKey }) => !hasKey, fault: { kind: "status", status: 404 } },
      ],
      behaviour: { paths: { list: V3 } },
      ...{ keyed: [LOG, ...LIST_CANDIDATES], path: V3, isBlind: true, recommends: at(V3), says: [] },
    },
  ],
  [
    "where no call without the key gets an answer with content",
    {
      faults: [{ on: "any", times: 99, where: ({ hasKey }) => !hasKey, fault: { kind: "empty" } }],
      behaviour: { paths: { list: V3 } },
      ...{ bare: [MISSING_PATH, LOG], keyed: LIST_CANDIDATES, path: V3, isBlind: true, recommends: at(V3) },
      says: [],
    },
  ],
  [
    "on an instance without a request log, whose missing paths answer with a web page",
    {
      behaviour: { logs: "missing", missingAnswer: "html", paths: { list: V3 } },
      ...{ keyed: [LOG, V3], path: V3, recommends: at(V3), says: ["accepted: CAKE returned its list"] },
    },
  ],
  [
    "where cake:endpoints says that there is none",
    {
      ...{ behaviour: { paths: { list: V3 } }, env: { CAKE_ENDPOINTS: "without-list" } },
      ...{ keyed: [V3], path: V3, recommends: at(V3), says: ["cake:endpoints all"] },
    },
  ],
  [
    "elsewhere than cake:paths says, and its other paths stay",
    {
      behaviour: { paths: { list: V3 } },
      env: { CAKE_PATHS: '{"list":"/own/list.json","update":"/own/update.json"}' },
      ...{ bare: [MISSING_PATH, LOG, "/own/list.json", ...LIST_CANDIDATES], keyed: [V3], path: V3 },
      ...{ recommends: '{"list":"/api/3/pixels.json","update":"/own/update.json"}', says: ["24 missing"] },
    },
  ],
  [
    "at a path of its own that cake:paths names",
    {
      behaviour: { paths: { list: "/own/list.json" } },
      env: { CAKE_PATHS: '{"list":"/own/list.json"}' },
      bare: [MISSING_PATH, LOG, "/own/list.json", ...LIST_CANDIDATES],
      ...{ keyed: ["/own/list.json"], path: "/own/list.json", recommends: '{"list":"/own/list.json"}' },
      says: ["as set now"],
    },
  ],
  [
    "at the usual path, while cake:paths names another",
    {
      env: { CAKE_PATHS: at("/own/list.json") },
      bare: [MISSING_PATH, LOG, "/own/list.json", ...LIST_CANDIDATES],
      ...{ keyed: [DEFAULT], path: DEFAULT, recommends: "{}", says: [] },
    },
  ],
  [
    "at none of the paths",
    {
      ...{ behaviour: { list: "missing" }, keyed: [], path: null, code: 1 },
      says: [
        "none of 24 paths shows a list of postbacks",
        "inventory --source campaigns",
        "docs/your-cake.md",
      ],
    },
  ],
  [
    "nowhere, and all that answers is something else",
    {
      behaviour: {
        list: "missing",
        logs: "missing",
        otherLists: { [PIXELS]: { pixels: TRACKING, errors: [] } },
      },
      // The control is missing, too, so one call with the key shows that it is.
      ...{
        keyed: [LOG, PIXELS],
        path: null,
        code: 1,
        says: ["accepted: CAKE answered a call that needs it"],
      },
    },
  ],
  [
    "that is empty under a known name",
    {
      behaviour: { list: "empty", paths: { list: V3 } },
      ...{ keyed: [V3], path: V3, says: ["an empty list", "when CAKE has a postback"] },
    },
  ],
  [
    "that is empty under another name",
    {
      behaviour: { list: "empty", paths: { list: V3 }, arrayName: "errors" },
      ...{
        keyed: [V3],
        path: null,
        says: ["in an array of an unknown name", "List an empty list"],
      },
    },
  ],
  [
    "that is empty at one path and has rows at the next",
    {
      behaviour: { paths: { list: V3 }, otherLists: { [PIXELS]: { pixels: [] } } },
      ...{ keyed: [PIXELS, V3], path: V3, recommends: at(V3), says: [`${PIXELS}: a success without rows`] },
    },
  ],
  [
    "at two paths, of which the second shows more",
    {
      behaviour: { paths: { list: V3 }, otherLists: { [PIXELS]: { pixels: wireRows(rows(12)) } } },
      ...{ keyed: [PIXELS, V3], path: V3, recommends: at(V3), says: [`${V3}; postbacks also at ${PIXELS}`] },
    },
  ],
  [
    "at two paths that show the same: the first is recommended",
    {
      behaviour: { paths: { list: V3 }, otherLists: { [PIXELS]: { pixels: wireRows(rows(30)) } } },
      ...{ keyed: [PIXELS, V3], path: PIXELS, recommends: at(PIXELS), says: ["Use one path only"] },
    },
  ],
  [
    "behind a filter that it insists on",
    {
      faults: [{ on: "list", times: 99, fault: { kind: "refused", message: "Missing affiliate_id" } }],
      ...{ keyed: [DEFAULT], path: null, code: 1, says: ["Missing affiliate_id"] },
    },
  ],
];

describe("a search for the list", () => {
  it.each(cases)("finds one %s", async (_, expected) => {
    const { behaviour = {}, faults = [], env = {} } = expected;
    const cake = await startFilledCake(behaviour);
    for (const fault of faults) cake.injectFault(fault);
    const before = cake.postbacks();
    const { report, words } = await examined(cake.url, { env, discover: true });
    const { discovery } = report;
    expect([discovery?.path, discovery?.ended, discovery?.isBlind]).toEqual([
      ...[expected.path, expected.ended ?? null, expected.isBlind ?? false],
    ]);
    for (const said of expected.says) expect(words).toContain(said);
    expect(report.exitCode).toBe(expected.code ?? 0);
    expect(valuesOf(report).paths).toBe(expected.recommends);
    expect(callsOf(cake)).toEqual({ bare: expected.bare ?? UNASKED, keyed: expected.keyed });
    expectOnlyReads(cake);
    expect(cake.postbacks()).toEqual(before);
  });
});

describe("a search ends", () => {
  it("at a refused key, after one call with it", async () => {
    const cake = await startFilledCake(keyFirst);
    cake.rotateKey("another");
    const { report, words } = await examined(cake.url, { discover: true });
    expect([report.exitCode, report.discovery?.ended, report.settings]).toEqual([2, "key", []]);
    expect(keyedPaths(cake)).toEqual([DEFAULT]);
    expect(words).toContain("the search ended: CAKE rejected the key");
    expect(words).toContain("API key rejected");
    expect(report.discovery?.candidates.filter(({ answer }) => answer === "notAsked")).toHaveLength(23);
  });

  it.each(["hang", "empty"] as const)(
    "at an instance that ignores this address: %s",
    async (addressIgnored) => {
      const cake = await startFilledCake({ addressIgnored });
      const { report, words } = await examined(cake.url, { discover: true });
      expect([report.exitCode, report.discovery?.ended]).toEqual([2, "noAnswer"]);
      expect(cake.requests.map(({ path, hasKey }) => [path, hasKey])).toEqual([
        ...[
          [MISSING_PATH, false],
          [LOG, false],
          [DEFAULT, true],
        ],
      ]);
      expect(words).toContain("CAKE ignores addresses that are not on its allow-list");
    },
  );

  it("when two calls in a row are not answered, after others were", async () => {
    const cake = await startFilledCake();
    cake.injectFault({ on: "any", after: 10, times: 99, fault: { kind: "hang" } });
    const { report } = await examined(cake.url, { discover: true });
    expect(report.discovery?.ended).toBe("noAnswer");
    // Those of the search, and of the checks after it the request log.
    expect(cake.requests.map(({ path }) => path)).toEqual([...UNASKED.slice(0, 12), LOG]);
  });

  it("when CAKE asks to slow down for too long, and not before it was asked again", async () => {
    const cake = await startFilledCake();
    cake.injectFault({ on: "list", times: 999, fault: { kind: "restricted" } });
    cake.injectFault({ on: "unknown", after: 3, times: 2, fault: { kind: "rateLimited" } });
    const { report, words } = await examined(cake.url, { discover: true });
    expect(report.discovery?.ended).toBe("throttled");
    expect(words).toContain("the search ended: CAKE asked to slow down for too long");
    expect(words).not.toContain("without-list");
  });
});

/** What the list answers to the key, although it is there. */
const UNREADABLE = {
  "a role that may not read it": {
    ...{ kind: "refused", message: "Your role may not use this endpoint", status: 403 },
  },
  "a refusal with HTTP 200": { kind: "refused", message: "No permission for postbacks" },
  "a server that broke": { kind: "status", status: 500 },
  "a redirect": { kind: "redirect", status: 302, location: "/elsewhere" },
  "rows one level deeper": {
    ...{ kind: "status", status: 200 },
    body: { request_status: "Success", response: { data: { postbacks: wireRows(rows(3)) } } },
  },
} as const satisfies Readonly<Record<string, Fault>>;

describe("a list that is there and cannot be read", () => {
  const all = Object.entries(UNREADABLE);

  it.each(all)("is never called missing by a search: %s", async (_, fault) => {
    const cake = await startFilledCake({ paths: { list: V3 } });
    cake.injectFault({ on: "list", times: 999, fault, where: ({ hasKey }) => hasKey });
    const { report, words } = await examined(cake.url, { discover: true });
    expect([report.discovery?.path, report.discovery?.unread]).toEqual([null, [V3]]);
    expect(checkIn(report, "listPath")).toMatchObject({
      ...{ verdict: "unknown", found: expect.stringContaining(V3) },
    });
    expect([report.exitCode, valuesOf(report).endpoints, valuesOf(report).paths]).toEqual([
      ...[1, undefined, undefined],
    ]);
    expect(words).not.toContain("without-list");
  });

  it.each(all)("does not let a search recommend a smaller list without a warning: %s", async (_, fault) => {
    const smaller = { [PIXELS]: { pixels: wireRows(rows(2)) } };
    const cake = await startFilledCake({ paths: { list: V3 }, otherLists: smaller });
    const where = ({ hasKey, path }: { hasKey: boolean; path: string }) => hasKey && path === V3;
    cake.injectFault({ on: "any", times: 999, fault, where });
    const { report, words } = await examined(cake.url, { discover: true });
    expect([report.discovery?.path, report.discovery?.unread]).toEqual([PIXELS, [V3]]);
    expect(checkIn(report, "listPath")).toMatchObject({
      ...{ verdict: "warning", found: expect.stringContaining(V3) },
    });
    expect(valuesOf(report).paths).toBeUndefined();
    expect(words).toContain("set no cake:paths");
  });

  it.each(all)("gets no setting without a search either: %s", async (_, fault) => {
    const cake = await startFilledCake();
    cake.injectFault({ on: "list", times: 999, fault, where: ({ hasKey }) => hasKey });
    const { report } = await examined(cake.url);
    expect([report.exitCode, valuesOf(report).endpoints]).toEqual([1, undefined]);
  });
});

describe("a search", () => {
  it("repeats a call without the key three times at most, and logs that CAKE asked to slow down", async () => {
    const cake = await startFilledCake();
    const { path, lines } = logFile();
    vi.stubEnv("CAKE_LOG", path);
    onTestFinished(() => void vi.unstubAllEnvs());
    cake.injectFault({ on: "any", after: 5, times: 999, fault: { kind: "restricted" } });
    const { report } = await examined(cake.url, { discover: true });
    expect(report.discovery?.ended).toBe("throttled");
    const asked = cake.requests.filter((one) => one.path === LIST_CANDIDATES[3]);
    expect(asked).toHaveLength(4);
    expect(lines().filter((one) => one.path === LIST_CANDIDATES[3])).toEqual(
      asked.map((_, index) => expect.objectContaining({ attempt: index + 1, outcome: "throttled" })),
    );
  });

  it("makes one call at a time, with a pause before each", async () => {
    const [cake, clock] = [await startFilledCake(keyFirst), new FakeClock()];
    await examined(cake.url, { discover: true, clock });
    const searching = 1 + LIST_CANDIDATES.length * 2;
    expect(clock.pauses).toEqual(Array(searching).fill(250));
    expect(cake.peakConcurrency).toBe(1);
  });

  it("asks once more where CAKE asks to slow down for a moment", async () => {
    const cake = await startFilledCake({ paths: { list: V3 } });
    cake.injectFault({ on: "unknown", after: 4, times: 1, fault: { kind: "rateLimited" } });
    const { report } = await examined(cake.url, { discover: true });
    expect(report.discovery?.path).toBe(V3);
    expect(keyedPaths(cake).slice(0, 2)).toEqual([V3, V3]);
    expect(checkIn(report, "answers").verdict).toBe("warning");
  });

  it("follows no redirect, with the key or without it", async () => {
    const cake = await startFilledCake({ paths: { list: V3 } });
    const away = { kind: "redirect", status: 307, location: `${cake.url}/elsewhere` } as const;
    cake.injectFault({ on: "list", times: 99, fault: away });
    const { words, report } = await examined(cake.url, { discover: true });
    expect(report.discovery?.path).toBe(null);
    expect(cake.requests.some(({ path }) => path === "/elsewhere")).toBe(false);
    expect(words).toContain("it redirects to");
  });

  it("quotes nothing of rows but the names of their fields", async () => {
    const hostile = { pixel_id: 1, "\u001b[31m https://t.example/?token=s3cr3t": 2, note: "s3cr3t" };
    const cake = await startFilledCake({ list: "missing", otherLists: { [PIXELS]: { pixels: [hostile] } } });
    const { report } = await examined(cake.url, { discover: true });
    expect(JSON.stringify(report)).not.toMatch(/s3cr3t|\\u001b/);
    expect(JSON.stringify(report)).toContain("pixel_id, note");
  });

  it("shows answers that differ only in the path that they repeat as one", async () => {
    const cake = await startFilledCake({ list: "missing" });
    const where = ({ hasKey, path }: { hasKey: boolean; path: string }) => hasKey && path !== LOG;
    for (const path of LIST_CANDIDATES) {
      const message = `No method ${path.split("/").at(-1)}`;
      cake.injectFault({
        on: "any",
        fault: { kind: "refused", message },
        where: (one) => where(one) && one.path === path,
      });
    }
    cake.injectFault({ on: "any", times: 99, fault: { kind: "html" }, where: ({ hasKey }) => !hasKey });
    const { words } = await examined(cake.url, { discover: true });
    expect(words).toContain(`${LIST_CANDIDATES.slice(0, 3).join(", ")} and 21 more: HTTP 200`);
    expect(words).toContain('"No method …"');
  });

  it("is not made without the option", async () => {
    const cake = await startFilledCake({ list: "missing" });
    const { report, words } = await examined(cake.url);
    expect([report.discovery, cake.requests.length]).toEqual([null, 5]);
    expect(words).not.toContain("Where the list is");
    expect(words).toContain("--discover searches for the path");
  });
});

describe("the path that was found", () => {
  it.each([
    ["a singular path, under response", { paths: { list: ONE }, listEnvelope: "response" }],
    ["an array of an unknown name", { paths: { list: V3 }, arrayName: "server_calls" }],
    [
      "an array of an unknown name, under response",
      { paths: { list: V3 }, arrayName: "x", listEnvelope: "response" },
    ],
    [
      "rows from 1, small pages and no total",
      { paths: { list: V3 }, rowBase: 1, maxRows: 7, totalRows: false },
    ],
  ] satisfies [string, Partial<Behaviour>][])(
    "is read by the client that a stack uses: %s",
    async (_, behaviour) => {
      const cake = await startFilledCake(behaviour);
      const { report } = await examined(cake.url, { discover: true });
      const { client } = clientAt(cake.url, { paths: JSON.parse(valuesOf(report).paths ?? "{}") });
      const list = await client.list();
      expect([list.rows.size, list.completenessIssues]).toEqual([30, []]);
      expect(await client.readOne(7)).toMatchObject({ postbackId: 7 });
      expect(await client.readOne(999)).toBe("absent");
    },
  );
});

/** The calls of the search: before the list is read page by page, or the request log shows whether the key is accepted. */
function callsOf(cake: SandboxInstance) {
  const bare = cake.requests.filter(({ hasKey }) => !hasKey).map(({ path }) => path);
  const keyed = cake.requests.filter(({ hasKey }) => hasKey);
  const read = keyed.findIndex(({ fields }) => fields.row_limit === "500");
  const paths = keyed.slice(0, read < 0 ? undefined : read).map(({ path }) => path);
  // The checks of the endpoints that write make calls without the key, too: of the create and the update.
  const update = bare.length - 1;
  const isCreateAsked = bare[update - 1] === endpoints.create.path;
  const isLogLast = read < 0 && paths.at(-1) === LOG;
  return {
    bare: bare.slice(0, isCreateAsked ? update - 1 : update),
    keyed: isLogLast ? paths.slice(0, -1) : paths,
  };
}

function keyedPaths(cake: SandboxInstance): string[] {
  return cake.requests.filter(({ hasKey }) => hasKey).map(({ path }) => path);
}

function expectOnlyReads(cake: SandboxInstance): void {
  for (const { method, path, fields, hasKey } of cake.requests) {
    expect([method, path]).toEqual(["GET", expect.not.stringMatching(/asmx|update.*postback.*[?]/)]);
    if (!hasKey) expect(fields).toEqual({});
    expect(Object.keys(fields).filter((name) => !READING.has(name))).toEqual([]);
    if (path === MISSING_PATH || path === endpoints.update.path) expect(hasKey).toBe(false);
  }
}

const READING = new Set(["start_at_row", "row_limit", "postback_id", "affiliate_id", "offer_id"]);
