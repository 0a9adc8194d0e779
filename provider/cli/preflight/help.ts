import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    {
      for: "Check a stack before an update on hosted CI",
      command: "pulumi stack export | npx --no -- pulumi-cake preflight && pulumi up --yes",
    },
    { for: "Check a saved export", command: "npx --no -- pulumi-cake preflight state.json" },
    { for: "Get the result as JSON", command: "npx --no -- pulumi-cake preflight --format json state.json" },
  ],
  about: `For machines whose disk does not survive, such as hosted CI: an interrupted run leaves there no trace but the state.
Fails if an interrupted create is unresolved: its postback may or may not exist in CAKE. Fails, too, if a postback lives
on another CAKE instance than its provider works on (cake:domain as saved in the export; CAKE_DOMAIN or --domain for the
default provider; CAKE_FORMER_DOMAINS names former hosts). Needs neither the passphrase of the state nor an API key,
and calls nothing.`,
  exitCodes: {
    0: "no interrupted create",
    1: "stop: resolve what it names first",
    2: "unknown: not an export, or the state holds an operation that this version does not know",
  },
};
