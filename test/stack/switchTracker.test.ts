import { expect, it } from "vitest";
import { isLong } from "../long";
import { failureOf, messagesOf } from "./support/failures";
import { example } from "./support/places";
import { changesOf, preview, previewTwice, twice, writing } from "./support/steps";
import { openWorld, type World, withCli } from "./support/world";

const A = "track.acme-media.example";
const B = "acme.rdtk.example";

/** Which trackers CAKE calls for each offer. */
function called({ cake }: World): Record<number, string[]> {
  const hosts: Record<number, string[]> = {};
  for (const { offerId, postbackUrl, postbackStatus } of cake.postbacks()) {
    if (postbackStatus !== "active") continue;
    hosts[offerId] = [...(hosts[offerId] ?? []), postbackUrl.split("/")[2] ?? ""];
  }
  return hosts;
}

withCli.concurrent("examples/switch-tracker", () => {
  // As the program's comment gives it.
  const oneOffer = "**acme-12345-b";
  const open = () => openWorld({ workDir: example("switch-tracker") });
  const enter = ({ stack }: World, stage: string) =>
    stack.setConfig("cake-switch-tracker:stage", { value: stage });

  it("puts B beside A, for one offer first, and then switches A off; every step twice", async () => {
    await using world = await open();
    const { stack } = world;
    await previewTwice(world);
    await twice(world, () => stack.up());
    expect(called(world)).toEqual({ 12345: [A], 12346: [A], 12347: [A] });

    await enter(world, "both");
    expect((await preview(world)).did).toEqual({
      "acme-12345-b": "create",
      "acme-12346-b": "create",
      "acme-12347-b": "create",
    });
    const targeted = await twice(world, () => stack.up({ target: [oneOffer] }));
    expect(targeted.calls).toEqual(writing({ create: 1 }));
    expect(called(world)).toEqual({ 12345: [A, B], 12346: [A], 12347: [A] });

    const all = await twice(world, () => stack.up());
    expect(all.calls).toEqual(writing({ create: 2 }));
    expect(called(world)).toEqual({ 12345: [A, B], 12346: [A, B], 12347: [A, B] });

    await enter(world, "after");
    const after = await preview(world);
    expect(after.did).toEqual({
      "acme-12345-a": "update",
      "acme-12346-a": "update",
      "acme-12347-a": "update",
    });
    expect(changesOf(after, "acme-12345-a")).toEqual(["postbackStatus: active → inactive"]);
    expect((await twice(world, () => stack.up())).calls).toEqual(writing({ update: 3 }));
    expect(called(world)).toEqual({ 12345: [B], 12346: [B], 12347: [B] });

    await enter(world, "both");
    await stack.up();
    expect(called(world), "the way back").toEqual({ 12345: [A, B], 12346: [A, B], 12347: [A, B] });
    expect(world.cake.postbacks()).toHaveLength(6);
  });

  it.runIf(isLong)("says what the change in place costs, and shows it parameter by parameter", async () => {
    await using world = await open();
    const { stack, cake } = world;
    await stack.up();
    await enter(world, "inPlace");
    const shown = await preview(world);
    expect(shown.result.stdout + shown.result.stderr).toContain("The stage inPlace loses conversions");
    expect(changesOf(shown, "acme-12346-a")).toEqual([
      expect.stringMatching(/^postbackUrl: /),
      `urlParts.host: ${A} → ${B}`,
      "urlParts.query.cid: #s2# → –",
      "urlParts.query.clickid: – → #s2#",
      "urlParts.query.payout: #price# → –",
      "urlParts.query.sum: – → #price#",
      "urlParts.query.txid: #leadid# → –",
    ]);
    expect((await twice(world, () => stack.up())).calls).toEqual(writing({ update: 3 }));
    expect(called(world)).toEqual({ 12345: [B], 12346: [B], 12347: [B] });
    expect(cake.postbacks()).toHaveLength(3);
  });

  it("refuses a stage that it does not know", async () => {
    await using world = await open();
    await enter(world, "afterwards");
    expect(messagesOf(await failureOf(world.stack.preview()))).toContain(
      "stage must be one of before, both, after, inPlace, found ",
    );
  });
});
