/**
 * A provider as tutorials of dynamic providers teach it: one call for each operation, and the key among the inputs. It
 * compares nothing before a write, proves nothing, and never asks twice.
 */
import { Config, dynamic, type Input } from "@pulumi/pulumi";
import { network } from "../network";

interface Inputs {
  readonly domain: string;
  readonly apiKey: string;
  readonly affiliateId: number;
  readonly offerId: number;
  readonly postbackUrl: string;
}

async function post(
  { domain, apiKey }: Inputs,
  path: string,
  fields: object,
): Promise<{ postback_id: number }> {
  const response = await fetch(`${domain}/api/2/${path}.json`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ api_key: apiKey, ...fields }),
  });
  const answer = (await response.json()) as { request_status: string; postback: { postback_id: number } };
  if (answer.request_status !== "Success") throw new Error(`CAKE refused: ${JSON.stringify(answer)}`);
  return answer.postback;
}

const provider: dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    const { postback_id } = await post(inputs, "affiliate_postback", {
      ...{ affiliate_id: inputs.affiliateId, offer_id: inputs.offerId, postback_url: inputs.postbackUrl },
      ...{ postback_status: "active", postback_type_id: 1 },
    });
    return { id: String(postback_id), outs: inputs };
  },
  async read(id, props) {
    if (props === undefined) throw new Error(`${id} cannot be imported.`);
    const query = new URLSearchParams({ api_key: props.apiKey, postback_id: id });
    const response = await fetch(`${props.domain}/api/2/affiliate_postbacks.json?${query}`);
    const { postbacks } = (await response.json()) as { postbacks: { postback_url: string }[] };
    const [row] = postbacks;
    return row === undefined ? {} : { id, props: { ...props, postbackUrl: row.postback_url } };
  },
  async update(id, _olds, news) {
    await post(news, "update_affiliate_postback", {
      postback_id: Number(id),
      postback_url: news.postbackUrl,
    });
    return { outs: news };
  },
  async delete(id, props) {
    await post(props, "update_affiliate_postback", { postback_id: Number(id), postback_status: "inactive" });
  },
};

class TutorialPostback extends dynamic.Resource {
  constructor(name: string, args: { [Name in keyof Inputs]: Input<Inputs[Name]> }) {
    super(provider, name, args);
  }
}

const config = new Config("cake");
const [domain, apiKey] = [config.require("domain"), config.require("apiKey")];
for (const { name, ...args } of network()) new TutorialPostback(name, { ...args, domain, apiKey });
