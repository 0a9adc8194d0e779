import { describe, expect, it } from "vitest";
import { resolveHost } from "../../../../provider/cli/network/addresses";

describe("the host of a URL", () => {
  it.each([
    ["https://127.0.0.1/", "127.0.0.1"],
    ["https://[::1]:8443/", "::1"],
  ])("is its own address where it is one: %s", async (url, address) => {
    expect(await resolveHost(new URL(url))).toEqual({ ok: true, addresses: [address] });
  });

  it("is resolved where it is a name", async () => {
    const host = await resolveHost(new URL("https://localhost"));
    expect(host).toMatchObject({ ok: true, addresses: expect.arrayContaining([expect.any(String)]) });
  });

  it("is not known where nobody gave it the name", async () => {
    const host = await resolveHost(new URL("https://no-such-host.invalid"));
    expect(host).toEqual({
      ok: false,
      what: expect.stringMatching(/^the host name .*\((ENOTFOUND|EAI_AGAIN)\)$/),
    });
  });
});
