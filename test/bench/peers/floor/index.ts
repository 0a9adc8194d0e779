/**
 * What Pulumi and its SDK cost with any provider: a dynamic resource with the properties of ours, each as long as ours,
 * whose provider has all operations, does nothing in them and calls nobody.
 */
import { CustomResource } from "@pulumi/pulumi";
import { SHELL } from "../../../../provider/resource/shell";
import { network, type Row } from "../network";

// The state holds it twice, so that it has to be as long as ours.
const PROVIDER =
  'exports.handler=()=>require("module").createRequire(process.cwd()+"/")("./provider.cjs")'.padEnd(
    SHELL.length,
  );

const OUTPUTS_ONLY = { postbackId: undefined, postbackType: undefined, domain: undefined };

class Nothing extends CustomResource {
  constructor({ name, ...declared }: Row) {
    super("pulumi-nodejs:dynamic/cake:AffiliateNothing", name, {
      ...OUTPUTS_ONLY,
      ...declared,
      ...{ postbackStatus: "active", postbackTypeId: 1, urlParts: partsOf(declared) },
      ...{ __provider: PROVIDER, __urn: "0123456789abcdef" },
    });
  }
}

function partsOf({ affiliateId }: Omit<Row, "name">) {
  return {
    host: `https://track-${affiliateId}.partner.example`,
    path: "/postback",
    query: { cid: "#s2#", payout: "#price#", tid: "#tid#" },
  };
}

for (const row of network()) new Nothing(row);
