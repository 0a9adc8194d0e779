import { join, sep } from "node:path";
import ts from "typescript";

/** Type-checks projects as the compiler's own command does, and reads the declarations that they share once. */
export class TypeChecker {
  private readonly shared = new Map<string, ts.SourceFile | undefined>();

  /** What the compiler finds wrong in a project, as it prints it; nothing where all is well. */
  mistakesIn(project: string): string {
    const { fileNames, options, errors } = configOf(project);
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (path, how, ...others) => {
      if (path.startsWith(project + sep)) return read(path, how, ...others);
      const format = typeof how === "object" ? how.impliedNodeFormat : undefined;
      const { target, module, strict } = options;
      const key = JSON.stringify([path, format, target, module, strict]);
      if (!this.shared.has(key)) this.shared.set(key, read(path, how, ...others));
      return this.shared.get(key);
    };
    const program = ts.createProgram(fileNames, options, host);
    return ts.formatDiagnostics([...errors, ...ts.getPreEmitDiagnostics(program)], host);
  }
}

function configOf(project: string): ts.ParsedCommandLine {
  const fatal: ts.Diagnostic[] = [];
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (one: ts.Diagnostic) => void fatal.push(one),
  };
  const config = ts.getParsedCommandLineOfConfigFile(join(project, "tsconfig.json"), {}, host);
  if (config === undefined) throw new Error(`${project}: ${fatal.map(({ messageText }) => messageText)}`);
  return config;
}
