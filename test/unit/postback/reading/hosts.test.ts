import { describe, expect, it } from "vitest";
import { isPublicAddress } from "../../../../provider/postback/reading/hosts";

describe("an address", () => {
  it.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])(
    "is public: %s",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ...["127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1"],
    ...["169.254.169.254", "0.0.0.0", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255"],
    ...[
      "::",
      "::1",
      "::ffff:0:127.0.0.1",
      "168.63.129.16",
      "::ffff:127.0.0.1",
      "::ffff:a9fe:a9fe",
      "::7f00:1",
      "64:ff9b::7f00:1",
      "2002:7f00:1::",
    ],
    ...["fd00::1", "fe80::1", "fe80::1%eth0", "ff02::1", "2001:db8::1", "2001::1", "localhost", ""],
  ])("is not public: %s", (address) => expect(isPublicAddress(address)).toBe(false));
});
