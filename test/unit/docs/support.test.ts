import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CELLS } from "../../matrix/cells";

const root = join(__dirname, "../../..");
const { engines, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

describe("the support matrix", () => {
  it("tries every major version of Node that the manifest names", () => {
    const named = [...String(engines.node).matchAll(/(?:\^|>=)(\d+)/g)].map(([, major]) => major);
    expect(named.length).toBeGreaterThan(0);
    expect(CELLS.map(({ node }) => node)).toEqual(expect.arrayContaining(named));
  });

  it("tries the oldest and the newest Pulumi SDK that the manifest names", () => {
    const [, oldest] = />=(\S+)/.exec(peerDependencies["@pulumi/pulumi"]) ?? [];
    expect(CELLS.map(({ pulumi }) => pulumi)).toEqual(expect.arrayContaining([oldest, "latest"]));
  });
});
