import { describe, expect, it } from "vitest";
import {
  ASSUMED_ENDPOINTS,
  type Endpoint,
  endpoints,
  LIST_CANDIDATES,
  MAX_ROWS_PER_PAGE,
  WRITE_ENDPOINTS,
} from "../../../provider/cake/endpoints";

describe("the endpoint table", () => {
  it("calls documented what an article names, and nothing else", () => {
    for (const { standing, source } of Object.values<Endpoint>(endpoints)) {
      expect(/CAKE article \d{11}/.test(source)).toBe(standing === "documented");
    }
    expect(endpoints.create.standing).toBe("documented");
    expect(ASSUMED_ENDPOINTS).toEqual(["list", "update"]);
  });

  it("has the key in the body of a POST and in the query of a GET", () => {
    for (const { method, keyIn } of Object.values<Endpoint>(endpoints)) {
      expect(keyIn).toBe(method === "POST" ? "body" : "query");
    }
  });

  it("knows what writes, which the method does not tell", () => {
    expect(WRITE_ENDPOINTS).toEqual(["create", "update"]);
    expect(endpoints.campaigns).toMatchObject({ method: "POST", does: "read" });
  });

  it("has paths of CAKE's second API or its legacy exports and no host, and the day of the last reading", () => {
    for (const { path, read } of Object.values<Endpoint>(endpoints)) {
      expect(path).toMatch(/^\/api\/(?:2\/[a-z_]+\.json|\d\/export\.asmx\/[A-Z]\w+)$/);
      expect(new Date(read).toISOString().slice(0, 10)).toBe(read);
    }
  });

  it("names candidates for the list that only read: no verb, and none of the older endpoints", () => {
    expect(LIST_CANDIDATES).toHaveLength(24);
    expect(new Set(LIST_CANDIDATES).size).toBe(24);
    expect(LIST_CANDIDATES[0]).toBe(endpoints.list.path);
    for (const path of LIST_CANDIDATES)
      expect(path).toMatch(/^\/api\/[123]\/(?:affiliate_)?(?:postback|pixel)s?\.json$/);
  });

  it("keeps to the largest page that CAKE allows", () => {
    expect(MAX_ROWS_PER_PAGE).toBe(500);
  });
});
