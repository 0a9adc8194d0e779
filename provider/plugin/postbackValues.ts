import type { Properties } from "../lifecycle/serializeErrors";
import { holdsSecret } from "../postback/secrets";
import { type StructMessage, type Unwrapped, wrap } from "./values";

/**
 * The properties of a postback as the engine gets them: what it sent as a secret stays one, and a URL that it did not send
 * becomes one if it holds a secret, because nobody has said yet whether it is.
 */
export function wrapPostback(properties: Properties, ...sent: readonly Unwrapped[]): StructMessage {
  const secrets = sent.flatMap((one) => one.secrets);
  // The parts of a secret URL are as secret as the URL.
  const url =
    secrets.includes("postbackUrl") || isNewSecret(properties, sent) ? ["postbackUrl", "urlParts"] : [];
  return wrap(properties, [...secrets, ...url]);
}

function isNewSecret({ postbackUrl: url }: Properties, sent: readonly Unwrapped[]): boolean {
  return typeof url === "string" && holdsSecret(url) && !sent.some(({ bag }) => bag.postbackUrl === url);
}
