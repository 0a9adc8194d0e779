import { request } from "node:http";
import { expect, it } from "vitest";
import type { SandboxInstance } from "../../../provider/sandbox";
import { oneInstance } from "./support";

/** A GET with headers that fetch does not let one set. */
function statusOf(
  us: SandboxInstance,
  path: string,
  headers: Record<string, string>,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${us.url}${path}`, { headers, agent: false }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    })
      .once("error", reject)
      .end();
  });
}

it("answers under each name of this machine", async () => {
  const { us } = await oneInstance();
  const { port } = new URL(us.url);
  for (const name of ["127.0.0.1", "localhost", "[::1]"]) {
    expect(await statusOf(us, "/", { Host: `${name}:${port}` })).toBe(200);
  }
});

it.each(["evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:PORT", "evil.example:PORT"])(
  "refuses the host %s for the page, the API and everything else",
  async (host) => {
    const { us } = await oneInstance();
    const Host = host.replace("PORT", new URL(us.url).port);
    for (const path of [
      "/",
      "/style.css",
      `/api/2/affiliate_postbacks.json?api_key=${us.apiKey}`,
      "/nowhere",
    ]) {
      expect(await statusOf(us, path, { Host })).toBe(403);
    }
    expect(us.requests).toEqual([]);
  },
);

it("refuses what a page of another site sends, also to the API", async () => {
  const { us } = await oneInstance();
  const path = `/api/2/affiliate_postbacks.json?api_key=${us.apiKey}`;
  for (const Origin of ["https://evil.example", "null", "http://localhost"]) {
    expect(await statusOf(us, path, { Origin })).toBe(403);
  }
  expect(await statusOf(us, path, { Origin: us.url })).toBe(200);
});
