import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { isDeserted, isRefusal } from "../../../provider/http/listening";
import { deadPort } from "./servers";

const failure = (text: string) => {
  const [code, address] = text.split(" ");
  return Object.assign(new Error(text), { code, address });
};

async function listening(host: string): Promise<number | undefined> {
  const server = createServer();
  onTestFinished(() => void server.close());
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined));
    server.listen(0, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : undefined);
    });
  });
}

describe("an address", () => {
  it("is deserted where nobody listens, and not where somebody does", async () => {
    expect(await isDeserted(`127.0.0.1:${await deadPort()}`)).toBe(true);
    expect(await isDeserted(`127.0.0.1:${await listening("127.0.0.1")}`)).toBe(false);
  });

  it("may be one of IPv6, in brackets", async () => {
    const port = await listening("::1");
    expect(await isDeserted(`[::1]:${port ?? (await deadPort())}`)).toBe(port === undefined);
    expect(await isDeserted(`[::1]:${await deadPort()}`)).toBe(true);
  });

  it.each(["", "127.0.0.1", "nonsense", "no-such-host.invalid:4000"])(
    "is never called deserted without a proof: %j",
    async (address) => {
      expect(await isDeserted(address)).toBe(false);
    },
  );
});

describe("a failure of several addresses", () => {
  it.each([
    [["ECONNREFUSED", "ECONNREFUSED"], true],
    [["EADDRNOTAVAIL ::1", "ECONNREFUSED 127.0.0.1"], true],
    [["ECONNREFUSED ::1", "EADDRNOTAVAIL 127.0.0.1"], false],
    [["ECONNREFUSED", "EADDRNOTAVAIL"], false],
    [["ECONNREFUSED", "EAFNOSUPPORT"], true],
    [["ECONNREFUSED", "ETIMEDOUT"], false],
    [["ECONNREFUSED", "EACCES"], false],
    [["EADDRNOTAVAIL ::1", "EADDRNOTAVAIL ::1"], false],
  ])("proves that nobody listens only if each was refused or does not exist: %j", (codes, refused) => {
    const error = new AggregateError(codes.map(failure));
    // As Node names the first one for all.
    expect(isRefusal(Object.assign(error, { code: codes[0]?.split(" ")[0] }))).toBe(refused);
  });
});
