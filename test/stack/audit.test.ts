import { expect, it } from "vitest";
import { example } from "./support/places";
import { reading, twice } from "./support/steps";
import { openWorld, withCli } from "./support/world";

withCli.concurrent("examples/audit", () => {
  it("reads what is live once, writes nothing, and says what an auditor asks", async () => {
    await using world = await openWorld({
      workDir: example("audit"),
      instances: { cake: { postbacks: "network" } },
      config: { "cake-audit:agreedHosts": { value: '["trk.northpeak.example","k.tidewater.example"]' } },
    });
    const { stack, cake } = world;
    const before = cake.postbacks();
    const up = await twice(world, () => stack.up(), reading());
    expect(up.calls).toEqual(reading());
    const { counts, onOtherHosts, severalHosts } = up.result.outputs;
    expect(counts?.value).toEqual({ live: 117, active: 110 });
    expect(onOtherHosts?.value).toHaveLength(103);
    expect(severalHosts?.value).toEqual([]);
    expect(cake.postbacks()).toEqual(before);
  });
});
