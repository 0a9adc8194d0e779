import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DOORS, rowsFor } from "./support/doors";
import { refusalOf } from "./support/failures";
import { Folder } from "./support/layouts";
import { inputs, rows, stateOf } from "./support/postbacks";
import type { Environment } from "./support/process";
import { writes } from "./support/requests";
import { World } from "./support/world";

const PLACES: Readonly<Record<string, (folder: Folder) => Environment>> = {
  "is a file": (folder) => ({ CAKE_JOURNAL_DIR: folder.write("journal", "") }),
  "lies below a file": (folder) => ({ CAKE_JOURNAL_DIR: join(folder.write("file", ""), "journal") }),
  "lies where no folder can be made": () => ({ CAKE_JOURNAL_DIR: "/proc/pulumi-cake/journal" }),
  "is open to other users": (folder) => {
    const open = join(folder.path, "journal");
    mkdirSync(open);
    chmodSync(open, 0o777);
    return { CAKE_JOURNAL_DIR: open };
  },
  "is a link": (folder) => {
    mkdirSync(join(folder.path, "target"), { mode: 0o700 });
    return { CAKE_JOURNAL_DIR: folder.link("journal", join(folder.path, "target")) };
  },
  "is unknown, because there is no home": () => ({ CAKE_JOURNAL_DIR: "", HOME: "" }),
};

describe.concurrent.each(DOORS)("%s door: a journal whose place cannot be used", (door) => {
  it.each(rowsFor(door, Object.entries(PLACES)))(
    "leaves previews alone, and refuses the first create and delete: it %s",
    async (_, lay) => {
      await using world = await World.open(door, { instances: { cake: { postbacks: rows(2) } } });
      const { cake } = world;
      using folder = new Folder();
      const host = await world.host({ env: lay(folder) });
      const declared = inputs({ affiliateId: 1000 });

      expect((await host.check(declared, declared)).failures).toEqual([]);
      expect(await host.diff("1", stateOf(cake, 1), declared)).toMatchObject({ changes: false });
      expect((await host.check({}, inputs())).failures).toEqual([]);
      expect((await host.read("1", stateOf(cake, 1))).id).toBe("1");
      expect(host.said).toBe("");

      for (const write of [() => host.create(inputs()), () => host.delete("2", stateOf(cake, 2))]) {
        const { message } = await refusalOf(write());
        expect(message).toContain("[journal-unusable]");
        expect(message).toContain("CAKE_JOURNAL_DIR");
      }
      expect(writes(cake)).toEqual([]);
    },
  );
});
