import type { Stack } from "../engines";

// Marks a secret in a state. Source: pulumi/pulumi, sdk/go/common/resource/sig/sig.go.
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * The state as text, as anybody can read it who has no key: what is marked as secret is encrypted in storage
 * (an export may show it), so it is left out.
 */
export async function readableState(stack: Stack): Promise<string> {
  return JSON.stringify(await stack.exportStack(), (_key, value) => (isSecret(value) ? "[secret]" : value));
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && SIGNATURE in value && value[SIGNATURE] === SECRET;
}
