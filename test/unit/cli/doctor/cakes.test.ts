import { describe, expect, it } from "vitest";
import type { Ability } from "../../../../provider/cli/doctor/judge";
import type { Verdict } from "../../../../provider/cli/doctor/opinion";
import { redactor } from "../../../../provider/http/redact";
import type { Behaviour, Operation, SandboxInstance } from "../../../../provider/sandbox/index";
import { KEY, startCake } from "../../cake/support";
import { FakeClock } from "../../http/fakeClock";
import { deadPort, serve, serveTls } from "../../http/servers";
import { rows } from "../../sandbox/support";
import { examined, reportOn, startFilledCake } from "./support";

/** The calls of a look: without a key to three paths, the list, and the request log. */
interface Calls {
  readonly bare: number;
  readonly list: number;
  readonly log: number;
}

interface Expected {
  readonly code: 0 | 1 | 2;
  readonly calls: Calls;
  /** What must be said, on however many lines. */
  readonly says: readonly string[];
  /** Verdicts other than those on an ordinary CAKE. */
  readonly verdicts?: Partial<Record<Ability, Verdict>>;
}

const NO_LIST = {
  create: "will not work",
  duplicates: "will not work",
  drift: "will not work",
  gone: "will not work",
} as const;
const EMPTY = { duplicates: "not known", drift: "not known", gone: "not known" } as const;
const ONE_PAGE: Calls = { bare: 3, list: 8, log: 1 };
const WITHOUT_LIST: Calls = { bare: 3, list: 1, log: 1 };

const ORDINARY: Readonly<Record<Ability, Verdict>> = {
  ...{ instance: "works", create: "works", duplicates: "works", drift: "works", gone: "works" },
  ...{ update: "not known", deactivate: "not known" },
};

const cakes: readonly [string, Partial<Behaviour>, Expected][] = [
  ["that is ordinary", {}, { code: 0, calls: ONE_PAGE, says: ["works: 5, not known: 2. Written: nothing."] }],
  [
    "without a list",
    { list: "missing" },
    {
      ...{ code: 1, calls: WITHOUT_LIST, verdicts: NO_LIST },
      says: ["List no: HTTP 404, from GET /api/2/affiliate_postbacks.json", "has no list", "--paths"],
    },
  ],
  [
    "without an update",
    { update: "missing" },
    { code: 0, calls: ONE_PAGE, says: ["only a write shows whether it is there"] },
  ],
  [
    "that answers with a web page instead of 404",
    { list: "missing", update: "missing", missingAnswer: "html" },
    {
      ...{ code: 1, calls: WITHOUT_LIST, verdicts: NO_LIST },
      says: ["a web page came instead of data (HTTP 200", "pulumi config set cake:endpoints without-list"],
    },
  ],
  ["that counts from 1", { rowBase: 1 }, { code: 0, calls: ONE_PAGE, says: ["Rows count from 1 (0 is"] }],
  [
    "that counts from 1 and refuses 0",
    { rowBase: 1, rowZero: "refused" },
    // The list is asked for row 0 first, and then anew.
    { code: 0, calls: { ...ONE_PAGE, list: 9 }, says: ["Rows count from 1 (0 is refused)"] },
  ],
  [
    "that ignores filters",
    { filters: "ignored" },
    { code: 0, calls: ONE_PAGE, says: ["Filters ignored, all rows come"] },
  ],
  [
    "that gives no total",
    { totalRows: false },
    // Without a total only a page without news is the end.
    { code: 0, calls: { ...ONE_PAGE, list: 8 }, says: ["Total no: the list does not say how many rows"] },
  ],
  [
    "with short pages",
    { maxRows: 10 },
    { code: 0, calls: { ...ONE_PAGE, list: 9 }, says: ["30 active) of 10 affiliates, 3 pages", "10 rows"] },
  ],
  [
    "whose list lacks rows",
    { shortBy: 2 },
    {
      ...{ code: 1, calls: { ...ONE_PAGE, list: 9 } },
      verdicts: { create: "will not work", duplicates: "will not work", gone: "will not work" },
      says: ["perhaps not complete: the list says that it has 30 rows, and 28 different ones came"],
    },
  ],
  [
    "whose list is empty",
    { list: "empty" },
    // An empty list shows no filter at work.
    { code: 0, calls: { ...ONE_PAGE, list: 4 }, verdicts: EMPTY, says: ["for a key without rights"] },
  ],
];

const unseen: readonly [string, Partial<Behaviour>, Calls, readonly string[]][] = [
  [
    "that ignores this address with silence",
    { addressIgnored: "hang" },
    { bare: 1, list: 1, log: 0 },
    ["not on its allow-list", "no answer within 1 s", "Answers none"],
  ],
  [
    "that ignores this address with empty answers",
    { addressIgnored: "empty" },
    WITHOUT_LIST,
    ["not on its allow-list", "empty answer"],
  ],
];

describe("a CAKE", () => {
  it.each(cakes)("%s", async (_, behaviour, { code, calls, says, verdicts = {} }) => {
    const cake = await startFilledCake(behaviour);
    const { exitCode, judgements } = await reportOn(cake.url);
    expect([exitCode, callsOf(cake)]).toEqual([code, calls]);
    const verdictsSaid = Object.fromEntries(judgements.map(({ ability, verdict }) => [ability, verdict]));
    expect(verdictsSaid).toEqual({ ...ORDINARY, ...verdicts });
    await expectReadable(cake.url, code, says);
    expect(cake.requests.every(({ method }) => method === "GET")).toBe(true);
  });

  it.each(unseen)("%s", async (_, behaviour, calls, says) => {
    const cake = await startFilledCake(behaviour);
    await expectReadable(cake.url, 2, says, { env: { CAKE_REQUEST_TIMEOUT: "1" } });
    expect(callsOf(cake)).toEqual(calls);
  });

  it("that refuses the key is asked with it once", async () => {
    const cake = await startFilledCake();
    const env = { CAKE_API_KEY: "another" };
    await expectReadable(cake.url, 2, ["does not accept the key", '"Invalid API Key"'], { env });
    expect(callsOf(cake)).toEqual({ bare: 3, list: 1, log: 0 });
  });

  it("that shows the key only a part is told by a postback that is known", async () => {
    const cake = await startFilledCake({ visible: ({ postbackId }) => postbackId > 10 });
    await expectReadable(cake.url, 0, ["20 postbacks", "--known <id> shows"]);
    const says = ["Known postbacks shown: 30; not shown: 1", "the key sees only a part"];
    await expectReadable(cake.url, 1, says, { known: [1, 30] });
  });

  it("that only documented endpoints may be used of is not asked for its list", async () => {
    const cake = await startFilledCake();
    const env = { CAKE_ENDPOINTS: "documented" };
    await expectReadable(cake.url, 1, ["Endpoints documented ones only", "edit by hand in CAKE"], { env });
    expect(callsOf(cake)).toEqual({ bare: 3, list: 0, log: 1 });
  });

  it("that is slow gets the time that it needs", async () => {
    const clock = new FakeClock();
    const cake = await startFilledCake();
    // Once, because the looks at filters are under way together.
    cake.behave({
      afterPage: () => {
        clock.time += 25_000;
        cake.behave({ afterPage: () => {} });
      },
    });
    const says = ["the slowest after 25000 ms", "pulumi config set cake:requestTimeout 75"];
    await expectReadable(cake.url, 0, says, { clock });
  });

  it("that is not one gets no more calls than one without a list, and a word of what it may be", async () => {
    const server = await serve((_, response) => void response.end("<html>Welcome</html>"));
    await expectReadable(server.url.origin, 2, ["this may be a login page, or another server than CAKE"]);
    expect(server.requests).toHaveLength(5);
  });

  it("that is behind a redirect is not followed there, and the key goes nowhere else", async () => {
    const elsewhere = await serve((_, response) => void response.end());
    const server = await serve(({ url = "" }, response) => {
      response.writeHead(302, { Location: new URL(url, elsewhere.url).href }).end();
    });
    const says = [
      "set the domain to the host on which CAKE itself answers",
      "redirects elsewhere (HTTP 302)",
    ];
    await expectReadable(server.url.origin, 2, says);
    expect([server.requests.length, elsewhere.connections]).toEqual([5, 0]);
  });

  it("whose certificate nobody vouches for gets one handshake and one try, and no key", async () => {
    const server = await serveTls((_, response) => response.end());
    const says = ["TLS certificate", "No key was sent.", "NODE_EXTRA_CA_CERTS", "Answers none"];
    await expectReadable(server.url.origin, 2, says);
    expect([server.connections, server.requests]).toEqual([2, []]);
  });

  it("to which there is no connection is told in a few lines", async () => {
    const says = ["there is no connection: the connection was refused", "Check the domain with its port"];
    const text = await expectReadable(`http://127.0.0.1:${await deadPort()}`, 2, says);
    expect(text.split("\n").length).toBeLessThan(18);
  });

  it("whose name is not known is told to be spelt right", async () => {
    await expectReadable("https://no-such-host.invalid", 2, ["Check how the domain is spelt"]);
  });

  it("of many pages is asked for each of them once", async () => {
    const many = rows(1_234).map((row, index) => ({
      ...row,
      ...{ affiliateId: 100 + (index % 600), offerId: 1 + (index % 300) },
    }));
    const cake = await startCake({ postbacks: many });
    await reportOn(cake.url);
    expect(callsOf(cake)).toEqual({ bare: 3, list: 3 + 3 + 3 + 1, log: 1 });
  });
});

function callsOf(cake: SandboxInstance): Calls {
  // A GET to an endpoint that takes a POST is none that the sandbox knows.
  const count = (operation: Operation) => cake.calls(operation);
  return { bare: count("unknown"), list: count("list"), log: count("logs") };
}

/** Prints the report for people, and holds it to what every report must be. */
async function expectReadable(
  url: string,
  code: number,
  says: readonly string[],
  options: Parameters<typeof examined>[1] = {},
): Promise<string> {
  const { printed, told, code: ended } = await examined(url, options);
  const words = printed.replace(/\s+/g, " ");
  for (const said of says) expect(words).toContain(said);
  expect(printed.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(printed).toMatch(new RegExp(`Exit code ${code}\\.$`));
  expect(ended).toBe(code);
  expect(redactor([KEY])(printed + told)).toBe(printed + told);
  return printed;
}
