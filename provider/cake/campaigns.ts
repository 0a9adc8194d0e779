import type { Campaign } from "./campaignWire";
import { MAX_ROWS_PER_PAGE } from "./endpoints";
import { type FetchPage, type OnPage, readList } from "./readList";

/** What CAKE's campaign export shows for one affiliate or offer, and whether that is provably all of it. */
export interface CampaignExport {
  /** The campaigns that have a postback URL of their own, by id. */
  readonly campaigns: readonly PostbackCampaign[];
  /** How many different campaigns CAKE answered, those without a postback URL included. */
  readonly answered: number;
  /** Rows that could not be read, counted as often as they came. */
  readonly unreadable: number;
  /** Why the export may lack campaigns, for a message. Empty if it is complete. */
  readonly completenessIssues: readonly string[];
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
    unreadable += page.unreadable.length;
    return page;
  };
  const { rows, answered, completenessIssues } = await readList(counting, {
    idOf: ({ campaignId }: Campaign) => campaignId,
    endpoint: "campaigns",
    pageSize: MAX_ROWS_PER_PAGE,
    onPage,
  });
  const campaigns = [...rows.values()]
    .filter(hasPostback)
    .sort((one, other) => one.campaignId - other.campaignId);
  return { campaigns, answered, unreadable, completenessIssues };
}

function hasPostback(campaign: Campaign): campaign is PostbackCampaign {
  return campaign.postbackUrl !== null;
}
