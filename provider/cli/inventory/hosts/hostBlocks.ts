import { type Block, type Line, say } from "../../output/document";
import { listed, plural } from "../../output/text";
import { label } from "../conditions";
import type { CheckedHost, InventoryReport } from "../report";

// Those behind them are in the JSON, and their postbacks in the CSV.
const MAX_HOSTS = 200;
const MAX_NAMED = 5;

/** The hosts with which something is wrong, and all of them in a filtered report. */
export function hostBlocks({ hosts, where }: InventoryReport): Block[] {
  if (hosts === null) return [];
  const urgent = hosts.filter(({ is }) => is.length > 0);
  const shown = where.length > 0 ? hosts : urgent;
  const title = `Hosts of partners: ${urgent.length} with findings, ${hosts.length - urgent.length} ok`;
  if (shown.length === 0) return [{ title }];
  const more = shown.length - MAX_HOSTS;
  return [
    { title },
    {
      table: {
        head: ["Host", "Condition", "Postbacks", "Active", "Affiliates", "Found"],
        rows: shown.slice(0, MAX_HOSTS).map(cellsOf),
      },
    },
    ...(more > 0 ? [{ lines: [[`… and ${plural(more, "more host")}`]] }] : []),
  ];
}

function cellsOf(one: CheckedHost): (readonly Line[])[] {
  const { is, ids, active, affiliates, found } = one;
  const condition = is.length === 0 ? "ok" : is.map(label).join(", ");
  return [
    [nameLine(one)],
    [[condition]],
    [[String(ids.length)]],
    [[String(active)]],
    [[listed(affiliates.map(String), MAX_NAMED)]],
    [[found]],
  ];
}

function nameLine({ host, scheme, ids }: CheckedHost): Line {
  if (host === null) return [`a secret host (ID ${listed(ids.map(String), MAX_NAMED)})`];
  return scheme === "http" ? say`${host} (http)` : say`${host}`;
}
