import type { Message } from "../../../provider/message";

/** Each message of a room with values such as it gets. */
export type Examples<Messages> = { readonly [Name in keyof Messages]: Message };
