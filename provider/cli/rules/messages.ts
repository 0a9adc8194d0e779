import { alternatives, message } from "../../message";

/** What the command says about its argument. */
export const messages = {
  /**
   * No rule has this ID or name. A rule of a project is known only with its `cake:rules`: name its stack with `--stack`, or a
   * file with `--rules`.
   */
  ruleUnknown: (found: string, near: readonly string[]) =>
    message(
      "rules-unknown",
      `no rule has the ID or name ${found}.`,
      "Nothing is shown.",
      `${near.length === 0 ? "" : `Did you mean ${alternatives(near)}? `}List all rules: pulumi-cake rules`,
    ),
};

/** Sentences of the table and of a rule's page. */
export const phrases = {
  explainOne: (id: string) => `Explain a rule: pulumi-cake rules ${id}`,
  suppress: (id: string) =>
    `Suppress it for one postback, with the reason:\n  suppress: { ${key(id)}: "why this URL is right" }`,
  setSeverity: (id: string) =>
    `Set its severity for a project in the JSON of cake:rules (error, warning or off):\n  "severity": { ${JSON.stringify(id)}: "error" }`,
};

function key(id: string): string {
  return /^\w+$/.test(id) ? id : JSON.stringify(id);
}
