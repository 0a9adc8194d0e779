import { isSecret, SECRET_MARK } from "../../door/secretMark";
import { isUnknown } from "../../lifecycle/unknown";
import { CodedError } from "../../message";
import { messages } from "./messages";

// What a preview shows in its place.
const HIDDEN = "[secret]";

/** A value of a state or a preview, as far as it can be read. */
export type Value =
  | { readonly kind: "known"; readonly value: unknown; readonly isSecret: boolean }
  | { readonly kind: "hidden" }
  | { readonly kind: "unknown" };

/** Opens a value as Pulumi writes it: plain, secret in clear text (`--show-secrets`), encrypted, or not known yet. */
export function openValue(written: unknown): Value {
  if (isUnknown(written)) return { kind: "unknown" };
  if (written === HIDDEN) return { kind: "hidden" };
  if (!isSecret(written)) return { kind: "known", value: written, isSecret: false };
  const { plaintext } = written;
  if (typeof plaintext !== "string") return { kind: "hidden" };
  return { kind: "known", value: parsed(plaintext), isSecret: true };
}

/** Whether a program says that a value is secret. */
export function isHidden(value: Value): boolean {
  return value.kind === "hidden" || (value.kind === "known" && value.isSecret);
}

// What JSON says is wrong with a text quotes it.
function parsed(plaintext: string): unknown {
  try {
    return JSON.parse(plaintext);
  } catch {
    throw new CodedError(messages.secretUnreadable());
  }
}

/** A setting as a stack's file has it, which is a text or JSON; undefined where a part of it is secret or not known yet. */
export function settingText(written: unknown): string | undefined {
  if (written === undefined || written === null || isConcealed(written)) return undefined;
  return typeof written === "string" ? written : JSON.stringify(written);
}

function isConcealed(written: unknown): boolean {
  const value = openValue(written);
  if (value.kind !== "known" || value.isSecret) return true;
  return typeof written === "object" && written !== null && Object.values(written).some(isConcealed);
}

/** A value as a state or an import file holds a secret that Pulumi is still to encrypt. */
export function secretOf(value: unknown): Readonly<Record<string, string>> {
  return { ...SECRET_MARK, plaintext: JSON.stringify(value) };
}
