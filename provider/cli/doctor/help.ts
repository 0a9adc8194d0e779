import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    {
      for: "Check the instance of a stack, and that the key sees the right network",
      command: "npx --no -- pulumi-cake doctor --stack dev --expect-id 8801",
    },
    {
      for: "Check an instance with the key in CAKE_API_KEY, and search for its list",
      command: "npx --no -- pulumi-cake doctor --domain yourdomain.cakemarketing.com --discover",
    },
    {
      for: "Make a report to send",
      command: "npx --no -- pulumi-cake doctor --stack dev --discover --format json --anonymize",
    },
  ],
  about: `Sends about ten GET requests, and one for each page of the list. It writes nothing.

With --discover, it first searches for the list of postbacks on 24 fixed paths, which it prints before it calls. That takes
25 GET requests more without the key, and up to 24 with it. The path of --paths or cake:paths is asked first, and
cake:endpoints does not stop the search.

With --stack, the settings come from that stack, else from the environment: CAKE_DOMAIN, CAKE_API_KEY, CAKE_PATHS,
CAKE_PROXY and so on. No option takes a key, because other users of this machine can read command lines.`,
  exitCodes: {
    0: "no problems",
    1: "a problem: something that a stack needs will not work",
    2: "not checked: wrong options or settings, no connection, or a rejected key",
  },
};
