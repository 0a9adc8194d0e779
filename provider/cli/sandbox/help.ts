import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    { for: "Run one instance with sample postbacks", command: "npx --no -- pulumi-cake sandbox" },
    { for: "Keep what you change", command: "npx --no -- pulumi-cake sandbox --save sandbox.json" },
    { for: "Run two instances", command: "npx --no -- pulumi-cake sandbox --instance us --instance eu" },
  ],
  about: `API keys come from CAKE_<NAME>_API_KEY, that of a single instance also from CAKE_API_KEY; without one, a key is made up
for this run.
No option takes a key: everybody on a machine can read the command lines of its processes.

A configuration makes the instances behave like another CAKE and fail, as behave() and injectFault() of
pulumi-cake/sandbox do. An example, with pages of 50 rows and a first list that is answered 404:
{ "behaviour": { "maxRows": 50 }, "faults": [{ "on": "list", "fault": { "kind": "status", "status": 404 } }] }`,
  exitCodes: {
    0: "it was stopped",
    2: "it could not start: a wrong option, or a port that is taken",
  },
};
