import { type Startable, startable } from "../provider/cli/input/executable";

/**
 * How a test starts a program of the PATH by its name, such as npm or pulumi. On Windows most of them are batch files, which
 * Node starts only by a shell.
 */
export function program(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Omit<Startable, "options"> & {
  readonly options: { readonly shell?: true; readonly env: NodeJS.ProcessEnv };
} {
  const found = startable(name, args, env);
  if (found === undefined) throw new Error(`There is no ${name} on the PATH.`);
  return { ...found, options: found.options as { shell?: true; env: NodeJS.ProcessEnv } };
}
