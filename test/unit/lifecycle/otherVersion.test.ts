import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../provider/formats/formats";
import { check } from "../../../provider/lifecycle/check";
import { create } from "../../../provider/lifecycle/create";
import { remove } from "../../../provider/lifecycle/delete";
import { diff } from "../../../provider/lifecycle/diff";
import { read } from "../../../provider/lifecycle/read";
import { update } from "../../../provider/lifecycle/update";
import {
  callsOf,
  failure,
  inputsOf,
  leaveEntry,
  NEW_URL,
  OTHER_URN,
  rowOf,
  startCake,
  stateOf,
  URN,
  WITHOUT_LIST,
} from "./support";

const NEWER = FORMATS.journalEntry + 1;
const codeOf = async (promise: Promise<unknown> | (() => unknown)) =>
  failure(promise).then((error) => (error as { code?: string }).code ?? error.message);

/** Makes an entry what another version would have written under its name. */
function rewritten(journal: string, name: string, content: string): void {
  writeFileSync(join(journal, name), content);
}

const FIRST_LINES: readonly (readonly [string, string, string])[] = [
  [
    "a newer version, with fields of its own",
    `{"version":${NEWER},"what":{"new":[1]}}\n`,
    "written-by-newer-version",
  ],
  [
    "a newer version, and more lines",
    `{"version":${NEWER}}\n{"phase":"paused"}\n`,
    "written-by-newer-version",
  ],
  ["a version with a name", '{"version":"2027.1"}\n', "written-by-newer-version"],
  ["an older version", '{"version":1,"pid":1}\n', "journal-entry-unreadable"],
  [
    "this version with other fields",
    `{"version":${FORMATS.journalEntry},"domain":7}\n`,
    "journal-entry-unreadable",
  ],
  ["no version", '{"pid":1}\n', "journal-entry-unreadable"],
  ["no JSON", "\u0000\u0000\u0000\n", "journal-entry-unreadable"],
];

describe("an entry of the journal whose first line is complete, and not one that this version reads", () => {
  it.each(FIRST_LINES)(
    "stops a create of its affiliate and offer, and stays: %s",
    async (_, content, code) => {
      const { cake, run, journal } = await startCake();
      const name = leaveEntry(journal, cake.domain, { phase: "sent", urn: OTHER_URN });
      rewritten(journal, name, content);
      const { context } = run();
      const error = await failure(create(context, URN, inputsOf({ postbackUrl: NEW_URL })));
      expect(error).toMatchObject({ code });
      expect(error.message).toContain(`CAKE_ON_UNKNOWN=create:${name}`);
      expect(error.message).toContain("affiliate 67890, offer 12345");
      expect(callsOf(cake)).toMatchObject({ create: 0 });
      await create(context, URN, inputsOf({ affiliateId: 4 }));
      expect(readFileSync(join(journal, name), "utf8")).toBe(content);
    },
  );

  it.each([{}, WITHOUT_LIST])("stops it with a list and without one: %j", async (opening) => {
    const { cake, run, journal } = await startCake();
    const name = leaveEntry(journal, cake.domain, { phase: "made", made: { ...rowOf(1) } });
    rewritten(journal, name, `{"version":${NEWER}}\n`);
    expect(await codeOf(create(run(opening).context, URN, inputsOf()))).toBe("written-by-newer-version");
    expect(callsOf(cake)).toMatchObject({ create: 0 });
  });

  it("stops it also where it came after the journal was read, and then takes its own entry back", async () => {
    const { cake, run, journal } = await startCake();
    const { context } = run();
    const list = cake.pause("list");
    const creating = codeOf(create(context, URN, inputsOf()));
    await list.arrived;
    const name = leaveEntry(journal, cake.domain, { phase: "sent" });
    rewritten(journal, name, `{"version":${NEWER}}\n`);
    list.release();
    expect(await creating).toBe("written-by-newer-version");
    expect(callsOf(cake)).toMatchObject({ create: 0 });
    expect(readdirSync(journal)).toEqual([name]);
  });

  it("lets it go on by a person's word for this run, and stays for the version that wrote it", async () => {
    const { cake, run, journal } = await startCake();
    const name = leaveEntry(journal, cake.domain, { phase: "sent" });
    rewritten(journal, name, `{"version":${NEWER}}\n`);
    const decided = { env: { CAKE_ON_UNKNOWN: `create:${name}` } };
    const { id, outs } = await create(run(decided).context, URN, inputsOf());
    expect(callsOf(cake)).toMatchObject({ create: 1 });
    await read(run().context, id, outs);
    expect(readdirSync(journal)).toEqual([name]);
    expect(await codeOf(create(run().context, OTHER_URN, inputsOf({ postbackUrl: NEW_URL })))).toBe(
      "written-by-newer-version",
    );
  });

  it("no longer stops anything when the version that wrote it has ended it", async () => {
    const { cake, run, journal } = await startCake();
    const name = leaveEntry(journal, cake.domain, { phase: "sent" });
    rewritten(journal, name, `{"version":${NEWER}}\n`);
    const { context } = run();
    expect(await codeOf(create(context, URN, inputsOf()))).toBe("written-by-newer-version");
    context.journal.end({ name });
    await create(context, URN, inputsOf());
    expect(callsOf(cake)).toMatchObject({ create: 1 });
  });

  it.each(["", `{"version":${NEWER},"domain":"ca`])(
    "is none where its first line was cut short, because nothing was sent: %j",
    async (content) => {
      const { cake, run, journal } = await startCake();
      rewritten(journal, leaveEntry(journal, cake.domain, { phase: "sent" }), content);
      await create(run().context, URN, inputsOf());
      expect(callsOf(cake)).toMatchObject({ create: 1 });
    },
  );
});

describe("a state that a newer version has marked", () => {
  const marked = { __version: FORMATS.state + 1 };

  it("is neither compared, changed, deactivated nor dropped", async () => {
    const row = rowOf(5);
    const { cake, run } = await startCake({ postbacks: [row] });
    const { context } = run();
    const state = Object.assign(stateOf(row, cake.domain), marked);
    const gone = Object.assign(stateOf(rowOf(6), cake.domain), marked);
    for (const attempted of [
      () => check(context, URN, { ...inputsOf(), ...marked }, { ...inputsOf() }),
      () => diff(context, URN, "5", state, inputsOf({ postbackUrl: NEW_URL })),
      () => update(context, URN, "5", state, inputsOf({ postbackUrl: NEW_URL })),
      () => remove(context, "5", state),
      () => read(context, "5", state),
      () => read(context, "6", gone),
    ]) {
      const error = await failure(async () => attempted());
      expect(error).toMatchObject({ code: "written-by-newer-version" });
      expect(error.message).toContain("version 2, and this pulumi-cake reads up to 1");
      expect(error.message).toContain("npm install pulumi-cake@latest");
    }
    expect(cake.requests).toEqual([]);
  });

  it.each([{}, { __version: FORMATS.state }])(
    "is one of this version without a mark, or with its own: %j",
    async (mark) => {
      const row = rowOf(5);
      const { cake, run } = await startCake({ postbacks: [row] });
      const state = Object.assign(stateOf(row, cake.domain), mark);
      const { props } = await read(run().context, "5", state);
      expect(props, "which a refresh does not write").not.toHaveProperty("__version");
      expect(props).toMatchObject({ postbackId: 5 });
    },
  );
});
