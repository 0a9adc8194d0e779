import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    { for: "Show what would be written and imported", command: "npx --no -- pulumi-cake adopt --dry-run" },
    {
      for: "Write the code and import into the selected stack",
      command: "npx --no -- pulumi-cake adopt --apply",
    },
    {
      for: "Adopt some partners' active postbacks",
      command: "npx --no -- pulumi-cake adopt --affiliate '2004,2023' --status active --apply",
    },
  ],
  about: `Reads the live postbacks, writes the TypeScript that declares them, and imports them into the stack's state. The next
preview then shows no changes. It never writes to CAKE.

Run it again when CAKE has new postbacks: it adds them, and changes no existing code. The API key comes from
CAKE_API_KEY, else from the stack's cake:apiKey.`,
  exitCodes: {
    0: "done, or there was nothing to do",
    1: "done, but check the report: a postback cannot be adopted, or the preview shows changes",
    2: "nothing or only a part was adopted: the message says why, and the next run continues",
  },
};
