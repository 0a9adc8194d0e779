/** The packed package on every version of Node and Pulumi that it claims to work with. `npm run test:matrix`. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { install, pack } from "../package/installed";
import { CELLS, type Cell } from "./cells";

const ROOT = resolve(__dirname, "../..");

const tarball = pack();
const folders = [dirname(tarball)];
try {
  const passed = CELLS.map(runCell).filter(Boolean).length;
  console.log(`${passed} passed, ${CELLS.length - passed} failed`);
  process.exitCode = passed === CELLS.length ? 0 : 1;
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

function runCell({ node, pulumi, typescript }: Cell): boolean {
  const ownNode = process.versions.node.split(".")[0] === node;
  // What the npm package `node` installs by a script, which is not run here.
  const nodePackage = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const also = { typescript, ...(ownNode ? {} : { [nodePackage]: node }) };
  const project = install(tarball, { modules: "commonjs", pulumi, also });
  folders.push(project);
  const binary = ownNode ? process.execPath : join(project, "node_modules", nodePackage, "bin", "node");
  const tsx = join(ROOT, "node_modules", "tsx", "dist", "cli.mjs");
  const { status, stdout, stderr } = spawnSync(binary, [tsx, join(__dirname, "quickstart.ts"), project], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env.PATH}` },
  });
  const version = (name: string) =>
    String(require(join(project, "node_modules", name, "package.json")).version);
  const nodeVersion = ownNode ? process.versions.node : version(nodePackage);
  console.log(
    `${status === 0 ? "passed" : "FAILED"}  Node ${nodeVersion}, @pulumi/pulumi ${version("@pulumi/pulumi")}, TypeScript ${version("typescript")}`,
  );
  if (status !== 0) console.log(`${stdout}\n${stderr}`);
  return status === 0;
}
