import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../provider/formats/formats";
import { DOORS, inBothDoors } from "./support/doors";
import { refusalOf } from "./support/failures";
import { inputs, rows, stateOf, URL_B } from "./support/postbacks";
import { writes } from "./support/requests";
import { World } from "./support/world";

/** What a process of a newer version would have written: the same first line, with a later version and more in it. */
function raiseVersion(file: string, version: number): void {
  const [first = "", ...more] = readFileSync(file, "utf8").split("\n");
  const head = { ...(JSON.parse(first) as object), version, later: { deep: [1, null] } };
  writeFileSync(file, [JSON.stringify(head), ...more].join("\n"));
}

const filesIn = (folder: string) => readdirSync(folder).filter((name) => name !== "runs");

describe.concurrent.each(DOORS)("%s door: two colleagues with two versions", (door) => {
  const both = inBothDoors(door);

  both("make no postback twice: what the newer one left in the journal stops the older one", async () => {
    await using world = await World.open(door, { instances: { cake: {} } });
    const { cake, journal } = world;
    const first = await world.host();
    const answer = cake.pause("create", { when: "after" });
    const creating = first.create(inputs()).catch(() => undefined);
    await answer.arrived;
    await first.process.end();
    await creating;
    answer.release();
    const [name = ""] = filesIn(journal);
    raiseVersion(join(journal, name), FORMATS.journalEntry + 1);

    const second = await world.host();
    const { message } = await refusalOf(second.create(inputs({ postbackUrl: URL_B })));
    expect(message).toMatch(
      /^The journal's entry for .* has version 3, and this pulumi-cake reads up to 2\./,
    );
    expect(message).toContain("Update: npm install pulumi-cake@latest, or its newest plugin.");
    expect(message).toContain("[written-by-newer-version]");
    expect(cake.calls("create")).toBe(1);
    expect(filesIn(journal)).toEqual([name]);
    await second.create(inputs({ affiliateId: 5 }));
  });

  both("deactivate nothing that the other may have: its records of the run stop the delete", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(2) } } });
    const { cake, journal } = world;
    const first = await world.host();
    const adopting = inputs({ affiliateId: 1000, adopt: { postbackId: 1 } });
    await first.create(adopting);
    const [file = ""] = readdirSync(join(journal, "runs"));
    raiseVersion(join(journal, "runs", file), FORMATS.runFile + 1);

    const second = await world.host({ besides: first });
    const { message } = await refusalOf(second.delete("2", stateOf(cake, 2)));
    expect(message).toContain("has version 2, and this pulumi-cake reads up to 1");
    expect(writes(cake)).toEqual([]);
    await first.process.end();
    await second.delete("2", stateOf(cake, 2));
    expect(cake.postback(2)?.postbackStatus).toBe("inactive");
    expect(readdirSync(join(journal, "runs"))).toContain(file);
  });

  it("touch nothing that the other has marked in the state, and say so in one sentence", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    const { cake } = world;
    const host = await world.host();
    const saved = stateOf(cake, 1, { __version: FORMATS.state + 1 });
    const declared = inputs({ affiliateId: 1000, postbackUrl: URL_B });
    for (const call of [
      () => host.diff("1", saved, declared),
      () => host.read("1", saved),
      () => host.update("1", saved, declared),
      () => host.delete("1", saved),
    ]) {
      const { message } = await refusalOf(call());
      expect(message).toMatch(
        /^The state of postback 1 .* has version 2, and this pulumi-cake reads up to 1\./,
      );
    }
    expect(cake.requests).toEqual([]);
  });
});
