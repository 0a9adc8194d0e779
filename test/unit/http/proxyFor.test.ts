import { describe, expect, it } from "vitest";
import { proxyFor } from "../../../provider/http/proxyFor";

const PROXY = "http://proxy.example:3128";
const through = (url: string, env: Record<string, string>, setting?: string) =>
  proxyFor(new URL(url), setting, env);

describe("the proxy for a URL", () => {
  it("is that of the setting, whatever the environment says", () => {
    const env = { HTTPS_PROXY: "http://other.example", NO_PROXY: "*" };
    expect(through("https://cake.example", env, PROXY)).toBe(PROXY);
  });

  it.each(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])("is taken from %s", (variable) => {
    expect(through("https://cake.example", { [variable]: PROXY })).toBe(PROXY);
  });

  it("is not that of another scheme", () => {
    expect(through("https://cake.example", { HTTP_PROXY: PROXY })).toBeUndefined();
    expect(through("http://cake.example", { HTTPS_PROXY: PROXY })).toBeUndefined();
  });

  it("is spoken to in plain HTTP where it names no scheme", () => {
    expect(through("https://cake.example", { HTTPS_PROXY: "proxy.example:3128" })).toBe(PROXY);
  });

  it.each(["http://127.0.0.1:8080", "http://127.9.9.9", "http://localhost:1", "http://[::1]:1"])(
    "is none for plain HTTP to this very machine: %s",
    (url) => {
      expect(through(url, { HTTP_PROXY: PROXY, ALL_PROXY: PROXY }, PROXY)).toBeUndefined();
    },
  );

  it.each(["socks5://p.example:1080", "socks://p.example", "ftp://p.example"])(
    "is refused if it is of another kind: %s",
    (proxy) => {
      expect(() => through("https://cake.example", { ALL_PROXY: proxy })).toThrow(
        expect.objectContaining({ code: "PROXY_SCHEME" }),
      );
    },
  );
});

describe("NO_PROXY", () => {
  const isExcepted = (url: string, list: string) =>
    through(url, { HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY, NO_PROXY: list }) === undefined;

  it.each([
    ["https://cake.example", "*"],
    ["https://cake.example", "cake.example"],
    ["https://cake.example", "x.example, CAKE.example y"],
    ["https://eu.cake.example", "cake.example"],
    ["https://eu.cake.example", ".cake.example"],
    ["https://eu.cake.example", "*.cake.example"],
    ["https://cake.example:8443", "cake.example:8443"],
    ["https://cake.example", "cake.example:443"],
    ["https://10.1.2.3", "10.1.2.3"],
    ["https://10.1.2.3", "10.0.0.0/8"],
    ["https://10.1.2.3:8443", "10.1.2.3:8443"],
    ["https://[2001:db8::7]", "2001:db8::7"],
    ["https://[2001:db8::7]", "[2001:0db8:0::7]"],
    ["https://[2001:db8::7]:8443", "[2001:db8::7]:8443"],
    ["https://[2001:db8::7]", "2001:db8::/32"],
  ])("excepts %s by %j", (url, list) => {
    expect(isExcepted(url, list)).toBe(true);
  });

  it.each([
    ["https://cake.example", ""],
    ["https://cake.example", "other.example,"],
    ["https://notcake.example", "cake.example"],
    ["https://cake.example:8443", "cake.example:443"],
    ["https://cake.example", "."],
    ["https://10.1.2.3", "10.1.2.30"],
    ["https://10.1.2.3", "11.0.0.0/8"],
    ["https://10.1.2.3", "10.0.0.0/99"],
    ["https://10.1.2.3", "10.0.0.0/x"],
    ["https://10.1.2.3", "::/0"],
    ["https://[2001:db8::7]", "2001:db9::/32"],
    ["https://[2001:db8::7]:1", "[2001:db8::7]:8443"],
  ])("does not except %s by %j", (url, list) => {
    expect(isExcepted(url, list)).toBe(false);
  });
});
