import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { JOURNAL } from "../../engine/postbacks";
import { affiliate, type Command, command, declared } from "./command";
import { fieldsOf } from "./site";

const target = affiliate.map((affiliateId) =>
  command(`up --target ${affiliateId}`, async (site, { program }) => {
    const what = program.get(affiliateId);
    if (what) await site.up(program, { targets: [site.goalOf(affiliateId, what).urn] });
  }),
);

const goOn = fc.constant(
  command("up --continue-on-error", (site, { program }) => site.up(program, { continueOnError: true })),
);

/** Another name in the program, which an alias may tell of or not. */
const rename = fc.tuple(affiliate, fc.nat(3), fc.boolean()).map(([affiliateId, number, isTold]) =>
  command(`rename ${affiliateId} ${number} ${isTold ? "with" : "without"} alias`, async (_, { program }) => {
    const what = program.get(affiliateId);
    if (what === undefined) return;
    const { name: before = `affiliate-${affiliateId}`, formerNames = [] } = what;
    const name = `affiliate-${affiliateId}-${number}`;
    if (name === before) return;
    program.set(affiliateId, { ...what, name, formerNames: isTold ? [...formerNames, before] : [] });
  }),
);

const renameStack = fc
  .constantFrom("dev", "prod")
  .map((name) => command(`stack rename ${name}`, async (site) => site.rename(name)));

/** A second provider for the same instance comes, or goes. */
const otherProvider = affiliate.map((affiliateId) =>
  command(`another provider for ${affiliateId}`, async (_, { program }) => {
    const what = program.get(affiliateId);
    if (what === undefined) return;
    const { provider, ...rest } = what;
    program.set(affiliateId, provider ? rest : { ...rest, provider: "second" });
  }),
);

/** Somebody made the postback by hand, and the program takes it over; "adopt" is left over from then on. */
const adopt = fc.tuple(affiliate, declared).map(([affiliateId, what]) =>
  command(`adopt ${affiliateId} ${Object.values(what).join(" ")}`, async ({ cake }, { program }) => {
    if (program.has(affiliateId)) return;
    const isThere = cake.postbacks().some((row) => row.affiliateId === affiliateId);
    if (isThere) return;
    const { postbackId } = cake.add({ affiliateId, ...fieldsOf(what) });
    program.set(affiliateId, { ...what, adopt: postbackId });
  }),
);

const clock = fc
  .constantFrom(-3_600_000, 3_600_000)
  .map((step) =>
    command(`up, while the clock steps by ${step} ms`, (site, { program }) =>
      site.up(program, { env: { ...preload("clock.cjs"), CLOCK_STEP: String(step) } }),
    ),
  );

/** Places for the journal that cannot be used, each made in an empty folder. */
const PLACES: Readonly<Record<string, (folder: string) => Record<string, string>>> = {
  "a file": (folder) => {
    writeFileSync(join(folder, "journal"), "");
    return { [JOURNAL]: join(folder, "journal") };
  },
  "a link": (folder) => {
    mkdirSync(join(folder, "elsewhere"), { mode: 0o700 });
    symlinkSync(join(folder, "elsewhere"), join(folder, "journal"));
    return { [JOURNAL]: join(folder, "journal") };
  },
  "open to others": (folder) => {
    chmodSync(folder, 0o777);
    return { [JOURNAL]: folder };
  },
  "below /proc": () => ({ [JOURNAL]: "/proc/self/journal" }),
  "on a full disk": (folder) => ({
    ...preload("fullDisk.cjs"),
    ...{ [JOURNAL]: join(folder, "journal"), FULL_DISK: folder },
  }),
  "on a disk that is full from then on": (folder) => ({
    ...preload("fullDisk.cjs"),
    ...{ [JOURNAL]: join(folder, "journal"), FULL_DISK: folder, FULL_AT: "write" },
  }),
};

const noJournal = fc.constantFrom(...Object.keys(PLACES)).map((place) =>
  command(`up, with a journal that is ${place}`, async (site, { program }) => {
    const folder = mkdtempSync(join(tmpdir(), "cake-place-"));
    const made = site.cake.lastId;
    try {
      await site.up(program, { env: PLACES[place]?.(folder) ?? {} });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    expect(site.cake.lastId, "what was made without a journal").toBe(made);
  }),
);

/** Two stacks of one machine declare the same new postbacks at once: one of them makes each. */
const together = fc.constant(
  command("two stacks at once", (site, { program }) => site.upBesideAnother(program)),
);

/** How a run is asked for, what becomes of names and providers, and what the machine does meanwhile. */
export const dimensions: fc.Arbitrary<Command>[] = [
  ...[target, goOn, rename, renameStack, otherProvider, adopt, clock, noJournal, together],
];

function preload(file: string): Record<string, string> {
  return { NODE_OPTIONS: `--require ${join(__dirname, file)}` };
}
