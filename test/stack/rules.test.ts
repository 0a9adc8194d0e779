import { expect, it } from "vitest";
import { acme, declare } from "./support/declare";
import { failureOf, messagesOf } from "./support/failures";
import { project } from "./support/places";
import { once, operations, twice } from "./support/steps";
import { openWorld, withCli } from "./support/world";

const NO_CLICK_ID = "https://track.partner.net/postback?payout=#price#";

withCli("the rules", () => {
  it("warn on the resource, stop a new URL, and let an old one be; a reason is recorded without a call", async () => {
    await using world = await openWorld({ workDir: project("declared.ts") });
    const { stack, cake } = world;
    await declare(world, { acme: acme({ postbackUrl: NO_CLICK_ID }) });
    const shown = await stack.up();
    expect(shown.stdout + shown.stderr).toContain("P03 no-click-id");

    const strict = JSON.stringify({ severity: { P03: "error" } });
    await stack.setConfig("cake:rules", { value: strict });
    expect(operations(await stack.preview()), "an old URL").toEqual({});
    await declare(world, { acme: acme({ postbackUrl: `${NO_CLICK_ID}&v=2` }) });
    expect(messagesOf(await failureOf(stack.preview())), "a changed one").toContain("P03 no-click-id");

    const suppress = { P03: "this partner matches by hand until March" };
    await declare(world, { acme: acme({ postbackUrl: NO_CLICK_ID, suppress }) });
    const recorded = await twice(world, () => stack.up());
    expect(recorded).toMatchObject({ did: { acme: "update" }, calls: {} });
    expect(recorded.result.stdout + recorded.result.stderr).not.toContain("P03");
    expect(JSON.stringify(await stack.exportStack())).toContain(suppress.P03);

    cake.edit(cake.lastId, { postbackStatus: "inactive" });
    expect((await once(world, () => stack.refresh())).did).toEqual({ acme: "update" });
    expect(JSON.stringify(await stack.exportStack()), "after a refresh").toContain(suppress.P03);
  });
});
