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
  about: `Reads "pulumi preview --json", "pulumi stack export" (add --show-secrets to judge secret URLs), CSV files, URLs, one a
line or as arguments, and with --live the postbacks of a CAKE instance. Only --live needs a key (of --stack, or CAKE_API_KEY)
and calls CAKE, by GET. The rules: docs/rules.md. No output quotes a URL or a value in it.`,
  exitCodes: {
    0: "no finding is as severe as --fail-on",
    1: "a finding is",
    2: "not everything could be checked: a source has no postbacks or cannot be read, a URL is secret or unknown (with --strict), or CAKE's list may be incomplete",
  },
};
