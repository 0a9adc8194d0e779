import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    { for: "Check the instance of a stack", command: "npx --no -- pulumi-cake doctor --stack dev" },
    {
      for: "Check an instance before there is a stack",
      command: "CAKE_API_KEY=… npx --no -- pulumi-cake doctor --domain yourdomain.cakemarketing.com",
    },
    {
      for: "Prove that the key sees the right network",
      command: "npx --no -- pulumi-cake doctor --stack dev --expect-id 8801",
    },
  ],
  about: `The settings come from the environment, as for a stack: CAKE_DOMAIN, CAKE_API_KEY, CAKE_PATHS, CAKE_PROXY, …
It writes nothing: it sends some ten GETs, and one for each page of the list.
No option takes a key: everybody on a machine can read the command lines of its processes.`,
  exitCodes: {
    0: "no problem was found",
    1: "something that a stack needs will not work",
    2: "the instance could not be checked: options, settings, network or key",
  },
};
