import type { Postback } from "../../postback/postback";
import { differingParts } from "../../postback/urlChanges";
import type { ProviderContext } from "../context";
import { nameOf } from "../state";

/** Says that CAKE answers a URL in another spelling than it was sent. The change is not sent again: CAKE would answer the same. */
export function tellEcho(session: ProviderContext, row: Postback, sentUrl: string): void {
  session.tell(
    `warning: CAKE answers the URL of ${nameOf(row, row.postbackId)} in another spelling than it was sent; different: ${differingParts(sentUrl, row.postbackUrl).join(", ")}. Look at the record in CAKE: if CAKE also calls the partner that way, conversions may be lost. pulumi-cake takes the two spellings for equal until either changes.`,
  );
}
