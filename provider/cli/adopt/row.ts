import type { PostbackDeclaration } from "../../postback/postback";

/** A live postback that a program is to declare. */
export interface AdoptedRow extends PostbackDeclaration {
  readonly postbackId: number;
  /** CAKE's name of the type. */
  readonly postbackType: string;
  /** The resource's name in the program. */
  readonly name: string;
  /** The names of the secrets in its URL, in their order. */
  readonly secrets: readonly string[];
}
