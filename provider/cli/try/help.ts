import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    {
      for: "Show what a partner will receive",
      command: "npx --no -- pulumi-cake try preview.json --resource acme-summer-sale",
    },
    {
      for: "Use the values of a real click",
      command: "npx --no -- pulumi-cake try 'https://track.partner.example/postback?cid=#s2#' --set s2=a1b2",
    },
    {
      for: "Call the partner once, and show the answer",
      command: "npx --no -- pulumi-cake try preview.json --resource acme-summer-sale --send",
    },
  ],
  about: `Shows the request that CAKE would make, part by part, with a sample value for each macro, and what the rules find in the
URL. A source is the output of "pulumi preview --json" or "pulumi stack export", a CSV file, or a URL. Everybody on this
machine can read a command line: pass a URL with a secret through "-".

Nothing calls the partner without --send. With it, exactly the request that is shown is sent once, without following a
redirect. The partner may count a conversion, so it asks first. Only --id without a source calls CAKE, and it only reads: it
needs an API key, from --stack or CAKE_API_KEY. More: docs/trying.md.`,
  exitCodes: {
    0: "no rule found an error, and (with --send) the answer shows no problem",
    1: "a rule found an error; or (with --send) the partner refused the call, or does not answer as a postback endpoint does",
    2: "the URL is secret, unknown or missing; or (with --send) nothing was sent, or no answer came",
  },
};
