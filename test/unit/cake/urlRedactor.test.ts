import { describe, expect, it } from "vitest";
import { urlRedactor } from "../../../provider/cake/urlRedactor";
import { patternWork } from "../work";

const asIs = (text: string) => text;

describe("the redactor of a URL", () => {
  it("hides letters of other alphabets however they are escaped", () => {
    const redact = urlRedactor("https://t.example/pb?token=schlüssel", asIs);
    for (const said of ["schlüssel", "schl%C3%BCssel", "schl\\u00fcssel", "SCHLüSSEL"])
      expect(redact(`It is ${said}!`)).toBe("It is ***!");
  });

  it("leaves a message alone that holds nothing of the URL, and short values in it", () => {
    const redact = urlRedactor("https://t.example/pb?cid=#s2#&token=#s3#&sign=no", asIs);
    expect(redact("There is no offer with the token #s3# in pb.")).toBe(
      "There is no offer with the token #s3# in pb.",
    );
  });

  it("takes twice the work for a URL that is twice as long", () => {
    const workFor = (times: number) =>
      patternWork(() =>
        urlRedactor(`https://t.example/?token=${"ab%20".repeat(times)}`, asIs)("Invalid offer"),
      );
    expect(workFor(2_000)).toBeGreaterThan(0);
    expect(workFor(4_000)).toBeLessThan(2.1 * workFor(2_000));
  });
});
