import type { Campaign } from "./campaignWire";
import { type FetchPage, type OnPage, readAllRows } from "./paging";

/** What CAKE's campaign export shows for one affiliate or offer, and whether that is provably all of it. */
export interface CampaignExport {
  /** The campaigns that have a postback URL of their own, by id. */
  readonly campaigns: readonly PostbackCampaign[];
  /** How many different campaigns CAKE answered, those without a postback URL included. */
  readonly answered: number;
  /** Rows that could not be read, counted as often as they came. */
  readonly unreadable: number;
  /** Why the export may lack campaigns, in words for people. None where it is complete. */
  readonly flaws: readonly string[];
}

/** A campaign that has a postback URL of its own. */
export interface PostbackCampaign extends Campaign {
  readonly postbackUrl: string;
}

/** Reads the export to its end. */
export async function readCampaigns(
  fetchPage: FetchPage<Campaign>,
  onPage: OnPage = () => {},
): Promise<CampaignExport> {
  let unreadable = 0;
  const counting: FetchPage<Campaign> = async (startAtRow, rowLimit) => {
    const page = await fetchPage(startAtRow, rowLimit);
    unreadable += page.unreadable;
    return page;
  };
  const { rows, answered, flaws } = await readAllRows(counting, ({ campaignId }) => campaignId, { onPage });
  const campaigns = [...rows.values()]
    .filter(hasPostback)
    .sort((one, other) => one.campaignId - other.campaignId);
  return { campaigns, answered, unreadable, flaws };
}

function hasPostback(campaign: Campaign): campaign is PostbackCampaign {
  return campaign.postbackUrl !== null;
}
