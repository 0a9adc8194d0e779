import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";

const ROOT = resolve(__dirname, "../../..");

/** The plugin in one file, which needs Node and no packages. */
export interface Bundle {
  readonly code: string;
  /** The folders of the packages whose code is in it, sorted. */
  readonly packages: readonly string[];
}

// Code that never runs, so that its packages need not be shipped: a stand-in for what Node has, and gRPC's own services.
const NEVER_LOADED = ["web-streams-polyfill", "@grpc/proto-loader"];

/** Bundles what is built in dist/. Names stay as they are, so that a stack trace can be read. */
export async function bundlePlugin(): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["dist/plugin/main.js"],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: NEVER_LOADED,
    legalComments: "none",
    plugins: [rewrite(/plugin[\\/]proto\.js$/, withPlainRequires), rewrite(/manifest\.js$/, withTheManifest)],
  });
  const inputs = Object.keys(metafile.inputs).flatMap(
    (path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  return {
    code: (outputFiles[0]?.text ?? "").replace(/^#!.*\n/, ""),
    packages: [...new Set(inputs)].sort().map((folder) => join(ROOT, folder)),
  };
}

interface Rewritten {
  readonly contents: string;
  readonly resolveDir: string;
}

/** Replaces a module of ours that finds something at run time only. */
function rewrite(file: RegExp, replace: (source: string) => Rewritten): Plugin {
  return {
    name: `rewrite ${file.source}`,
    setup({ onLoad }) {
      onLoad({ filter: file }, ({ path }) =>
        path.startsWith(join(ROOT, "dist")) ? replace(readFileSync(path, "utf8")) : undefined,
      );
    },
  };
}

/** From the folder of the SDK, the bundler finds the same copies of gRPC and protobuf as the SDK. */
function withPlainRequires(source: string): Rewritten {
  const contents = source
    .replace(/^const load(?:AsTheSdk)? = .*$/gm, "")
    .replace(/\bload(?:AsTheSdk)?\(/g, "require(");
  return { contents, resolveDir: dirname(require.resolve("@pulumi/pulumi/proto/provider_grpc_pb")) };
}

const READ_AT_RUN_TIME =
  '(0, node_fs_1.readFileSync)((0, node_path_1.join)(__dirname, "../package.json"), "utf8")';

function withTheManifest(source: string): Rewritten {
  if (!source.includes(READ_AT_RUN_TIME))
    throw new Error(`${relative(ROOT, __filename)} does not know how manifest.ts reads.`);
  const { name, version, homepage, repository } = manifest();
  const text = JSON.stringify(JSON.stringify({ name, version, homepage, repository }));
  return { contents: source.replace(READ_AT_RUN_TIME, () => text), resolveDir: join(ROOT, "dist") };
}

/** What package.json says. */
export function manifest(): {
  readonly name: string;
  readonly version: string;
  readonly homepage: string;
  readonly repository: unknown;
  readonly license: string;
  readonly engines: { readonly node: string };
} {
  return JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
}
