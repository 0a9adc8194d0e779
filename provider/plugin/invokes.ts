import type { ServerWritableStream } from "@grpc/grpc-js";
import type * as pb from "@pulumi/pulumi/proto/provider_pb";
import type { ProviderProcess } from "../door/providerProcess";
import type { Properties } from "../lifecycle/serializeErrors";
import { type LookupSettings, Lookups } from "../lookup/lookup";
import type { AffiliatePostbackRecord } from "../lookup/record";
import { ownManifest } from "../manifest";
import { CodedError } from "../message";
import { resourceId } from "../postback/postback";
import { holdsSecret } from "../postback/secrets";
import { SETTING_NAMES } from "../settings/settings";
import { messages } from "./messages";
import { provider } from "./proto";
import { secret, unwrap, wrap } from "./values";

/** The lookups of a program, and the list that the command line asks for. */
export class Invokes {
  private readonly lookups = new Lookups();
  private readonly functions: Readonly<Record<string, (args: Properties) => Promise<Properties>>> = {
    "cake:index:getAffiliatePostback": async (args) => closed(await this.lookups.one(this.settings(), args)),
    "cake:index:getAffiliatePostbacks": async (args) => ({
      postbacks: (await this.lookups.many(this.settings(), args)).map(closed),
    }),
  };

  constructor(private readonly served: ProviderProcess) {}

  readonly invoke = async (request: pb.InvokeRequest): Promise<pb.InvokeResponse> => {
    const token = request.getTok();
    if (!Object.hasOwn(this.functions, token))
      throw new CodedError(
        messages.functionUnknown(token, Object.keys(this.functions), ownManifest().version),
      );
    const { bag, secrets } = unwrap(request.getArgs());
    const found = await this.functions[token]?.(bag);
    const response = new provider.InvokeResponse();
    // Who asks with a secret gets secrets.
    response.setReturn(wrap({ ...found }, secrets.length > 0 ? Object.keys({ ...found }) : []));
    return response;
  };

  /** Sends the postbacks that match a query, each with its ID and a name that a program could give it. */
  readonly list = async (call: ServerWritableStream<pb.ListRequest, pb.ListResponse>): Promise<void> => {
    const { bag } = unwrap(call.request.getQuery());
    const found = await this.lookups.many(this.settings(), bag);
    const limit = call.request.getLimit() || found.length;
    for (const { postbackId, affiliateId, offerId } of found.slice(0, limit)) {
      const result = new provider.ListResponse.Result();
      result.setId(resourceId(postbackId));
      result.setName(`affiliate-${affiliateId}-offer-${offerId}-${postbackId}`);
      const response = new provider.ListResponse();
      response.setResult(result);
      call.write(response);
    }
    call.end();
  };

  private settings(): LookupSettings {
    const { settings } = this.served;
    return Object.fromEntries(
      ["name", ...SETTING_NAMES].map((name) => [`cake:${name}`, settings(`cake:${name}`)]),
    );
  }
}

// The parts of a secret URL are as secret as the URL.
function closed(record: AffiliatePostbackRecord): Properties {
  const { postbackUrl, urlParts } = record;
  if (!holdsSecret(postbackUrl)) return { ...record };
  return { ...record, postbackUrl: secret(postbackUrl), urlParts: secret(urlParts) };
}
