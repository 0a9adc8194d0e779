import { BlockList, isIP } from "node:net";

// Source: the IANA registries of special-purpose addresses for IPv4 and IPv6.
const NOT_PUBLIC = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
  ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  // Those that carry an IPv4 address are refused as a whole: no partner is reached through them.
  ...["::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32"],
  ...["2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"],
];

/** Whether an IP address is one on the public Internet. One on this machine, in its network or for documents is not. */
export function isPublicAddress(address: string): boolean {
  const [plain = ""] = address.split("%");
  const family = ({ 4: "ipv4", 6: "ipv6" } as const)[isIP(plain)];
  return family !== undefined && !notPublic().check(plain, family);
}

function notPublic(): BlockList {
  const list = new BlockList();
  for (const subnet of NOT_PUBLIC) {
    const [network = "", prefix] = subnet.split("/");
    list.addSubnet(network, Number(prefix), network.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
}
