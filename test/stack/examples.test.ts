import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repository } from "./support/places";

const folder = join(repository, "examples");
const examples = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const names = examples.map(({ name }) => name).sort();

describe("examples", () => {
  it("are those that the page of examples lists", () => {
    const page = readFileSync(join(folder, "README.md"), "utf8");
    const listed = [...page.matchAll(/^\| \[([\w-]+)\]/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(names);
  });

  it.each(names)("%s has at most 80 lines", (name) => {
    const programs = readdirSync(join(folder, name)).filter((file) =>
      /\.(?:ts|py)$|-yaml\/Pulumi\.yaml$/.test(`${name}/${file}`),
    );
    const lines = programs.flatMap((file) =>
      readFileSync(join(folder, name, file), "utf8")
        .trimEnd()
        .split("\n"),
    );
    expect(lines.length).toBeLessThanOrEqual(80);
  });
});
