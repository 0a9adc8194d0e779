import type { RecordedRequest, SandboxInstance } from "../../../provider/sandbox";

/** How often the whole list was begun. Reads of one record or pair, as those that check a write, do not count. */
export function wholeLists(cake: SandboxInstance): number {
  return cake.requests.filter(({ operation, fields }) => {
    const { start_at_row, postback_id, affiliate_id } = fields;
    const isWhole = postback_id === undefined && affiliate_id === undefined;
    return operation === "list" && isWhole && start_at_row === "0";
  }).length;
}

/** The requests that change something, in the order of arrival. */
export function writes(cake: SandboxInstance): RecordedRequest[] {
  return cake.requests.filter(({ method }) => method === "POST");
}
