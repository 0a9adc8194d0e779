import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    { for: "See what would be written and imported", command: "npx --no -- pulumi-cake adopt --dry-run" },
    {
      for: "Write the code and import into the selected stack",
      command: "npx --no -- pulumi-cake adopt --apply",
    },
    {
      for: "Adopt some partners' active postbacks",
      command: "npx --no -- pulumi-cake adopt --affiliate 2004,2023 --status active --apply",
    },
  ],
  about: `Reads the postbacks that are live in CAKE, writes the TypeScript that declares them, and imports them into the stack's
state, so that the next preview shows no change. Never writes to CAKE. Run it again as CAKE changes: it adds what is new
and changes nothing that is there. The key comes from CAKE_API_KEY, else from the stack's cake:apiKey.`,
  exitCodes: {
    0: "done, or there was nothing to do",
    1: "done, but review it: postbacks that cannot be adopted, or a preview that shows changes",
    2: "nothing was adopted, or only a part: the message says why, and the next run finishes it",
  },
};
