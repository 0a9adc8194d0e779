import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pulumi } from "../support/cli/command";
import { failureOf, messagesOf } from "../support/failures";
import { once, reading, takeCalls, twice, writing } from "../support/steps";
import { withYaml } from "../support/world";
import { from, openYaml, postback, URL } from "./support";

const TOKEN = "canary-of-a-partner";
const secretUrl = (more = "") => `${URL}&token=${TOKEN}${more}`;

withYaml("secrets in programs of the plugin", () => {
  it("stay out of the backend, the event log, and all that the engine and the plugin print at the highest verbosity", async () => {
    const program = {
      config: { url: { type: "string", secret: true } },
      resources: { acme: postback({ postbackUrl: from("url") }) },
    };
    const config = { "postbacks:url": { value: secretUrl(), secret: true } };
    await using world = await openYaml(program, { config });
    const { stack, cake } = world;
    const printed: string[] = [];
    const events = join(stack.workDir, "events.json");
    const loud = ["--event-log", events, "-v=11", "--logtostderr", "--logflow", "--stack", stack.name];
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await pulumi([...args, ...loud], {
        cwd: stack.workDir,
        env: stack.environment(),
      });
      expect(code, stderr).toBe(0);
      printed.push(stdout, stderr, readFileSync(events, "utf8"));
    };
    await run("up", "--yes", "--skip-preview");
    await stack.setConfig("postbacks:url", { value: secretUrl("-2"), secret: true });
    await run("preview", "--json");
    await run("up", "--yes", "--skip-preview", "--diff");
    cake.edit(cake.lastId, { postbackUrl: secretUrl("-3") });
    await run("refresh", "--yes", "--skip-preview", "--diff");
    const lines = printed.join("\n").split("\n");
    // The language host is Pulumi's, and at this verbosity it prints each value that a program gets.
    const ours = lines.filter((line) => !/ rpc\.go:\d+\] (?:Unm|M)arshaling property for RPC/.test(line));
    expect(ours.filter((line) => line.includes(TOKEN))).toEqual([]);
    expect(printed.join("\n")).not.toContain(cake.apiKey);
    const backend = await pulumi(["stack", "export", "--stack", stack.name], {
      cwd: stack.workDir,
      env: stack.environment(),
    });
    expect(backend.stdout).toContain("ciphertext");
    for (const hidden of [TOKEN, cake.apiKey]) expect(backend.stdout).not.toContain(hidden);
  });

  it("of an explicit provider come from the variable of its name, and a change of them changes no postback", async () => {
    const program = (settings: Record<string, string>) => ({
      resources: {
        eu: { type: "pulumi:providers:cake", properties: settings },
        acme: postback({}, { provider: from("eu") }),
      },
    });
    await using world = await openYaml(program({}), { config: false });
    const { stack, cake } = world;
    world.declare(program({ domain: cake.url }));
    expect(messagesOf(await failureOf(stack.up()))).toContain("CAKE_EU_API_KEY");
    stack.setEnv("CAKE_EU_API_KEY", cake.apiKey);
    expect((await twice(world, () => stack.up())).calls).toEqual(writing({ create: 1 }));
    cake.rotateKey("the-new-key-of-this-quarter");
    stack.setEnv("CAKE_EU_API_KEY", "the-new-key-of-this-quarter");
    const rules = JSON.stringify({ severity: { P16: "error" } });
    world.declare(program({ domain: cake.url, rules }));
    takeCalls(cake);
    expect(await twice(world, () => stack.up())).toMatchObject({ did: { eu: "update" }, calls: {} });
    expect((await twice(world, () => stack.refresh(), reading())).did).toEqual({});
    expect(JSON.stringify(await stack.exportStack())).not.toContain("the-new-key");
    expect((await once(world, () => stack.destroy())).calls).toEqual(writing({ update: 1 }));
  });
});
