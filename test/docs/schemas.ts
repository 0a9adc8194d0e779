/** The JSON Schemas of what commands print with `--format json`, made from the interfaces in `provider/cli/<command>/report.ts`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";

/** The text of each schema, by its path from the root of the project. A command has one if its `report.ts` exports its report. */
export function schemaFiles(root: string): ReadonlyMap<string, string> {
  const commands = reportingCommands(root);
  const generator = createGenerator({
    path: join(root, "provider/cli/**/report.ts"),
    tsconfig: join(root, "tsconfig.json"),
    // `npm run types` checks them.
    skipTypeCheck: true,
    topRef: false,
  });
  const reports = [
    ...commands.map((command) => ({
      ...{ line: command, path: schemaPath(command) },
      type: reportType(command),
    })),
    { line: "doctor --anonymize", path: ANONYMOUS_SCHEMA, type: "AnonymousDoctorReport" },
  ];
  return new Map(
    reports.map(({ line, path, type }) => {
      const title = `What "pulumi-cake ${line} --format json" prints`;
      const schema = generator.createSchema(type);
      return [path, `${JSON.stringify({ title, ...schema }, undefined, 2)}\n`];
    }),
  );
}

/** The schema of the report for strangers, which one command prints beside its own. */
export const ANONYMOUS_SCHEMA = schemaPath("doctor-anonymous");

/** The commands that have a report, in the order of their names. */
export function reportingCommands(root: string): string[] {
  const folder = join(root, "provider/cli");
  return readdirSync(folder)
    .filter((command) => {
      const file = join(folder, command, "report.ts");
      return (
        existsSync(file) && readFileSync(file, "utf8").includes(`export interface ${reportType(command)} `)
      );
    })
    .sort();
}

export function schemaPath(command: string): string {
  return `docs/schemas/${command}.schema.json`;
}

function reportType(command: string): string {
  return `${command.charAt(0).toUpperCase()}${command.slice(1)}Report`;
}
