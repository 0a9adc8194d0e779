import { message } from "../message";

/** What a policy pack says about the settings of the stack. */
export const messages = {
  /**
   * A policy pack takes the rules of the stack that runs it. Its `cake:rules`, or `CAKE_RULES` in the environment, is not
   * valid, so the pack cannot know which postbacks to refuse. The stack's own preview refuses the same setting.
   */
  rulesInvalid: (why: string) =>
    message(
      "policy-rules-invalid",
      `the setting cake:rules of this stack is not valid: ${why}.`,
      "The policies cannot check its postbacks.",
      "Write the correct JSON into rules.json, and run: cat rules.json | pulumi config set cake:rules",
    ),
};
