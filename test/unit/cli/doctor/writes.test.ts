import { describe, expect, it } from "vitest";
import type { Report } from "../../../../provider/cli/doctor/report";
import type { WriteReport } from "../../../../provider/cli/doctor/writes/report";
import type { Behaviour, SandboxInstance } from "../../../../provider/sandbox/index";
import { KEY, startCake } from "../../cake/support";
import { examined, reportOn, startFilledCake, verdictOn } from "./support";

// The filled CAKE has the affiliates 100 to 109 and the ids 1 to 30.
const PAIR = { probeWrites: true, affiliate: 7, offer: 8 } as const;
const YES = { yesWriteInactiveRecords: true, yesTheyStayForGood: true } as const;

async function probed(cake: SandboxInstance, options = {}): Promise<Report & { writes: WriteReport }> {
  const { writes, ...report } = await reportOn(cake.url, { ...PAIR, ...YES, ...options });
  if (!writes) throw new Error("Nothing was probed.");
  return { ...report, writes };
}

const probeRows = (cake: SandboxInstance) => cake.postbacks().filter(({ affiliateId }) => affiliateId === 7);

describe("a probe of writes", () => {
  it("settles everything on a good CAKE, and leaves three inactive records", async () => {
    const cake = await startFilledCake();
    const { writes, exitCode, judgements } = await probed(cake);
    expect(writes.settled).toEqual({
      ...{ secondPost: "inserts", identicalPost: "inserts", updateEndpoint: "there" },
      ...{ statusUpdate: "keeps the URL", urlUpdate: "keeps the status", shownById: 0, shownInWhole: 0 },
    });
    expect(writes.leftBehind).toEqual([31, 32, 33]);
    expect(probeRows(cake).map(({ postbackId, postbackStatus }) => [postbackId, postbackStatus])).toEqual(
      [31, 32, 33].map((id) => [id, "inactive"]),
    );
    for (const { postbackUrl } of probeRows(cake)) {
      expect(postbackUrl).toMatch(/^https:\/\/example\.com\/pulumi-cake-probe\?/);
    }
    expect(exitCode).toBe(0);
    for (const ability of ["create", "update", "deactivate"] as const) {
      expect(verdictOn({ judgements }, ability)[0]).toBe("works");
    }
  });

  it("never sends an active status, and touches no record but its own", async () => {
    const cake = await startFilledCake();
    const others = cake.postbacks();
    await probed(cake);
    const writes = cake.requests.filter(({ method }) => method === "POST");
    expect(writes.length).toBeGreaterThan(3);
    for (const { fields } of writes) expect([undefined, "inactive"]).toContain(fields.postback_status);
    expect(cake.postbacks().slice(0, others.length)).toEqual(others);
  });

  // A diagnosis makes 8 calls to a list of one page, and each complete read of it takes two. The probe reads it before the
  // first write, then after each write that it goes on from, asked for the ID and as a whole; where it was stopped, once
  // more for each record that it made.
  it.each<[string, Partial<Behaviour>, creates: number, updates: number, lists: number]>([
    ["an ordinary CAKE", {}, 3, 2, 8 + 2 + 4 * 4],
    ["a CAKE that overwrites", { create: "overwrite" }, 3, 2, 8 + 2 + 4 * 3],
    ["a CAKE without an update", { update: "missing" }, 3, 1, 8 + 2 + 4 * 2],
    ["an update that blanks", { update: "blank" }, 3, 1, 8 + 2 + 4 * 2 + 2 * 3],
    ["an update that does nothing", { update: "ignore" }, 3, 2, 8 + 2 + 4 * 3 + 2 * 3],
  ])("makes few calls on %s", async (_, behaviour, creates, updates, lists) => {
    const cake = await startFilledCake(behaviour);
    await probed(cake);
    expect([cake.calls("create"), cake.calls("update"), cake.calls("list")]).toEqual([
      creates,
      updates,
      lists,
    ]);
  });

  it.each<[string, Partial<Behaviour>, string[]]>([
    [
      "inserts",
      {},
      [
        "A second POST with another URL inserts",
        "An update of the URL alone keeps the status",
        "Create tried by the probe of writes, see below",
        "Update tried by the probe of writes, see below",
        "Left behind, because CAKE cannot delete: postback 31, 32, 33",
        "works: 7. Written: 3 records. Exit code 0.",
      ],
    ],
    [
      "overwrites",
      { create: "overwrite" },
      [
        "overwrites",
        "at most one for each pair",
        "works: 6, will not work: 1. Written: 1 record. Exit code 1.",
      ],
    ],
    [
      "blanks",
      { update: "blank" },
      [
        "Stopped: An update of the status alone changed the URL of postback 32.",
        "pulumi config set cake:endpoints documented an update changes what it was not sent",
        "works: 5, will not work: 2. Written: 3 records. Exit code 1.",
      ],
    ],
    [
      "does nothing",
      { update: "ignore" },
      ["Stopped: CAKE said yes to an update of the URL of postback 32, and did not change it."],
    ],
  ])("is told in lines that fit a terminal, where CAKE %s", async (_, behaviour, says) => {
    const { printed } = await examined((await startFilledCake(behaviour)).url, { ...PAIR, ...YES });
    const words = printed.replace(/\s+/g, " ");
    for (const said of says) expect(words).toContain(said);
    expect(printed.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("may be repeated for the same affiliate", async () => {
    const cake = await startFilledCake();
    await probed(cake);
    const { writes } = await probed(cake);
    expect(writes).toMatchObject({ leftBehind: [34, 35, 36], settled: { secondPost: "inserts" } });
  });

  it("tells of each record as soon as it is there", async () => {
    const { told } = await examined((await startFilledCake()).url, { ...PAIR, ...YES });
    expect(told.split("\n").slice(1)).toEqual([31, 32, 33].map((id) => `CAKE has written postback ${id}.`));
  });

  it("finds a CAKE that overwrites, also when it is repeated", async () => {
    const cake = await startFilledCake({ create: "overwrite" });
    for (const _ of ["first", "second"]) {
      const { writes, judgements, exitCode } = await probed(cake);
      expect(writes).toMatchObject({
        leftBehind: [31],
        settled: {
          secondPost: "overwrites",
          identicalPost: "answers the same record",
          urlUpdate: "keeps the status",
        },
      });
      expect(verdictOn({ judgements }, "create")[0]).toBe("will not work");
      expect(exitCode).toBe(1);
    }
    expect(probeRows(cake)).toHaveLength(1);
  });

  it("finds a CAKE that refuses a second POST, and tries the update on the first record", async () => {
    const cake = await startFilledCake();
    cake.injectFault({ on: "create", after: 1, fault: { kind: "refused", message: "Duplicate" } });
    const { writes } = await probed(cake);
    expect(writes).toMatchObject({
      leftBehind: [31],
      settled: { secondPost: "is refused", urlUpdate: "keeps the status" },
    });
    expect(writes.settled.identicalPost).toBeUndefined();
  });

  it("finds a CAKE that refuses an identical POST", async () => {
    const cake = await startFilledCake();
    cake.injectFault({ on: "create", after: 2, fault: { kind: "refused", message: "Duplicate" } });
    const { writes } = await probed(cake);
    expect(writes).toMatchObject({ leftBehind: [31, 32], settled: { identicalPost: "is refused" } });
  });

  it("finds that there is no update", async () => {
    const { writes, judgements } = await probed(await startFilledCake({ update: "missing" }));
    expect(writes).toMatchObject({ leftBehind: [31, 32, 33], settled: { updateEndpoint: "missing" } });
    expect(writes.surprise).toBeUndefined();
    expect(verdictOn({ judgements }, "update")[0]).toBe("will not work");
  });

  it("finds an update that blanks the URL, and stops before one that could blank the status", async () => {
    const cake = await startFilledCake({ update: "blank" });
    const { writes, exitCode } = await probed(cake);
    expect(writes.settled).toMatchObject({ statusUpdate: "does not keep the URL" });
    expect(writes.settled.urlUpdate).toBeUndefined();
    expect(writes.surprise).toContain("changed the URL of postback 32");
    expect([cake.calls("update"), exitCode]).toEqual([1, 1]);
    expect(probeRows(cake).every(({ postbackStatus }) => postbackStatus === "inactive")).toBe(true);
  });

  it("finds an update that does nothing", async () => {
    const { writes } = await probed(await startFilledCake({ update: "ignore" }));
    expect(writes.settled.urlUpdate).toBe("changes nothing");
    expect(writes.surprise).toContain("did not change it");
  });

  it("sets a record back that an update made active", async () => {
    const cake = await startFilledCake();
    cake.injectFault({
      ...{ on: "update", where: ({ fields }) => "postback_url" in fields },
      fault: {
        kind: "altered",
        alter: (answer) => {
          cake.edit(32, { postbackStatus: "active" });
          const { postback, ...envelope } = answer as { postback: object };
          return { ...envelope, postback: { ...postback, postback_status: "active" } };
        },
      },
    });
    const { writes } = await probed(cake);
    expect(writes.settled.urlUpdate).toBe("does not keep the status");
    expect(writes.surprise).toContain("Postback 32 was set to inactive again.");
    expect(cake.postback(32)?.postbackStatus).toBe("inactive");
  });

  it("says which record may be active where it cannot be set back", async () => {
    const cake = await startFilledCake({ update: "missing" });
    cake.injectFault({
      on: "create",
      fault: {
        kind: "altered",
        alter: (answer) => {
          cake.edit(31, { postbackStatus: "active" });
          const { postback, ...envelope } = answer as { postback: object };
          return { ...envelope, postback: { ...postback, postback_status: "active" } };
        },
      },
    });
    const { writes } = await probed(cake);
    expect(writes.surprise).toContain("another status than it was sent");
    expect(writes.surprise).toContain("Postback 31 may be ACTIVE");
    expect(cake.calls("create")).toBe(1);
  });

  it("measures how long the list shows the past", async () => {
    const { writes } = await probed(await startFilledCake({ listLag: 2 }));
    expect(writes.surprise).toBeUndefined();
    expect(writes.settled.shownById).toBeGreaterThan(0);
  });

  it.each<[string, Partial<Behaviour>, RegExp]>([
    [
      "a list that never shows a write",
      { list: "stale" },
      /For 16 s after the first POST .* postback 31 as it/,
    ],
    ["a URL that is stored otherwise", { storeUrl: (url) => `${url} ` }, /postback 31 with another URL/],
  ])("stops at %s", async (_, behaviour, words) => {
    const cake = await startFilledCake(behaviour);
    const { writes, exitCode } = await probed(cake);
    expect(writes.surprise).toMatch(words);
    expect(writes.surprise).not.toContain("ACTIVE");
    expect([writes.leftBehind, cake.calls("create"), cake.calls("update"), exitCode]).toEqual([
      [31],
      1,
      0,
      1,
    ]);
  });

  it("stops at an answer that never came, and says what to look for", async () => {
    const cake = await startFilledCake();
    cake.injectFault({ on: "create", fault: { kind: "brokenOff" } });
    const { writes } = await probed(cake);
    const [, run] = /run=([0-9a-f]{8}) at affiliate 7/.exec(writes.surprise ?? "") ?? [];
    expect(probeRows(cake)[0]?.postbackUrl).toContain(`run=${run}&`);
    expect(cake.calls("create")).toBe(1);
  });

  it("stops at a second POST that changes the first record behind its back", async () => {
    const cake = await startFilledCake();
    cake.injectFault({
      ...{ on: "create", after: 1 },
      fault: {
        kind: "altered",
        alter: (answer) => {
          cake.edit(31, { postbackUrl: "https://example.com/other" });
          return answer;
        },
      },
    });
    const { writes } = await probed(cake);
    expect(writes.surprise).toMatch(/after a second POST .* postback 31/);
    expect(cake.calls("update")).toBe(0);
  });

  it("stops at an answer with the id of somebody's postback, and leaves that alone", async () => {
    const cake = await startFilledCake();
    cake.injectFault({
      on: "create",
      fault: {
        kind: "altered",
        alter: (answer) => {
          const { postback, ...envelope } = answer as { postback: object };
          return { ...envelope, postback: { ...postback, postback_id: 5 } };
        },
      },
    });
    const { writes } = await probed(cake);
    expect(writes.surprise).toContain("postback 5 of affiliate 104, and may have written over it");
    expect([cake.calls("update"), cake.postback(5)?.postbackStatus]).toEqual([0, "active"]);
  });

  it("stops at an update that answers with another record", async () => {
    const cake = await startFilledCake();
    cake.injectFault({
      on: "update",
      fault: {
        kind: "altered",
        alter: (answer) => {
          const { postback, ...envelope } = answer as { postback: object };
          return { ...envelope, postback: { ...postback, postback_id: 5 } };
        },
      },
    });
    const { writes } = await probed(cake);
    expect(writes.surprise).toContain("postback 32 with postback 5");
    expect(cake.calls("update")).toBe(1);
  });
});

describe("nothing is written", () => {
  const refused = async (cake: SandboxInstance, options = {}) => {
    const { writes, exitCode, judgements } = await probed(cake, options);
    expect([cake.calls("create"), cake.calls("update"), exitCode]).toEqual([0, 0, 2]);
    expect(verdictOn({ judgements }, "create")[1]).not.toMatch(/^tried|the probe/);
    return writes.refusal;
  };

  it("for an affiliate that has postbacks", async () => {
    expect(await refused(await startFilledCake(), { affiliate: 100 })).toContain("(1, 11, 21)");
  });

  it("for an affiliate whose probe record was switched on", async () => {
    const cake = await startFilledCake();
    await probed(cake);
    cake.edit(31, { postbackStatus: "active" });
    cake.forgetRequests();
    expect(await refused(cake)).toContain("(31)");
  });

  it.each<[string, Partial<Behaviour>, string]>([
    ["a list that may lack rows", { shortBy: 1 }, "does not prove"],
    ["an empty list", { list: "empty" }, "empty"],
    ["no list", { list: "missing" }, "needs the list"],
    ["no answer", { addressIgnored: "empty" }, "could not be looked at"],
  ])("with %s", async (_, behaviour, words) => {
    expect(await refused(await startFilledCake(behaviour))).toContain(words);
  });

  it("where the assumed endpoints may not be used", async () => {
    expect(await refused(await startFilledCake(), { env: { CAKE_ENDPOINTS: "documented" } })).toContain(
      "documented",
    );
  });

  it("where a known postback is not shown", async () => {
    expect(await refused(await startFilledCake(), { known: [4711] })).toContain("postback 4711");
  });

  it.each([
    [{ yesWriteInactiveRecords: undefined }, "--yes-write-inactive-records"],
    [{ yesTheyStayForGood: undefined }, "--yes-they-stay-for-good"],
  ])("without a terminal and with only one answer (%j)", async (missing, option) => {
    expect(await refused(await startFilledCake(), missing)).toContain(option);
  });

  it("without an affiliate and an offer", async () => {
    const cake = await startCake();
    const { code, told } = await examined(cake.url, { probeWrites: true, affiliate: 7, ...YES });
    expect([code, cake.requests.length]).toEqual([2, 0]);
    expect(told).toContain("--affiliate and --offer");
  });
});

it("a mistake of ours ends with 2, and shows no key", async () => {
  const cake = await startFilledCake();
  const ask = async () => {
    throw new Error(`Oh, ${KEY}`);
  };
  const { code, told } = await examined(cake.url, { ...PAIR, ask });
  expect([code, cake.calls("create")]).toEqual([2, 0]);
  expect(told).toContain("a mistake of pulumi-cake: Oh, ***");
});

describe("the questions", () => {
  const asked = async (...answers: string[]) => {
    const cake = await startFilledCake();
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return answers.shift() ?? "";
    };
    const { writes } = await reportOn(cake.url, { ...PAIR, ask });
    return { questions, refusal: writes?.refusal, made: cake.calls("create") };
  };

  it("are two, and say what is written and that it stays", async () => {
    const { questions, made } = await asked("yes", "7");
    expect(questions).toHaveLength(2);
    expect(questions[0]).toMatch(/inactive postbacks for affiliate 7, offer 8 on 127/);
    expect(questions[1]).toContain("stay for good");
    expect(made).toBe(3);
  });

  it.each([
    [["no"], 1],
    [[""], 1],
    [["y", "7"], 1],
    [["yes", ""], 2],
    [["yes", "yes"], 2],
    [["yes", "8"], 2],
  ])("answered with %j let nothing be written", async (answers, count) => {
    const { questions, refusal, made } = await asked(...answers);
    expect([questions.length, made]).toEqual([count, 0]);
    expect(refusal).toContain("was not answered");
  });
});
