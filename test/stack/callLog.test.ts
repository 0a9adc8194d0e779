import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { identityOf } from "../../provider/postback/postback";
import { callsIn, linesIn, requestsOf } from "../unit/callLog/support";
import { acme, declaration } from "./support/declare";
import { project } from "./support/places";
import { openWorld, withCli } from "./support/world";

withCli("the log of calls", () => {
  it("has each request of up, refresh and destroy, and names the resource by the hash that the state holds", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cake-log-"));
    const log = join(folder, "cake.log");
    try {
      await using world = await openWorld({
        workDir: project("declared.ts"),
        config: { "postbacks:declared": declaration({ acme: acme() }) },
        env: { CAKE_LOG: log },
      });
      const { stack, cake } = world;
      cake.injectFault({ on: "create", fault: { kind: "restricted" } });
      await stack.up();
      const { deployment } = await stack.exportStack();
      await stack.refresh();
      await stack.destroy();

      const lines = linesIn(log);
      expect(callsIn(lines)).toEqual(requestsOf(cake));
      expect(new Set(lines.map((line) => line.process)).size).toBeGreaterThan(2);
      const resources = (deployment as { resources: { urn: string; inputs?: { __urn?: string } }[] })
        .resources;
      const [own] = resources.filter(({ urn }) => urn.endsWith("::acme"));
      expect(own?.inputs?.__urn).toBe(identityOf(own?.urn ?? ""));
      expect(lines.filter(({ endpoint }) => endpoint === "create")).toMatchObject([
        { attempt: 1, outcome: "throttled", resource: own?.inputs?.__urn },
        { attempt: 2, outcome: "ok", resource: own?.inputs?.__urn },
      ]);
      expect(readFileSync(log, "utf8")).not.toContain(cake.apiKey);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
