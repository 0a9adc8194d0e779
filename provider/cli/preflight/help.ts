import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    {
      for: "Check a stack before an update on hosted CI",
      command: "pulumi stack export | npx --no -- pulumi-cake preflight",
    },
    { for: "Check a saved export", command: "npx --no -- pulumi-cake preflight state.json" },
    { for: "Get the result as JSON", command: "npx --no -- pulumi-cake preflight --format json state.json" },
  ],
  about: `Run it where the disk does not survive the run, such as on hosted CI: only the state shows there that a run was
interrupted.

Fails if an interrupted create is unresolved: its postback may or may not exist in CAKE. Fails, too, if a postback lives
on another CAKE instance than its provider works on.

Shows what interrupted creates have left in the journal of this machine, too. That changes no result: "pulumi up" on this
machine resolves it.

Reads only the export and the journal. It needs no passphrase and no API key, and calls nothing. CAKE_FORMER_DOMAINS names former hosts
of an instance that was renamed.`,
  exitCodes: {
    0: "no interrupted creates",
    1: "stop: resolve what the report names first",
    2: "unknown: not an export, or an interrupted operation that this version does not know",
  },
};
