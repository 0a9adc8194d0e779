import { describe, expect, it } from "vitest";
import { DOORS, inBothDoors } from "./support/doors";
import { refusalOf } from "./support/failures";
import { inputs, rows, stateOf } from "./support/postbacks";
import type { Bag } from "./support/proto";
import { type Host, World } from "./support/world";

const NONE = { "cake:domain": undefined, "cake:apiKey": undefined };
const BUG = "bug in pulumi-cake";

/** Every call that needs CAKE, in the order of a run. */
function calls(host: Host, saved: Bag): readonly (() => Promise<unknown>)[] {
  return [
    () => host.create(inputs()),
    () => host.read("1", saved),
    () => host.update("1", saved, inputs({ affiliateId: 1000, postbackStatus: "inactive" })),
    () => host.delete("1", saved),
  ];
}

describe.concurrent.each(DOORS)("%s door: a process without settings", (door) => {
  const both = inBothDoors(door);

  it("checks and compares without a key, and says at every call what is missing", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    const { cake } = world;
    const host = await world.host({ settings: NONE });
    const saved = stateOf(cake, 1);

    expect((await host.check({}, inputs())).failures).toEqual([]);
    expect((await host.diff("1", saved, inputs({ affiliateId: 1000 }))).changes).toBe(false);
    for (const call of calls(host, saved)) {
      const { message } = await refusalOf(call());
      expect(message).toContain("pulumi config set cake:domain");
      expect(message).toContain("pulumi config set --secret cake:apiKey");
      expect(message).toContain("CAKE_API_KEY");
      expect(message).toContain("--run-program");
    }
    expect(cake.requests).toHaveLength(0);
  });

  both("takes everything from the environment", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    const env = { CAKE_DOMAIN: cake.url, CAKE_API_KEY: cake.apiKey, CAKE_ENDPOINTS: "documented" };
    const host = await world.host({ settings: NONE, env });

    await host.create(inputs());
    expect(cake.requests.map(({ operation }) => operation)).toEqual(["create"]);
  });

  both("misses only the key where the domain is there", async () => {
    await using world = await World.open(door);
    const host = await world.host({ settings: { "cake:apiKey": undefined } });

    const { message } = await refusalOf(host.create(inputs()));
    expect(message).toContain("No API key is set");
    expect(message).not.toContain("cake:domain");
  });
});

describe.concurrent.each(DOORS)("%s door: settings that are not texts", (door) => {
  const both = inBothDoors(door);

  both("names every one that cannot be understood", async () => {
    await using world = await World.open(door);
    const settings = {
      "cake:domain": { host: "x" },
      "cake:apiKey": ["a b"],
      "cake:endpoints": 1,
      "cake:concurrency": 1.5,
      "cake:paths": ["/x"],
      "cake:formerDomains": { a: 1 },
      "cake:proxy": 8080,
      "cake:allowInsecureHttp": [],
    };
    const host = await world.host({ settings });

    const { message } = await refusalOf(host.create(inputs()));
    for (const name of Object.keys(settings)) expect(message).toContain(`The setting ${name}`);
    expect(message).not.toContain(BUG);
    expect(world.cake.requests).toHaveLength(0);
  });

  both("takes null for a setting that is not there", async () => {
    await using world = await World.open(door);
    const nulls = { "cake:domain": null, "cake:apiKey": null, "cake:endpoints": null, "cake:name": null };
    const host = await world.host({ settings: nulls });

    const { message } = await refusalOf(host.create(inputs()));
    expect(message).toContain("No CAKE instance is set");
    expect(message).toContain("No API key is set");
  });

  it("reads numbers, flags, lists and objects that mean what a text would", async () => {
    await using world = await World.open(door);
    const { cake } = world;
    cake.behave({ paths: { list: "/own/list.json" } });
    const settings = {
      "cake:concurrency": 2,
      "cake:requestTimeout": 10,
      "cake:allowInsecureHttp": true,
      "cake:formerDomains": ["old.example"],
      "cake:paths": { list: "/own/list.json" },
    };
    const host = await world.host({ settings });

    await host.create(inputs());
    expect(cake.requests.map(({ path }) => path)).toContain("/own/list.json");
  });
});

describe.concurrent.each(DOORS)("%s door: settings that are wrong", (door) => {
  const both = inBothDoors(door);

  it("lists all of them at once, the same at every call, and sends nothing", async () => {
    await using world = await World.open(door, { instances: { cake: { postbacks: rows(1) } } });
    const { cake } = world;
    const host = await world.host({
      settings: {
        "cake:domain": "http://cake.example",
        "cake:apiKey": "two words",
        "cake:endpoints": "some",
        "cake:paths": "{",
        "cake:concurrency": "0",
        "cake:requestTimeout": "soon",
      },
    });
    const saved = stateOf(cake, 1);

    const messages = [(await refusalOf(host.check({}, inputs()))).message];
    for (const call of calls(host, saved)) messages.push((await refusalOf(call())).message);
    const [said = ""] = messages;
    for (const name of ["domain", "apiKey", "endpoints", "paths", "concurrency", "requestTimeout"]) {
      expect(said).toContain(`The setting cake:${name}`);
    }
    expect(new Set(messages).size).toBe(1);
    expect(said).not.toContain("two words");
    expect(cake.requests).toHaveLength(0);
  });

  both.each([
    ["CAKE_ON_MISSING", "forget"],
    ["CAKE_CONFIRMED_IDS_FILE", "/no/such/file"],
  ])("names the override that cannot be understood: %s", async (variable, value) => {
    await using world = await World.open(door);
    const host = await world.host({ env: { [variable]: value } });

    const { message } = await refusalOf(host.create(inputs()));
    expect(message).toContain(variable);
    expect(message).not.toContain(BUG);
    expect(world.cake.requests).toHaveLength(0);
  });

  both("refuses an environment that contradicts the stack", async () => {
    await using world = await World.open(door);
    const host = await world.host({ env: { CAKE_DOMAIN: "other.example" } });

    const { message } = await refusalOf(host.create(inputs()));
    expect(message).toContain(world.cake.domain);
    expect(message).toContain("other.example");
    expect(world.cake.requests).toHaveLength(0);
  });
});
