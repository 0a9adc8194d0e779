import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    { for: "Check what a program declares", command: "pulumi preview --json | npx --no -- pulumi-cake lint" },
    {
      for: "Check a URL",
      command: "npx --no -- pulumi-cake lint 'https://track.partner.example/postback?cid=#s2#'",
    },
    { for: "Check a partner's CSV file", command: "npx --no -- pulumi-cake lint partners.csv" },
  ],
  about: `A source is the output of "pulumi preview --json" or "pulumi stack export", a CSV file, or a URL. A file may also list
URLs, one on each line. To check secret URLs of a stack, export it with --show-secrets. Only --live calls CAKE, and it only
reads: it needs an API key, from --stack or CAKE_API_KEY.

A report shows the corrected URL and what the partner receives. It shows nothing of a secret URL, and masks values that are
probably secret. Explain a rule: pulumi-cake rules P08. Rules: docs/rules.md.`,
  exitCodes: {
    0: "no finding is as severe as --fail-on, or more severe",
    1: "a finding is as severe as --fail-on, or more severe",
    2: "something could not be checked: a source is empty or unreadable, CAKE's list may be incomplete, or (with --strict) a URL is secret or unknown",
  },
};
