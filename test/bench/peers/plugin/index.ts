/** The same postbacks as a generated SDK registers them, so that the engine asks the plugin. */
import { CustomResource } from "@pulumi/pulumi";
import { network, type Row } from "../network";

// An SDK names the outputs that no argument sets, and so gets them back.
const OUTPUTS_ONLY = {
  postbackId: undefined,
  postbackType: undefined,
  domain: undefined,
  urlParts: undefined,
};

class AffiliatePostback extends CustomResource {
  constructor({ name, ...declared }: Row) {
    super("cake:index:AffiliatePostback", name, { ...OUTPUTS_ONLY, ...declared });
  }
}

for (const row of network()) new AffiliatePostback(row);
