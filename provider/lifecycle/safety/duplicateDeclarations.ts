import { fingerprint, type PostbackDeclaration } from "../../postback/postback";
import { isUnknown } from "../unknown";

type Bag = Readonly<Record<string, unknown>>;

interface Declared {
  readonly origin: unknown;
  /** Whether the program declares it otherwise than the state has it, or anew. */
  readonly isNew: boolean;
}

/**
 * The postbacks that a run has declared so far, to find two resources that declare the same one while it is still a
 * preview. Two that are both in the state already are left alone: they were taken over as CAKE had them.
 */
export class DuplicateDeclarations {
  private readonly byFingerprint = new Map<string, Declared[]>();

  /** Takes note of checked inputs. Says what is wrong if another resource declares the same postback. */
  add(olds: Bag, news: Bag): string | undefined {
    const declaration = knownDeclaration(news);
    // One that is off does not fire; whether it may be made at all is for create to say.
    const isNamed = news.__origin !== undefined && !isUnknown(news.__origin);
    if (declaration === undefined || news.postbackStatus !== "active" || !isNamed) return undefined;
    const mark = fingerprint(declaration);
    const before = knownDeclaration(olds);
    const isNew = before === undefined || fingerprint(before) !== mark;
    const others = (this.byFingerprint.get(mark) ?? []).filter(({ origin }) => origin !== news.__origin);
    this.byFingerprint.set(mark, [...others, { origin: news.__origin, isNew }]);
    return others.some((other) => other.isNew || isNew) ? twins(declaration) : undefined;
  }
}

function knownDeclaration(inputs: Bag): PostbackDeclaration | undefined {
  const { affiliateId, offerId, postbackUrl, postbackTypeId } = inputs;
  const values = [affiliateId, offerId, postbackUrl, postbackTypeId];
  const areKnown = values.every((value) => value !== undefined && !isUnknown(value));
  return areKnown ? (inputs as unknown as PostbackDeclaration) : undefined;
}

function twins({ affiliateId, offerId, postbackTypeId }: PostbackDeclaration): string {
  return `Another resource of this program declares the same postback: affiliate ${affiliateId}, offer ${offerId}, type ${postbackTypeId} and the same URL. Both would fire, and the partner would count each conversion twice. Remove one of the two.`;
}
