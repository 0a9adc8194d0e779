import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { type Mutant, withoutGuard } from "./mutant";

/** The variable that names a repository whose build the tests' processes shall load instead of this one. */
const REPOSITORY_VARIABLE = "TEST_REPOSITORY";

/** A copy of the build that lacks one guard, for the tests whose processes load the build. Gone with its scope. */
export class BuildWithoutGuard {
  private readonly folder = mkdtempSync(join(tmpdir(), "mutant-build-"));

  constructor(root: string, mutant: Mutant) {
    for (const name of ["package.json", "dist"])
      cpSync(join(root, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    const code = withoutGuard(readFileSync(join(root, "provider", mutant.file), "utf8"), mutant);
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
    const { outputText } = ts.transpileModule(code, {
      compilerOptions: {
        ...options,
        module: ts.ModuleKind.CommonJS,
        moduleResolution: ts.ModuleResolutionKind.Node10,
      },
      fileName: mutant.file,
    });
    writeFileSync(join(this.folder, "dist", mutant.file.replace(/\.ts$/, ".js")), outputText);
  }

  get env(): Record<string, string> {
    return { [REPOSITORY_VARIABLE]: this.folder };
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
