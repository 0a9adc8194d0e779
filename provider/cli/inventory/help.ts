import type { Help } from "../command";
import { WHERE_HELP } from "./where";

export const HELP: Help = {
  uses: [
    {
      for: "Compare the live postbacks with the selected stack",
      command: "pulumi stack export | npx --no -- pulumi-cake inventory -",
    },
    {
      for: "Compare with several stacks, and write a page",
      command: "npx --no -- pulumi-cake inventory dev.json prod.json --output report.html",
    },
    {
      for: "List the live postbacks of an instance",
      command: "CAKE_API_KEY=… npx --no -- pulumi-cake inventory --domain yourdomain.cakemarketing.com",
    },
  ],
  about: `Reads the live postbacks of CAKE, each instance once and never by a write, and compares them with the states of stacks. The
keys come from CAKE_API_KEY and, for --instance, from CAKE_<NAME>_API_KEY. Secrets of partners are masked, and a URL that a
program keeps secret is not shown. --stack reads domain, rules, key and state of a stack by the Pulumi CLI.

--where field=value filters by ${WHERE_HELP}.
Commas mean "or", several --where mean "and":
  --where macro=#reqid#   --where host=track.acme.example
  --where host=.rdtk.io   --where is=unmanaged,drifted`,
  exitCodes: {
    0: "nothing of --fail-on was found, or no postback matches",
    1: "something of --fail-on was found",
    2: "an option is wrong, CAKE or a file could not be read completely, or CAKE's list may be incomplete",
  },
};
