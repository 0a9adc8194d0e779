/** The package managers that a project's packages can be installed with. */
export interface Manager {
  /** As a person names it. */
  readonly name: string;
  /** The npm package that brings it, and its command there. Not named: the npm that runs the tests. */
  readonly from?: { readonly name: string; readonly version: string; readonly command: string };
  /** The first version of Node that runs it, where it does not run on all that the package supports. */
  readonly node?: readonly [major: number, minor: number];
  /** Not only by `npm run test:long`. */
  readonly isAlwaysTested?: true;
  readonly env?: Readonly<Record<string, string>>;
}

export const managers: readonly Manager[] = [
  { name: "npm" },
  { name: "pnpm 10", from: { name: "pnpm", version: "10", command: "bin/pnpm.cjs" } },
  {
    name: "pnpm 11",
    from: { name: "pnpm", version: "11", command: "bin/pnpm.mjs" },
    node: [22, 13],
    isAlwaysTested: true,
  },
  {
    name: "pnpm 12",
    from: { name: "pnpm", version: "12", command: "bin/pnpm.mjs" },
  },
  { name: "Yarn 1", from: { name: "yarn", version: "1", command: "bin/yarn.js" } },
  {
    name: "Yarn 4 with `nodeLinker: node-modules`",
    from: { name: "@yarnpkg/cli-dist", version: "4", command: "bin/yarn.js" },
    env: { YARN_NODE_LINKER: "node-modules", YARN_ENABLE_IMMUTABLE_INSTALLS: "false" },
  },
];

/** Whether the Node at hand runs it. */
export function isRunnable({ node: [major, minor] = [0, 0] }: Manager): boolean {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
