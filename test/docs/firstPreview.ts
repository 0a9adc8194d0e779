/** The first preview of docs/your-cake.md: the program of the page, on the runner of tests, with the settings that were found. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { openWorld } from "../runner/world";
import { UNUSUAL } from "./captures";
import { fenced } from "./markdown";

/** The program that a page has behind a mark. */
export function programOf(root: string, page: string, mark: string): string {
  const text = readFileSync(join(root, page), "utf8");
  const [, program] = new RegExp(`<!-- ${mark} -->\\n\`\`\`ts\\n([\\s\\S]*?)\`\`\``).exec(text) ?? [];
  if (program === undefined) throw new Error(`${page} has no program behind <!-- ${mark} -->.`);
  return program;
}

/** A project with a program that uses the package as it was built. */
export function projectWith(root: string, name: string, program: string): string {
  const repository = resolve(root);
  const workDir = mkdtempSync(join(tmpdir(), "cake-docs-"));
  writeFileSync(join(workDir, "Pulumi.yaml"), JSON.stringify({ name, runtime: "nodejs" }));
  writeFileSync(
    join(workDir, "tsconfig.json"),
    readFileSync(join(repository, "examples/starter/tsconfig.json")),
  );
  for (const module of ["pulumi-cake", "@pulumi/pulumi", "typescript", "@types/node"]) {
    const link = join(workDir, "node_modules", module);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(module === "pulumi-cake" ? repository : join(repository, "node_modules", module), link);
  }
  writeFileSync(join(workDir, "package.json"), JSON.stringify({ name, main: "index.ts" }));
  writeFileSync(join(workDir, "index.ts"), program);
  return workDir;
}

/** What the preview prints, and that it called nobody. */
export async function firstPreviewParts(root: string): Promise<Record<string, string>> {
  const workDir = projectWith(root, "postbacks", programOf(root, "docs/your-cake.md", "firstPreview"));
  await using world = await openWorld(workDir, { instances: { cake: { postbacks: "network" } } });
  try {
    world.cake.behave(UNUSUAL);
    await world.stack.setConfig("cake:paths", { value: JSON.stringify(UNUSUAL.paths) });
    const { stdout } = await world.stack.preview();
    if (world.cake.requests.length > 0) throw new Error("A preview must call nobody.");
    return { firstPreview: fenced("text", `$ pulumi preview\n${stdout.trimEnd()}`) };
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}
