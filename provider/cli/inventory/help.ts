import type { Help } from "../command";
import { FILTER_FIELDS } from "./filters";

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
      for: "List the live postbacks of an instance, with the key in CAKE_API_KEY",
      command: "npx --no -- pulumi-cake inventory --domain yourdomain.cakemarketing.com",
    },
  ],
  about: `Reads the live postbacks of CAKE and compares them with the states of stacks. It only reads. The API key comes from
CAKE_API_KEY, and for --instance from CAKE_<NAME>_API_KEY. --stack reads a stack's settings and state with the Pulumi CLI.
Partners' secrets are masked. A URL that a program keeps secret is not shown.

--where field=value filters by ${FILTER_FIELDS}.
A comma means "or", and a second --where means "and":
  --where macro=#reqid#   --where host=track.acme.example
  --where host=.rdtk.io   --where 'is=unmanaged,drifted'`,
  exitCodes: {
    0: "no postback has a condition of --fail-on",
    1: "a postback has a condition of --fail-on",
    2: "it could not be checked: an option is wrong, a file or CAKE could not be read, CAKE's list may be incomplete, or a host was not judged",
  },
};
