import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { archiveName, thisSystem, writeArchives } from "../../release/plugin/files";
import { serve } from "../../unit/http/servers";
import { failureOf } from "../support/failures";
import { example, repository, temporaryFolder } from "../support/places";
import {
  commandOf,
  installArchive,
  NO_OTHER_PLUGIN,
  pluginFolder,
  pluginPackage,
  yamlProject,
} from "../support/plugin";
import { once, twice, writing } from "../support/steps";
import { openWorld, withYaml } from "../support/world";

const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
const ARCHIVE = archiveName(thisSystem());

const postback = {
  type: "cake:AffiliatePostback",
  properties: {
    affiliateId: 67890,
    offerId: 12345,
    postbackUrl: "https://tracker.example/postback?cid=#s2#",
  },
};

/** A PATH with the CLI alone: it finds its own plugins beside it. */
function pathWithoutNode(): string {
  const folder = temporaryFolder();
  const found = (process.env.PATH ?? "").split(delimiter).map((place) => join(place, "pulumi"));
  symlinkSync(found.map(realpath).find((path) => path !== undefined) ?? "pulumi", join(folder, "pulumi"));
  return folder;
}

function realpath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

withYaml("the archive of the plugin", () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "cake-archives-"));
    await writeArchives(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is installed into an empty PULUMI_HOME, and the quickstart in YAML runs without a network", async () => {
    await using world = await openWorld({ workDir: example("quickstart-yaml"), env: NO_OTHER_PLUGIN });
    const { stack } = world;
    await installArchive(stack, join(folder, ARCHIVE));
    const up = await twice(world, () => stack.up());
    expect(Object.values(up.did)).toEqual(["create", "create"]);
    expect(up.calls).toEqual(writing({ create: 2 }));
    expect(await stack.hostsAreGone(5_000)).toBe(true);

    stack.setEnv("PATH", pathWithoutNode());
    const { stdout, stderr } = await failureOf(stack.preview());
    expect(stdout + stderr).toContain("pulumi-resource-cake needs Node.js");
  });

  it.each([
    [
      "the options of a resource",
      (address: string) =>
        yamlProject({
          resources: {
            acme: { ...postback, options: { version, pluginDownloadURL: `${address}/v$\${VERSION}` } },
          },
        }),
    ],
    [
      "a package that was added by its schema",
      (address: string) => {
        const project = yamlProject({ resources: { acme: postback } });
        const text = readFileSync(join(repository, "provider/plugin/schema.json"), "utf8");
        const { name, pluginDownloadURL } = JSON.parse(text) as Record<"name" | "pluginDownloadURL", string>;
        expect(pluginDownloadURL).toMatch(/^https:\/\/.*\/v\$\{VERSION\}$/);
        const downloadUrl = pluginDownloadURL.replace(/^.*(?=\/v)/, address);
        // As "pulumi package add" writes it.
        const declaration = { packageDeclarationVersion: 1, name, version, downloadUrl };
        mkdirSync(join(project, "sdks/cake"), { recursive: true });
        writeFileSync(join(project, `sdks/cake/cake-${version}.yaml`), JSON.stringify(declaration));
        return project;
      },
    ],
  ])("is downloaded by the engine from the address in %s", async (_by, projectAt) => {
    const server = await serve(({ url = "" }, response) =>
      response.end(readFileSync(join(folder, basename(url)))),
    );
    const workDir = projectAt(server.url.origin);
    await using world = await openWorld({ workDir, env: NO_OTHER_PLUGIN });
    world.stack.setEnv("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", undefined);
    expect((await twice(world, () => world.stack.up())).did).toEqual({ acme: "create" });
    expect(server.requests.map(({ url }) => url)).toEqual([`/v${version}/${ARCHIVE}`]);
  });
});

withYaml("the plugin of the npm package", () => {
  it("is the executable that npm puts on the PATH", async () => {
    const plugin = pluginFolder();
    await using world = await openWorld({ workDir: yamlProject({ resources: { acme: postback } }), plugin });
    const { stdout } = await world.stack.preview();
    expect(stdout).toContain(`using pulumi-resource-cake from $PATH at ${plugin}`);
  });

  it("is the folder with PulumiPlugin.yaml, for a project and for the commands about packages", async () => {
    const workDir = yamlProject({ packages: { cake: pluginPackage }, resources: { acme: postback } });
    await using world = await openWorld({ workDir, env: NO_OTHER_PLUGIN });
    expect((await once(world, (stack) => stack.up())).did).toEqual({ acme: "create" });
    expect(await world.stack.hostsAreGone(5_000)).toBe(true);
    const schema = JSON.parse(await commandOf(world.stack, ["package", "get-schema", pluginPackage]));
    expect(schema).toMatchObject({ name: "cake", version });
  });
});
