import fc from "fast-check";
import type { Behaviour, Fault } from "../../../provider/sandbox";
import { affiliate, command, declared } from "./command";
import { dimensions } from "./dimensions";
import type { Declared, KillPoint, Site } from "./site";

const declare = fc
  .tuple(affiliate, declared)
  .map(([affiliateId, what]) =>
    command(`declare ${affiliateId} ${Object.values(what).join(" ")}`, async (_, { program }) =>
      program.set(affiliateId, { ...program.get(affiliateId), ...what }),
    ),
  );

const remove = affiliate.map((affiliateId) =>
  command(`remove ${affiliateId}`, async (_, { program }) => program.delete(affiliateId)),
);

const up = fc.constant(command("up", (site, { program }) => site.up(program)));
const refresh = fc.constant(
  command("up --refresh", (site, { program }) => site.up(program, { refresh: true })),
);

const killPoint: fc.Arbitrary<KillPoint> = fc.record({
  on: fc.constantFrom("create", "create", "update", "list"),
  when: fc.constantFrom("before", "after"),
  after: fc.integer({ min: 0, max: 2 }),
  outlives: fc.boolean(),
});

const kill = killPoint.map((point) =>
  command(`up, killed ${Object.values(point).join(" ")}`, (site, { program }) =>
    site.up(program, { kill: point }),
  ),
);

const moment = fc.constantFrom("before" as const, "after" as const);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  moment.map((when): Fault => ({ kind: "reset", when })),
  fc
    .tuple(moment, fc.constantFrom(500, 502, 503, 504))
    .map(([when, status]): Fault => ({ kind: "status", status, when })),
  moment.map((when): Fault => ({ kind: "html", when })),
  moment.map((when): Fault => ({ kind: "empty", when })),
  fc.constantFrom<Fault>(
    { kind: "truncated" },
    { kind: "brokenOff" },
    { kind: "rateLimited" },
    { kind: "restricted" },
    { kind: "refused", message: "No such offer." },
    { kind: "redirect", status: 302, location: "https://login.example/" },
    { kind: "status", status: 404, body: "default backend - 404" },
    { kind: "status", status: 403, body: "error code: 1015" },
    { kind: "status", status: 200, body: { request_status: "Success" }, when: "after" },
    { kind: "refused", message: "Restricted." },
  ),
);

const misbehave = fc
  .tuple(
    fc.constantFrom("create" as const, "update" as const, "list" as const),
    fault,
    fc.constantFrom(1, 3, 50),
  )
  .map(([on, what, times]) =>
    command(`${times} x ${JSON.stringify(what)} on ${on}`, async ({ cake }) =>
      cake.injectFault({ on, fault: what, times }),
    ),
  );

const behave = fc
  .constantFrom<Partial<Behaviour>>(
    { list: "missing" },
    { update: "missing" },
    { list: "ok", update: "keep" },
    { listLag: 2 },
    { listLag: 0 },
    { totalRows: false, rowBase: 1 },
    { totalRows: "page", maxRows: 2, order: "newestFirst" },
    { listEnvelope: "response", arrayName: "pixels", ids: "string" },
    { statusNames: { active: "Active", inactive: "INACTIVE" } },
    { filters: "refused" },
    { filters: "ignored" },
    { paging: "ignored" },
    { update: "echo" },
    { update: "ignore" },
  )
  .map((changes) => command(`CAKE: ${JSON.stringify(changes)}`, async ({ cake }) => cake.behave(changes)));

const recover = fc.constant(command("faults stop", async ({ cake }) => cake.recover()));

/** Somebody changes the postback of an affiliate in CAKE's admin pages. */
const byHand = fc
  .tuple(affiliate, fc.constantFrom("url", "status", "type", "remove"))
  .map(([affiliateId, what]) =>
    command(`by hand: ${what} of ${affiliateId}`, async (site, { program }) => {
      const { cake, stack, gone } = site;
      const declared = program.get(affiliateId);
      const id = Number(declared && stack.find(site.goalOf(affiliateId, declared))?.id);
      if (!cake.postback(id)) return;
      if (what === "url") cake.edit(id, { postbackUrl: `https://by.hand.example/?id=${id}` });
      if (what === "status") cake.edit(id, { postbackStatus: "inactive" });
      if (what === "type") cake.edit(id, { postbackType: "S2S" });
      if (what !== "remove") return;
      cake.remove(id);
      gone.add(id);
    }),
  );

const rotateKey = fc
  .uuid()
  .map((key) => command("rotate the key at CAKE", async ({ cake }) => cake.rotateKey(key)));
const newKey = fc.constant(
  command("give the stack the new key", async (site) => {
    site.key = site.cake.apiKey;
  }),
);

/** Any course of events. */
export const courses = fc.commands(
  [
    ...[declare, declare, remove, up, up, refresh, kill, misbehave, behave, recover, byHand],
    ...[rotateKey, newKey, ...dimensions],
  ],
  {
    maxCommands: 20,
    size: "max",
  },
);

/**
 * What a person does once everything works again: run with the decisions that the messages offer, and deactivate in
 * CAKE what no state knows. Then nothing may be left to do, and CAKE must be as declared.
 */
export async function settle(site: Site, program: Map<number, Declared>): Promise<void> {
  site.cake.recover();
  site.key = site.cake.apiKey;
  const env = {
    CAKE_ON_EXISTING: "adopt",
    ...(site.gone.size === 0 ? {} : { CAKE_ON_MISSING: `forget:${[...site.gone].join(",")}` }),
  };
  for (let round = 0; round < 4; round += 1) {
    const ends = await site.up(program, { refresh: true, env });
    // Whoever is told that a postback is not there any more takes "adopt" out of the program.
    for (const [affiliateId, { adopt: _, ...what }] of program) program.set(affiliateId, what);
    const isDone = ends.every(({ refusal }) => refusal === undefined);
    deactivateUnknown(site);
    if (isDone) return;
  }
}

// What an interrupted create left over: the engine warns of it, and `pulumi-cake preflight` names it.
function deactivateUnknown(site: Site): void {
  const known = new Set(site.stack.resources.map(({ id }) => Number(id)));
  for (const { postbackId } of site.own())
    if (!known.has(postbackId)) site.cake.edit(postbackId, { postbackStatus: "inactive" });
}
