import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { JournalFolder } from "../../../../provider/lifecycle/journal/folder";
import { thisProcess } from "../../../../provider/lifecycle/journal/processIdentity";
import { type RunRecord, RunRecords } from "../../../../provider/lifecycle/journal/runRecords";
import { Ownership } from "../../../../provider/lifecycle/safety/ownership";
import { DEAD, failure, journalFolder } from "../support";

/** Records of a run between whose steps another process may do something. */
class Interleaved extends RunRecords {
  beforeWrite: (record: RunRecord) => void = () => undefined;
  afterWrite: (record: RunRecord) => void = () => undefined;

  override write(record: RunRecord): void {
    this.beforeWrite(record);
    super.write(record);
    this.afterWrite(record);
  }
}

/** Processes of one machine. Those with the same run share an engine and an instance. */
function machine(path = join(journalFolder(), "runs")) {
  const records = (run = "run", identity = {}) =>
    new Interleaved(new JournalFolder(() => path), run, { ...thisProcess(), ...identity });
  const process = (run = "run", identity = {}) => new Ownership(records(run, identity));
  return { path, records, process };
}

const refusal = async (work: () => unknown) =>
  failure(work).then((error) => (error as { code?: string }).code);

describe("a record of one process", () => {
  it("belongs to whoever kept, made or took it first", async () => {
    const { process } = machine();
    const own = process();
    own.keep(1, "a");
    own.made(2, "c");
    own.take(3, "d");
    for (const id of [1, 2, 3]) {
      expect(own.isOwned(id)).toBe(true);
      expect(own.isWithAnother(id), "for the delete of what had it before").toBe(true);
      expect(await refusal(() => own.take(id, "b"))).toBe("already-owned");
    }
    expect(await refusal(() => own.keep(1, "b"))).toBe("owned-twice");
    expect(own.isOwned(4)).toBe(false);
  });

  it("is given up when its resource has made or taken another one, also for other processes", () => {
    const { process } = machine();
    const [own, other] = [process(), process()];
    own.keep(1, "a");
    own.made(2, "a");
    expect([own.isOwned(1), own.recordOwnedBy("a")]).toEqual([false, 2]);
    expect(other.deactivate(1)).toBe("deactivate");
    own.take(3, "a");
    expect([own.isOwned(2), own.isOwned(3)]).toEqual([false, true]);
  });

  it("may be kept and taken again by its own resource", () => {
    const own = machine().process();
    own.keep(1, "a");
    own.keep(1, "a");
    own.take(1, "a");
    expect(own.isOwned(1)).toBe(true);
  });

  it("that nobody has may be deactivated, and is not taken after that", async () => {
    const own = machine().process();
    expect(own.deactivate(1)).toBe("deactivate");
    expect(await refusal(() => own.take(1, "a"))).toBe("being-deactivated");
  });

  it("that another resource has is left alone by a delete", () => {
    const own = machine().process();
    own.take(1, "a");
    expect(own.deactivate(1)).toBe("leave");
  });

  it("that a refused create asked for is not deactivated: nobody would have it", async () => {
    const own = machine().process();
    own.askedFor(1, "a");
    expect(await refusal(() => own.deactivate(1))).toBe("delete-of-asked-for");
  });

  it("that a create asked for stays its owner's", () => {
    const own = machine().process();
    own.keep(1, "a");
    own.askedFor(1, "b");
    expect(own.deactivate(1)).toBe("leave");
  });

  it("whose adoption failed is free, and not deactivated for that", async () => {
    const own = machine().process();
    own.take(1, "a");
    own.release(1);
    expect(own.isOwned(1)).toBe(false);
    expect(await refusal(() => own.deactivate(1))).toBe("delete-of-asked-for");
    own.take(1, "a");
  });
});

describe("a record of a run with two processes", () => {
  it("that one has taken, made its own or kept is not deactivated by the other, which succeeds", () => {
    const { process } = machine();
    const [one, other] = [process(), process()];
    one.take(1, "a");
    one.keep(2, "c");
    expect(other.isWithAnother(1)).toBe(true);
    expect(other.deactivate(1)).toBe("leave");
    expect(other.deactivate(2)).toBe("leave");
  });

  it("that one has deactivated is not taken by the other", async () => {
    const { process } = machine();
    const [one, other] = [process(), process()];
    one.deactivate(1);
    expect(await refusal(() => other.take(1, "a"))).toBe("being-deactivated");
  });

  it("that one was refused is not deactivated by the other", async () => {
    const { process } = machine();
    const [one, other] = [process(), process()];
    one.askedFor(1, "a");
    expect(await refusal(() => other.deactivate(1))).toBe("delete-of-asked-for");
  });

  it("is taken by one of them only", async () => {
    const { process } = machine();
    const [one, other] = [process(), process()];
    one.take(1, "a");
    expect(await refusal(() => other.take(1, "b"))).toBe("already-owned");
    expect(await refusal(() => other.keep(1, "b"))).toBe("owned-twice");
    other.keep(1, "a");
  });

  it("is another run's business with another engine or instance", () => {
    const { process } = machine();
    process("preview").take(1, "a");
    expect(process("update").deactivate(1)).toBe("deactivate");
  });

  it("is free again when the process that had it is gone: addresses are used anew", () => {
    const { process } = machine();
    process("run", DEAD).take(1, "a");
    expect(process().deactivate(1)).toBe("deactivate");
  });
});

describe("two processes at the same time", () => {
  const outcome = async (work: () => unknown) => {
    try {
      return work() ?? "taken";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it.each([
    ["right before it writes that down", "beforeWrite"],
    ["right after it wrote that down", "afterWrite"],
  ] as const)(
    "never deactivate what one takes: one deactivates, and %s the other takes",
    async (_, moment) => {
      const { records, process } = machine();
      const run = records();
      const [one, other] = [new Ownership(run), process()];
      let taking: unknown;
      run[moment] = () => {
        run[moment] = () => undefined;
        taking = outcomeOf(() => other.take(1, "a"));
      };
      const deactivating = await outcome(() => one.deactivate(1));
      expect([deactivating, taking]).toEqual(
        moment === "beforeWrite" ? ["delete-of-asked-for", "taken"] : ["deactivate", "being-deactivated"],
      );
    },
  );

  it.each([
    ["right before it writes that down", "beforeWrite"],
    ["right after it wrote that down", "afterWrite"],
  ] as const)(
    "never take what one deactivates: one takes, and %s the other deactivates",
    async (_, moment) => {
      const { records, process } = machine();
      const run = records();
      const [one, other] = [new Ownership(run), process()];
      let deactivating: unknown;
      run[moment] = () => {
        run[moment] = () => undefined;
        deactivating = outcomeOf(() => other.deactivate(1));
      };
      const taking = await outcome(() => one.take(1, "a"));
      expect([taking, deactivating]).toEqual(
        moment === "beforeWrite" ? ["being-deactivated", "deactivate"] : ["taken", "leave"],
      );
    },
  );

  it("let a record go that both take at the same time", async () => {
    const { records, process } = machine();
    const run = records();
    const [one, other] = [new Ownership(run), process()];
    let others: unknown;
    run.beforeWrite = () => {
      run.beforeWrite = () => undefined;
      others = outcomeOf(() => other.take(1, "b"));
    };
    expect([await outcome(() => one.take(1, "a")), others]).toEqual(["already-owned", "taken"]);
    expect(one.isOwned(1)).toBe(false);
    expect(other.isOwned(1)).toBe(true);
  });

  function outcomeOf(work: () => unknown): unknown {
    try {
      return work() ?? "taken";
    } catch (error) {
      return (error as { code: string }).code;
    }
  }
});

describe("a journal that cannot be used", () => {
  it("does not stop a diff, and stops what would be written", async () => {
    const { process, path } = machine("/proc/none/runs");
    const own = process();
    own.keep(1, "a");
    expect(own.isOwned(1)).toBe(true);
    for (const work of [() => own.take(2, "a"), () => own.deactivate(3), () => own.askedFor(4, "a")])
      expect((await failure(work)).message).toContain("[journal-unusable]");
    expect(own.isOwned(2)).toBe(false);
    expect(() => readdirSync(path)).toThrow();
  });
});
