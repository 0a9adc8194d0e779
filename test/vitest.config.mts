import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], timeout: number, setup: string[] = []) => ({
  test: {
    name,
    include,
    globalSetup: ["test/freshBuild.ts", ...setup],
    // No file changes what the next one finds, so they share what they have loaded.
    isolate: false,
    testTimeout: timeout,
    hookTimeout: timeout,
    root: `${import.meta.dirname}/..`,
    // It imports JSON in a way that Node refuses.
    server: { deps: { inline: ["@actions/workflow-parser"] } },
  },
});

// On Windows, commands to paste would be others than the tests and the docs name.
const ENVIRONMENT = { SHELL: "/bin/sh" };

/** All tests, or with `--mode all` also those that take minutes, with plugins that change the code that they load. */
export const configWith = (plugins: Plugin[]) =>
  defineConfig(({ mode }) => ({
    test: {
      root: `${import.meta.dirname}/..`,
      // Most of the time goes into processes that the tests start, and some of it into waiting for them.
      maxWorkers: 3,
      projects: [
        project("unit", ["test/unit/**/*.test.ts"], 30_000),
        project("host", ["test/host/**/*.test.ts"], 60_000),
        project("runner", ["test/runner/**/*.test.ts"], 120_000),
        project("package", ["test/package/**/*.test.ts"], 240_000),
        project("stack", ["test/stack/**/*.test.ts"], 600_000, ["test/stack/support/announce.ts"]),
        project("browser", ["test/browser/**/*.test.ts"], 60_000),
        project("faults", ["test/faults/**/*.test.ts"], 120_000),
      ].map(({ test }) => ({ plugins, test: { ...test, env: { ...ENVIRONMENT, TESTS: mode } } })),
    },
  }));

export default configWith([]);
