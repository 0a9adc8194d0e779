// From a live CAKE to a stack that changes nothing: the command writes code and import file, the engine takes them in.
import { execFile } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { isLong } from "../long";
import type { ImportFile } from "./support/cli";
import { copyOf, example, repository } from "./support/places";
import { readableState } from "./support/state";
import { once, preview, reading, takeCalls, twice } from "./support/steps";
import { openWorld, type World, withCli } from "./support/world";

const COMMAND = join(repository, "dist/cli/main.js");
const SELECTION = ["--affiliate", "2004,2017,2260", "--partners", "partners.csv"];

interface Project extends AsyncDisposable {
  readonly world: World;
  readonly folder: string;
}

/** What the command prints; it must end well. */
async function adopt({ world, folder }: Project, args: readonly string[] = SELECTION): Promise<string> {
  const state = join(folder, "state.json");
  writeFileSync(state, JSON.stringify(await world.stack.exportStack()));
  const all = [COMMAND, "adopt", "--state", state, "--domain", world.cake.url, ...args];
  // Without a CLI on the PATH, as on a machine that has none.
  const env = { PATH: join(process.execPath, ".."), CAKE_API_KEY: world.cake.apiKey };
  return (await started(process.execPath, all, { cwd: folder, env })).stdout;
}

// The sandbox answers from this very process, so it must not wait.
const started = promisify(execFile);

function textsIn(folder: string): Record<string, string> {
  const files = readdirSync(folder).sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

const aside = ({ folder }: Project, file: string) => readFileSync(join(folder, ".pulumi-cake", file), "utf8");

withCli.concurrent("adopting", () => {
  async function open(): Promise<Project> {
    const folder = copyOf("adopt-existing", (copy) => rmSync(join(copy, "postbacks"), { recursive: true }));
    const instances = { cake: { postbacks: "network" as const } };
    const world = await openWorld({ workDir: folder, instances });
    return { world, folder, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
  }
  async function takeIn(project: Project): Promise<void> {
    const file = JSON.parse(aside(project, "import.json")) as ImportFile;
    const { calls } = await once(project.world, (stack) => stack.importResources(file));
    expect(calls).toEqual({});
  }

  it("writes the example's code, imports it without a call, and the next preview changes nothing", async () => {
    await using project = await open();
    const { world, folder } = project;
    const before = world.cake.postbacks();
    expect(await adopt(project)).toContain("15 to adopt");
    expect(takeCalls(world.cake)).toEqual(reading());
    const { "adopted.json": list = "", ...files } = textsIn(join(example("adopt-existing"), "postbacks"));
    const ownList = list.replace("localhost:8801", world.cake.domain);
    expect(textsIn(join(folder, "postbacks"))).toEqual({ ...files, "adopted.json": ownList });
    await takeIn(project);
    expect((await preview(world)).did).toEqual({});
    const code = textsIn(join(folder, "postbacks"));
    expect(await adopt(project)).toContain("Nothing to adopt. Nothing was written.");
    expect(textsIn(join(folder, "postbacks"))).toEqual(code);
    expect(world.cake.postbacks()).toEqual(before);
  });

  it.runIf(isLong)(
    "adds what is new in a file of its own, keeps its token secret, and holds through up and refresh",
    async () => {
      await using project = await open();
      const { world, folder } = project;
      await adopt(project);
      await takeIn(project);
      const code = textsIn(join(folder, "postbacks"));
      const token = "canary-7f3a91";
      world.cake.add({
        ...{ affiliateId: 2004, offerId: 390, postbackStatus: "active" },
        postbackUrl: `https://trk.northpeak.example/pb?cid=#s2#&token=${token}`,
      });
      expect(await adopt(project)).toContain("1 to adopt");
      const {
        "adopted.json": list,
        "index.ts": index,
        "northpeak-2.ts": added,
        ...others
      } = textsIn(join(folder, "postbacks"));
      expect(code).toMatchObject(others);
      expect(index).toContain('import "./northpeak-2";');
      for (const text of [list, added]) expect(text).toContain("northpeak-token");
      for (const text of [list, added]) expect(text).not.toContain(token);
      const secrets = aside(project, "secrets.json");
      expect(JSON.parse(secrets)).toEqual({ "northpeak-token": token });
      await world.stack.setConfig("cake-adopt-existing:postbackSecrets", { value: secrets, secret: true });
      await takeIn(project);
      expect((await preview(world)).did).toEqual({});
      takeCalls(world.cake);
      expect(await twice(world, (stack) => stack.up())).toMatchObject({ did: {}, calls: {} });
      expect((await once(world, (stack) => stack.refresh())).did).toEqual({});
      expect((await preview(world)).did).toEqual({});
      expect(await readableState(world.stack)).not.toContain(token);
    },
  );

  it.runIf(isLong)("--apply does all of it with the CLI, and leaves no file with URLs behind", async () => {
    await using project = await open();
    const { world, folder } = project;
    world.cake.add({
      ...{ affiliateId: 2004, offerId: 390, postbackStatus: "active" },
      postbackUrl: "https://trk.northpeak.example/pb?cid=#s2#&token=canary-7f3a91",
    });
    const { stack } = world;
    copyFileSync(join(stack.workDir, "Pulumi.dev.yaml"), join(folder, "Pulumi.dev.yaml"));
    const run = async (...args: string[]) => {
      const all = [COMMAND, "adopt", "--apply", "--stack", "dev", ...args];
      return (await started(process.execPath, all, { cwd: folder, env: stack.environment() })).stdout;
    };
    // Before a person has added the line, nothing is imported; afterwards no code is written again.
    const program = readFileSync(join(folder, "index.ts"), "utf8");
    writeFileSync(join(folder, "index.ts"), "export {};\n");
    const stopped = await run(...SELECTION).catch((error: { stderr: string }) => error.stderr);
    expect(stopped).toContain(
      'Add this line to index.ts, then run again:\nimport "./postbacks";',
    );
    expect(JSON.stringify(await stack.exportStack())).not.toContain("northpeak");
    writeFileSync(join(folder, "index.ts"), program);
    const code = textsIn(join(folder, "postbacks"));
    takeCalls(world.cake);
    expect(await run(...SELECTION)).toContain("Imported 16 postbacks. A preview shows no changes.");
    expect(takeCalls(world.cake)).toEqual(reading());
    expect(textsIn(join(folder, "postbacks"))).toEqual(code);
    expect(readdirSync(folder)).not.toContain(".pulumi-cake");
    expect(readFileSync(join(folder, "Pulumi.dev.yaml"), "utf8")).not.toContain("canary");
    expect(await run(...SELECTION)).toContain("Nothing to adopt. Nothing was written.");
    // The rest comes later, as a CSV: among them are equal postbacks, which stop a preview until they are imported.
    expect(await run("--layout", "csv")).toMatch(/Imported 102 postbacks\. A preview shows no changes\./);
  });
});
