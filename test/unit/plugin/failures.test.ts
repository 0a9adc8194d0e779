import { describe, expect, it } from "vitest";
import { PartialFailure } from "../../../provider/lifecycle/errors";
import { presentable } from "../../../provider/lifecycle/serializeErrors";
import { notice } from "../../../provider/message";
import { failuresOf, rpcError } from "../../../provider/plugin/failures";
import { grpc, provider, Status } from "../../../provider/plugin/proto";
import { unwrap } from "../../../provider/plugin/values";

// From some 65 kB of trailers on, the call is never answered.
const HANGS_FROM = 65_000;

const partial = (properties: Record<string, unknown>, text = "It is not as declared.") =>
  presentable(new PartialFailure("7", properties, notice("planned", text)), {}, (one) => one);

function sentWith(error: ReturnType<typeof rpcError>) {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  const [any] = Status.deserializeBinary(bytes as Buffer).getDetailsList();
  return provider.ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
}

describe("a failure of a check", () => {
  it("names no property, whose value the engine would print", () => {
    expect(failuresOf(["a", "b"]).map((one) => [one.getProperty(), one.getReason()])).toEqual([
      ["", "a"],
      ["", "b"],
    ]);
  });
});

describe("an error for the engine", () => {
  it("is its message alone, and a partial failure what is kept of the postback", () => {
    const plain = rpcError(presentable(new Error("odd"), {}, (one) => one));
    expect(plain.code).toBe(grpc.status.UNKNOWN);
    expect(plain.metadata.get("grpc-status-details-bin")).toEqual([]);

    const error = rpcError(partial({ postbackId: 7 }));
    const detail = sentWith(error);
    expect(detail.getId()).toBe("7");
    expect(detail.getReasonsList()).toEqual([error.message]);
    expect(unwrap(detail.getProperties())).toMatchObject({ bag: { postbackId: 7 }, secrets: [] });
  });

  it("keeps secret what the engine sent so before or after, and a live URL with a token", () => {
    const url = "https://t.example/?token=t0ken-4b81Ee93";
    const olds = { bag: { postbackUrl: url }, secrets: ["postbackUrl"] };
    const news = { bag: { postbackUrl: "https://t.example/" }, secrets: [] };
    const properties = { postbackUrl: url, urlParts: { query: { token: "t0ken-4b81Ee93" } } };
    for (const sent of [[olds, news], [news]])
      expect(unwrap(sentWith(rpcError(partial(properties), ...sent)).getProperties()).secrets).toEqual([
        "postbackUrl",
        "urlParts",
      ]);
  });

  it("arrives with every property secret, at the longest URL and message that are kept", () => {
    const query = Object.fromEntries(
      Array.from({ length: 1_250 }, (_, i) => [String(i).padStart(4, "0"), ""]),
    );
    const names = [
      "affiliateId",
      "offerId",
      "postbackStatus",
      "postbackTypeId",
      "suppress",
      "clickIdSlot",
      "overlapUntil",
    ];
    const properties = {
      ...Object.fromEntries(names.map((name) => [name, "x"])),
      postbackUrl: `https://t.example/?${Object.keys(query).join("=&")}=`,
      urlParts: {
        host: "t.example",
        path: "/",
        query: Object.fromEntries(
          Object.keys(query)
            .slice(0, 1_180)
            .map((key) => [key, ""]),
        ),
      },
    };
    expect(JSON.stringify(properties).length).toBeGreaterThan(18_000);
    const error = rpcError(partial(properties, "漢".repeat(30_000)), {
      bag: properties,
      secrets: [...names, "postbackUrl"],
    });
    const [bytes] = error.metadata.get("grpc-status-details-bin");
    expect(sentWith(error).getProperties()?.getFieldsMap().get("urlParts")).toBeDefined();
    const size =
      Buffer.from(bytes as Buffer).toString("base64").length + encodeURIComponent(error.message).length;
    expect(size).toBeLessThan(HANGS_FROM);
  });
});
