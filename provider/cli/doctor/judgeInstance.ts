import { type Sign, valueIn } from "./fact";
import type { Facts } from "./facts";
import type { Opinion } from "./opinion";

/** Whether this is a CAKE that answers to this key, and the right one; otherwise what to look at first. */
export function onInstance({ key, known, list, server, address, tls }: Facts): Opinion {
  if (key.kind !== "seen") return ["will not work", whyNoKey({ key, server, address, tls })];
  const ids = valueIn(known);
  if (ids && ids.lacking.length > 0) {
    return [
      "will not work",
      `the list does not show postback ${ids.lacking.join(", ")}: this is another network's CAKE, or the key sees only a part, or it was removed`,
    ];
  }
  const shown = ids ? `, and postback ${ids.shown.join(", ")} is there` : "";
  const whose = ids || list.kind !== "seen" ? "" : ". Whether it is the right network, --known <id> shows";
  return ["works", `CAKE accepts the key (the ${key.value.shownBy} shows it)${shown}${whose}`];
}

function whyNoKey({ key, server, ...way }: Pick<Facts, "key" | "server" | "address" | "tls">): string {
  if (key.kind === "seen") return "";
  if (server.kind === "notThere") return `there is no connection: ${server.why}. ${wayOut(way)}`;
  const meaning =
    key.sign === undefined ? "no answer shows it to be a CAKE that knows the key" : MEANINGS[key.sign];
  return `${meaning}: ${key.why}`;
}

function wayOut({ address, tls }: Pick<Facts, "address" | "tls">): string {
  if (address.kind === "notThere") return "Check how the domain is spelt";
  if (tls.kind === "notThere" && tls.sign === "untrusted") {
    return "No key was sent. Check the domain; if the certificate is of an authority of your own, name that authority's file in NODE_EXTRA_CA_CERTS";
  }
  return "Check the domain with its port, the firewall, and the proxy if there is one";
}

const IGNORED =
  "CAKE ignores calls from addresses that are not on its allow-list, and this looks like it (Setup > Blocks and Profanity > IP Whitelisting; behind a proxy, its address counts)";
const MEANINGS: Readonly<Record<Sign, string>> = {
  unreached: "there is no connection",
  untrusted: "nobody vouches for the certificate",
  silence: IGNORED,
  emptyAnswer: IGNORED,
  redirect:
    "set the domain to the host on which CAKE itself answers; no redirect is followed, because it would hand the key on",
  webPage: "this may be a login page, or another server than CAKE",
  keyRefused:
    "CAKE does not accept the key, or its role may not use the API (a new key in CAKE kills the old one at once)",
};
