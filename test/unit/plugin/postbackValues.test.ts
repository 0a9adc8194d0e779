import { describe, expect, it } from "vitest";
import { wrapPostback } from "../../../provider/plugin/postbackValues";
import { unwrap } from "../../../provider/plugin/values";

const PLAIN = "https://t.example/?cid=#s2#";
const TOKEN = "https://t.example/?cid=#s2#&token=t0ken-4b81Ee93";

/** The names of what is closed. */
function closedIn(url: string, ...sent: { postbackUrl?: string; secrets?: string[] }[]): readonly string[] {
  const known = sent.map(({ secrets = [], ...bag }) => ({ bag, secrets }));
  return unwrap(wrapPostback({ offerId: 1, postbackUrl: url, urlParts: {} }, ...known)).secrets;
}

describe("the URL of a postback", () => {
  it("is secret with its parts where the engine sent it so, also where it is another one now", () => {
    const sent = { postbackUrl: PLAIN, secrets: ["postbackUrl"] };
    expect(closedIn(PLAIN, sent)).toEqual(["postbackUrl", "urlParts"]);
    expect(closedIn("https://u.example/", { postbackUrl: PLAIN }, sent)).toEqual(["postbackUrl", "urlParts"]);
  });

  it("is as the program says it, also with a token that it does not call secret", () => {
    expect(closedIn(TOKEN, { postbackUrl: TOKEN })).toEqual([]);
    expect(closedIn(PLAIN, { postbackUrl: TOKEN })).toEqual([]);
  });

  it("is secret where it holds a token and nobody sent it: after drift, an import or a failure", () => {
    expect(closedIn(TOKEN, { postbackUrl: PLAIN })).toEqual(["postbackUrl", "urlParts"]);
    expect(closedIn(TOKEN)).toEqual(["postbackUrl", "urlParts"]);
    expect(closedIn(PLAIN)).toEqual([]);
  });

  it("opens no other property that the engine sent as a secret", () => {
    expect(closedIn(PLAIN, { postbackUrl: PLAIN, secrets: ["offerId"] })).toEqual(["offerId"]);
  });
});
