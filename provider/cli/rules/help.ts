import type { Help } from "../command";

export const HELP: Help = {
  uses: [
    { for: "Explain a rule that found something", command: "npx --no -- pulumi-cake rules P08" },
    { for: "List all rules", command: "npx --no -- pulumi-cake rules" },
    {
      for: "Show the severities of a project, and its own rules",
      command: "npx --no -- pulumi-cake rules --stack dev",
    },
  ],
  about: `The page of a rule says why it matters, shows a bad and a good URL, and says what to do. It also shows how to suppress
the rule for one postback, and how to set its severity for a project.

Only --stack calls the Pulumi CLI. Nothing calls CAKE. Rules: docs/rules.md.`,
  exitCodes: {
    0: "the rules were printed",
    2: "no rule has this ID or name, or the rules of the project cannot be read",
  },
};
