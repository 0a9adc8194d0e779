import { readFileSync } from "node:fs";
import { CELLS, type Cell } from "../matrix/cells";
import { managers } from "../package/managers";
import { CI, jobsOf } from "../unit/github/workflows";
import { code, table } from "./markdown";

const MATRIX = "`npm run test:matrix`";
const LONG = "`npm run test:long`";
const TEST = "`npm test`";

/** What the package works with: from its manifest, and from what the tests try. */
export function supportParts(root: string): Record<string, string> {
  const textOf = (path: string) => readFileSync(`${root}/${path}`, "utf8");
  const { engines, peerDependencies, devDependencies } = JSON.parse(textOf("package.json"));
  const starter = JSON.parse(textOf("examples/starter/package.json"));
  const cli = textOf("test/stack/support/engine/version").trim();
  return {
    support: table(
      ["", "Supported", "Tested", "By"],
      [
        ["Node", code(engines.node), tested("node"), MATRIX],
        [code("@pulumi/pulumi"), code(peerDependencies["@pulumi/pulumi"]), tested("pulumi"), MATRIX],
        [
          `${code("@pulumi/policy")}, for \`pulumi-cake/policy\``,
          code(peerDependencies["@pulumi/policy"]),
          code(devDependencies["@pulumi/policy"]),
          TEST,
        ],
        ["Pulumi CLI", "3; the plugin 3.154.0 or later", cli, TEST],
        ["TypeScript", code(`${starter.devDependencies.typescript} || ^6`), tested("typescript"), MATRIX],
      ],
    ),
    supportTogether: table(
      ["Node", "`@pulumi/pulumi`", "TypeScript"],
      CELLS.map(({ node, pulumi, typescript }) => [node, pulumi, typescript]),
    ),
    supportCi: table(["System", "Node", "Runs"], ciRows()),
    managers: table(
      ["Package manager", "Runs on Node", "Tested by"],
      managers.map(({ name, node, isAlwaysTested }) => [
        name,
        node === undefined ? "any above" : `${node.join(".")} or newer`,
        isAlwaysTested ? TEST : LONG,
      ]),
    ),
  };
}

/** The jobs of the workflow CI that try several versions of Node. */
function ciRows(): string[][] {
  return jobsOf(CI).flatMap(([, { strategy, steps, ...job }]) => {
    const { node, os = [job["runs-on"]] } = strategy?.matrix ?? {};
    if (node === undefined) return [];
    const scripts = steps.flatMap(({ run = "" }) => run.match(/\bnpm (?:test|run (?:unit|demo))\b/g) ?? []);
    return [[os.map((one) => code(String(one))).join(", "), node.join(", "), scripts.map(code).join(", ")]];
  });
}

function tested(what: keyof Cell): string {
  return [...new Set(CELLS.map((cell) => cell[what]))].join(", ");
}
