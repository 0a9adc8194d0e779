import type { PostbackCampaign } from "../../../cake/campaigns";
import type { OnPage } from "../../../cake/readList";
import { CodedError } from "../../../message";
import { doubts, messages, statements } from "../messages";
import type { Reader } from "./reader";
import type { LiveRow, Source } from "./source";

/** Reads the campaigns of some affiliates, one after the other: CAKE gives them by affiliate or offer only. */
export async function readCampaigns(
  reader: Reader,
  affiliates: readonly number[],
  onPage: OnPage,
): Promise<Source> {
  if (affiliates.length === 0) throw new CodedError(messages.campaignsWithoutAffiliate());
  const rows: LiveRow[] = [];
  const incomplete = new Set<string>();
  for (const [index, affiliateId] of affiliates.entries()) {
    const read = await reader.client.campaigns({ affiliateId });
    rows.push(...read.campaigns.map(liveRow));
    for (const flaw of read.completenessIssues) incomplete.add(`affiliate ${affiliateId}: ${flaw}`);
    onPage(index + 1, affiliates.length);
  }
  const { domain = "", formerDomains } = reader.instance.settings;
  return {
    instance: domain,
    hosts: [domain, ...formerDomains],
    kind: "campaigns",
    file: null,
    rows: rows.sort((one, other) => one.id - other.id),
    incomplete: [doubts.someCampaigns(affiliates), ...incomplete],
    isReadInPart: incomplete.size > 0,
    statement: statements.campaigns,
    calls: reader.calls,
  };
}

function liveRow({ campaignId, affiliateId, offerId, pixelStatus, postbackUrl }: PostbackCampaign): LiveRow {
  return { id: campaignId, affiliateId, offerId, status: pixelStatus, type: null, url: postbackUrl };
}
