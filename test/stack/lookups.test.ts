import { expect, it } from "vitest";
import { isLong } from "../long";
import { failureOf, messagesOf } from "./support/failures";
import { project } from "./support/places";
import { readableState } from "./support/state";
import { once, takeCalls, twice } from "./support/steps";
import { openWorld, withCli } from "./support/world";

const TOKEN = "s3cr3t-of-theirs";

// Three pages: an affiliate with a token, one that is switched off, and one on a host of its own among them.
const postbacks = Array.from({ length: 1_200 }, (_, index) => ({
  ...{ postbackId: 1 + index, affiliateId: 70000, offerId: 1 + index },
  postbackUrl: `https://${index === 7 ? "Apart.example:8443" : "theirs.example"}/in?click=#s2#${index === 0 ? `&token=${TOKEN}` : ""}`,
  ...{ postbackStatus: index === 5 ? "inactive" : "active", postbackType: "Server" },
}));

withCli.concurrent("lookups", () => {
  const open = () =>
    openWorld({
      workDir: project("lookups.ts"),
      instances: { cake: { postbacks } },
      config: { "postbacks:id": { value: "1" }, "postbacks:host": { value: "apart.example" } },
    });

  it("read the list once per run in all forms, wait for what a preview does not know, and keep secrets", async () => {
    await using world = await open();
    const { stack, cake } = world;
    await stack.setConfig("postbacks:apiKey", { value: cake.apiKey, secret: true });
    const pages = { list: 3 };

    const preview = await once(world, () => stack.preview());
    expect(preview).toMatchObject({ did: { own: "create", later: "create" }, calls: pages });

    const up = await twice(world, () => stack.up(), pages);
    // Three for the program, four for the create, and one for a record that is newer than the program's list.
    expect(up.calls).toEqual({ list: 8, create: 1 });
    const { inactive, theirs, others, found } = up.result.outputs;
    expect(inactive).toEqual({ value: 1, secret: false });
    expect(others).toEqual({ value: [8], secret: false });
    expect(found).toEqual({ value: "https://tracker.example/postback?cid=#s2#", secret: false });
    expect(theirs).toMatchObject({ secret: true, value: { postbackId: 1, domain: cake.domain } });

    const state = await readableState(stack);
    expect(state).not.toContain(TOKEN);
    expect(state).not.toContain(cake.apiKey);
    expect(up.result.stdout + up.result.stderr).not.toContain(cake.apiKey);
    expect(cake.postbacks()).toHaveLength(1_201);
  });

  it("end the run with the reason alone where not all can be seen", async () => {
    await using world = await open();
    const { stack, cake } = world;
    cake.behave({ totalRows: 1_300 });
    const failure = messagesOf(await failureOf(stack.up()));
    expect(failure).toMatch(/^The postbacks at \S+ cannot be looked up: CAKE's list may be incomplete/m);
    expect(failure).not.toContain("    at ");
    expect(takeCalls(cake).create).toBeUndefined();
  });

  it.runIf(isLong)("say in a preview what they need, and which record is not there", async () => {
    await using world = await open();
    const { stack, cake } = world;
    await stack.setConfig("postbacks:id", { value: "999999" });
    const missing = `There is no postback 999999 at ${cake.domain} that this API key can see.`;
    expect(messagesOf(await failureOf(stack.preview()))).toContain(missing);
    takeCalls(cake);
    await stack.removeConfig("cake:apiKey");
    const failure = messagesOf(await failureOf(stack.preview()));
    expect(failure).toContain('No API key is set. Run "pulumi config set --secret cake:apiKey"');
    expect(failure).toContain("also in a preview");
    expect(takeCalls(cake)).toEqual({});
  });
});
