/** The package managers that a project's packages can be installed with. */
export interface Manager {
  /** As a person names it. */
  readonly name: string;
  /** The npm package that brings it, and its command there. Not named: the npm that runs the tests. */
  readonly from?: { readonly name: string; readonly version: string; readonly command: string };
  /** The first version of Node that runs it. */
  readonly node: readonly [major: number, minor: number];
  readonly env?: Readonly<Record<string, string>>;
}

export const managers: readonly Manager[] = [
  { name: "npm", node: [20, 19] },
  { name: "pnpm 10", from: { name: "pnpm", version: "10", command: "bin/pnpm.cjs" }, node: [18, 12] },
  { name: "pnpm 11", from: { name: "pnpm", version: "11", command: "bin/pnpm.mjs" }, node: [22, 13] },
  { name: "pnpm 12", from: { name: "pnpm", version: "12", command: "bin/pnpm.mjs" }, node: [18, 0] },
  { name: "Yarn 1", from: { name: "yarn", version: "1", command: "bin/yarn.js" }, node: [4, 0] },
  {
    name: "Yarn 4 with `nodeLinker: node-modules`",
    from: { name: "@yarnpkg/cli-dist", version: "4", command: "bin/yarn.js" },
    node: [18, 12],
    env: { YARN_NODE_LINKER: "node-modules", YARN_ENABLE_IMMUTABLE_INSTALLS: "false" },
  },
];

/** Whether the Node at hand runs it. */
export function isRunnable({ node: [major, minor] }: Manager): boolean {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
