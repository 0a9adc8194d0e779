// Marks an object that stands for a secret. Source: pulumi/pulumi, sdk/go/common/resource/sig/sig.go.
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** What the engine adds to an object that stands for a secret. The value is beside it, under a name that depends on the place. */
export const SECRET_MARK: Readonly<Record<string, string>> = { [SIGNATURE]: SECRET };

/** Whether the engine marks a value as secret. */
export function isSecret(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Reflect.get(value, SIGNATURE) === SECRET;
}
