import type { CliStack } from "./cli";
import { withoutSecrets } from "./cli/secrets";

/**
 * The state as text, as anybody can read it who has no key: what is marked as secret is encrypted in storage
 * (an export may show it), so it is left out.
 */
export async function readableState(stack: CliStack): Promise<string> {
  const { deployment } = await stack.exportStack();
  return JSON.stringify(withoutSecrets(deployment));
}
