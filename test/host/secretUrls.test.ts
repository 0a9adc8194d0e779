import { describe, expect, it } from "vitest";
import { refusalOf } from "./support/failures";
import { inputs, rows, stateOf } from "./support/postbacks";
import { plainIn, secret } from "./support/proto";
import { leaksOf } from "./support/secrets";
import { type Host, World } from "./support/world";

const TOKEN = "pArtn3r-t0ken-cAn4ry~4b81_Ee93";
const urlWith = (more: string) => `https://t.example/in?cid=#s2#&token=${TOKEN}${more}`;
const SECRET = secret(urlWith(""));

/** All that the engine may write or show: the answers without what is marked as secret, and what was said. */
function shownBy(host: Host): string {
  const answers = host.answers.map((answer) => JSON.stringify(plainIn(JSON.parse(answer))));
  // The details of an error are encoded, and stand beside it as they are sent.
  return [...answers, host.said].join("\n").replace(/"metadata":\{[^}]*\}/g, "");
}

describe.concurrent("a secret URL is in no plain field of the plugin's answers", () => {
  it("from check to delete, in previews, after drift, in failures and in logs", async () => {
    await using world = await World.open("plugin", { instances: { cake: { postbacks: rows(2) } } });
    const { cake } = world;
    const host = await world.host();
    const declared = { ...inputs(), postbackUrl: SECRET, urlParts: null };
    const { inputs: checked } = await host.check({}, declared);
    expect(checked.postbackUrl).toBe(urlWith(""));
    await host.create(declared, true);
    const { id, outs } = await host.create(declared);
    expect(outs.postbackUrl).toBe(urlWith(""));
    const saved = { ...outs, postbackUrl: SECRET, urlParts: secret(outs.urlParts) };
    const changed = { ...declared, postbackUrl: secret(urlWith("&x=1")) };
    await host.detailedDiff(id, saved, changed);
    await host.update(id, saved, changed, true);
    cake.edit(Number(id), { postbackUrl: urlWith("&drift=1") });
    await host.read(id, saved);
    const message = `Not for ${urlWith("&x=1")}`;
    cake.injectFault({ on: "update", fault: { kind: "refused", message } });
    expect((await refusalOf(host.update(id, saved, changed))).message).toContain("CAKE refused the request");
    // What nobody has declared: a partner's token in a live URL.
    cake.edit(2, { postbackUrl: urlWith("&live=1") });
    await host.read("2", {});

    expect(leaksOf(TOKEN, shownBy(host))).toEqual([]);
    expect(leaksOf(TOKEN, host.everything), "it is sent, as a secret").not.toEqual([]);
  });

  it("in a partial failure, whether the URL was secret before or the live one is new", async () => {
    await using world = await World.open("plugin", { instances: { cake: { postbacks: rows(1) } } });
    const { cake } = world;
    const host = await world.host();
    const alter = (answer: unknown) => {
      cake.edit(cake.lastId, { postbackUrl: urlWith("&other=1") });
      const { postback, ...envelope } = answer as { postback: object };
      return { ...envelope, postback: { ...postback, postback_url: urlWith("&other=1") } };
    };
    cake.injectFault({ on: "create", fault: { kind: "altered", alter } });
    const { partial } = await refusalOf(host.create(inputs({ affiliateId: 5 })));
    expect(partial?.properties.postbackUrl).toBe(urlWith("&other=1"));
    expect(leaksOf(TOKEN, shownBy(host))).toEqual([]);
    expect(stateOf(cake, 1).postbackUrl).not.toContain(TOKEN);
  });
});
