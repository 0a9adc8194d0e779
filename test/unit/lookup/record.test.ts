import { describe, expect, it } from "vitest";
import { holdsSecret, recordOf } from "../../../provider/lookup/record";
import { row, URL_OF } from "./support";

const isSecret = (postbackUrl: string) => holdsSecret(recordOf(row(1, { postbackUrl }), "cake.example"));

describe("a record holds a secret", () => {
  it.each([
    `${URL_OF}&token=abc`,
    `${URL_OF}&security_token=abc&x=1`,
    `${URL_OF}&token=abc#s2#`,
    `${URL_OF}&amp;sign=abc`,
    "https://me:pass@t.example/pb?cid=#s2#",
    "https://t.example/pb&token=abc",
    `${URL_OF}&r=https://me:pass@y.example/`,
    `${URL_OF}&r=https%3A%2F%2Fy.example%2F%3Ftoken%3Dabc`,
    // Half a macro: what follows it is a fragment to a browser, and to the partner a token.
    "https://t.example/pb?cid=#s2&token=abc",
  ])("where partners take a value in its URL for one: %s", (url) => {
    expect(isSecret(url)).toBe(true);
  });

  it.each([URL_OF, `${URL_OF}&token=#s3#`, `${URL_OF}&token=`, "no URL at all", ""])(
    "and not otherwise: %j",
    (url) => {
      expect(isSecret(url)).toBe(false);
    },
  );
});
