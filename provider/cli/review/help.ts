import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    {
      for: "Write the comment of a pull request",
      command: "pulumi preview --json --show-sames | npx --no -- pulumi-cake review > comment.md",
    },
    {
      for: "Review a change that exceeds the limits on purpose",
      command: "npx --no -- pulumi-cake review --allow-changes 300 preview.json",
    },
    {
      for: "List the edits to make by hand in CAKE",
      command: "pulumi preview --json | npx --no -- pulumi-cake review --work-list",
    },
  ],
  about: `Prints a comment in Markdown: what changes, what the partner will receive, and which rules the change newly breaks. The
riskiest changes come first, and five or more equal changes are one entry. Secrets are masked. Needs no API key, and calls
nothing. A preview that failed becomes a comment with its errors. Add --show-sames to the preview, so that unchanged postbacks
are counted and compared, too.

--work-list is for a CAKE instance that cannot change postbacks by API (cake:endpoints is "documented"). Edit CAKE as the list
says, then record the edits: write the IDs into a file, and run "pulumi up" with its name in CAKE_CONFIRMED_IDS_FILE.
  npx --no -- pulumi-cake review --work-list --format ids preview.json > ids.txt

The list shows URLs unmasked, because a person pastes them into CAKE. Keep it as safe as a key. More: docs/reviewing.md.`,
  exitCodes: {
    0: "the change may be merged",
    1: "do not merge: a rule is newly broken, or too many postbacks change",
    2: "it could not be reviewed: the preview is missing, failed or incomplete, or an option is wrong",
  },
};
