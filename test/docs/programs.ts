/** The programs of the quickstarts, for the pages about them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fenced } from "./markdown";

export function programParts(root: string): Record<string, string> {
  const program = (language: string, path: string) =>
    fenced(language, readFileSync(join(root, "examples", path), "utf8"));
  return {
    quickstartTypeScript: program("typescript", "quickstart/index.ts"),
    quickstartPython: program("python", "quickstart-python/__main__.py"),
    quickstartYaml: program("yaml", "quickstart-yaml/Pulumi.yaml"),
  };
}
