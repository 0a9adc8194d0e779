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
  about: `Prints one comment for a pull request, in Markdown, of at most 65,536 characters: what changes part by part, what a
partner will receive, what is at risk, and which rules the change newly breaks. Five or more equal changes are one entry;
--format json holds each. The riskiest changes come first: click id changed, host changed, payout changed, deactivated,
kept active, replaced, for all offers, one of many at once, new rule broken. A postback with retainOnDelete or deletedWith that leaves the stack is kept active: it still fires.
Reads the JSON of preview, and of up and destroy. With --show-sames it holds unchanged postbacks, too: only then are they
counted, and compared with. A preview that failed makes a comment of its errors.
Needs no key and calls nothing. The rules: docs/rules.md, with cake:rules as the preview shows it.

--work-list is for a CAKE instance whose postbacks cannot be changed by API (cake:endpoints is "documented", or the update
endpoint is missing): edit them in CAKE as it says, write their IDs into a file, one a line (--format ids prints them), and
record the edits with CAKE_CONFIRMED_IDS_FILE=<file> pulumi up
Unlike all other reports it shows URLs unmasked, because they are to be pasted into CAKE: keep it as safe as a key.`,
  exitCodes: {
    0: "the change may pass",
    1: "it must not: a rule is newly broken, or more postbacks change than are allowed",
    2: "it could not be reviewed: no preview, one that failed or is incomplete, or wrong options",
  },
};
