/**
 * The least that any provider in the program's language costs: a dynamic resource with the properties of ours, whose
 * provider has all operations, does nothing in them and calls nobody.
 */
import { CustomResource } from "@pulumi/pulumi";
import { network, type Row } from "../network";

const PROVIDER = `exports.handler=()=>({
check:async(olds,inputs)=>({inputs}),
diff:async(id,olds,news)=>({changes:olds.postbackUrl!==news.postbackUrl}),
create:async(outs)=>({id:""+outs.postbackId,outs}),
read:async(id,props)=>({id,props}),
update:async(id,olds,outs)=>({outs}),
delete:async()=>{}})`;

class Nothing extends CustomResource {
  constructor({ name, ...declared }: Row) {
    super("pulumi-nodejs:dynamic/cake:Nothing", name, {
      ...declared,
      ...{ postbackStatus: "active", postbackTypeId: 1, postbackType: "Server", domain: "cake.example" },
      ...{ postbackId: declared.affiliateId * 10 + declared.offerId, urlParts: PARTS, __provider: PROVIDER },
      __origin: "0123456789abcdef",
    });
  }
}

const PARTS = {
  host: "https://track-1000.partner.example",
  path: "/postback",
  query: { cid: "#s2#", payout: "#price#", tid: "#tid#" },
};

for (const row of network()) new Nothing(row);
