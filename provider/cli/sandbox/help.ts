import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    { for: "Run one instance with sample postbacks", command: "npx --no -- pulumi-cake sandbox" },
    { for: "Keep what you change", command: "npx --no -- pulumi-cake sandbox --save sandbox.json" },
    { for: "Run two instances", command: "npx --no -- pulumi-cake sandbox --instance us --instance eu" },
  ],
  about: `The API key of an instance comes from CAKE_<NAME>_API_KEY. A single instance also takes CAKE_API_KEY. Without one, the
sandbox makes a key for this run and prints it. No option takes a key, because other users of this machine can read
command lines.

The file of --config changes how the instances behave, and makes calls fail. This one returns pages of 50 rows, and
answers the first list with 404:
  {
    "behaviour": { "maxRows": 50 },
    "faults": [{ "on": "list", "fault": { "kind": "status", "status": 404 } }]
  }`,
  exitCodes: {
    0: "stopped by the user",
    2: "not started: a wrong option, or a port that is in use",
  },
};
