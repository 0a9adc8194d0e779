import { expect, it } from "vitest";
import { isLong } from "../long";
import type { OperationResult } from "./support/cli";
import { project } from "./support/places";
import { readableState } from "./support/state";
import { operations, twice, writing } from "./support/steps";
import { openWorld, withCli } from "./support/world";

const HOST = "network.scaletrk.example";
const url = (token: string) => `https://${HOST}/track/conv?click_id=#s2#&token=${token}`;

/** What of the secret URLs a text shows. */
const shownIn = (text: string) =>
  ["first-token", "token-by-hand", "second-token", HOST, "click_id"].filter((hidden) =>
    text.includes(hidden),
  );

withCli("a secret postbackUrl", () => {
  it.runIf(isLong)(
    "stays secret in outputs, in the state and on the screen, its parts included",
    async () => {
      await using world = await openWorld({ workDir: project("secretUrl.ts") });
      const { stack, cake } = world;
      const printed: string[] = [];
      const keep = <T extends OperationResult>(result: T): T => {
        printed.push(result.stdout, result.stderr);
        return result;
      };
      const declareUrl = (token: string) =>
        stack.setConfig("postbacks:url", { value: url(token), secret: true });

      await declareUrl("first-token");
      keep(await stack.preview({ diff: true }));
      const up = await twice(world, async () => keep(await stack.up({ diff: true })));
      expect(up.result.outputs).toEqual({
        postbackUrl: { value: url("first-token"), secret: true },
        urlParts: {
          value: { host: HOST, path: "/track/conv", query: { click_id: "#s2#", token: "first-token" } },
          secret: true,
        },
        postbackId: { value: cake.lastId, secret: false },
      });
      expect(shownIn(await readableState(stack))).toEqual([]);

      cake.edit(cake.lastId, { postbackUrl: url("token-by-hand") });
      expect(operations(keep(await stack.refresh({ diff: true })))).toEqual({ scaleo: "update" });
      expect(shownIn(await readableState(stack))).toEqual([]);

      await declareUrl("second-token");
      expect(operations(keep(await stack.preview({ diff: true })))).toEqual({ scaleo: "update" });
      const changed = await twice(world, async () => keep(await stack.up({ diff: true })));
      expect(changed.calls).toEqual(writing({ update: 1 }));
      expect(cake.postback(cake.lastId)?.postbackUrl).toBe(url("second-token"));
      const state = await readableState(stack);
      expect(state).toContain('"urlParts":"[secret]"');
      expect(shownIn(state)).toEqual([]);
      keep(await stack.destroy());

      expect(printed.join("\n")).toContain("[secret]");
      expect(shownIn(printed.join("\n"))).toEqual([]);
    },
  );
});
