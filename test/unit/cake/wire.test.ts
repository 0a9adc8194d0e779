import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Reading, readSuccess } from "../../../provider/cake/envelope";
import { createFields, type Page, readPage, readRecord, updateFields } from "../../../provider/cake/wire";
import type { HttpAnswer } from "../../../provider/http/transport";
import type { Postback } from "../../../provider/postback/postback";

/** The sample answer of CAKE's article on creating a postback. */
const record = {
  postback_id: 8801,
  affiliate_id: 67890,
  offer_id: 12345,
  postback_url: "https://tracking.partner.com/postback?click_id=#reqsessid#&payout=#price#&status=#status#",
  postback_type: "Server",
  postback_status: "active",
};
const row: Postback = {
  postbackId: 8801,
  affiliateId: 67890,
  offerId: 12345,
  postbackUrl: record.postback_url,
  postbackType: "Server",
  postbackStatus: "active",
};

function answer(body: unknown, status = 200): HttpAnswer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { kind: "answer", status, contentType: "application/json", retryAfter: null, text };
}

const success = (fields: object) => answer({ request_status: "Success", ...fields });

describe("a request", () => {
  it("to create carries every field, defaults too, under CAKE's names", () => {
    const declaration = { affiliateId: 1, offerId: 0, postbackUrl: "https://t.example/?a=#s2#&b" };
    expect(createFields({ ...declaration, postbackStatus: "active", postbackTypeId: 1 })).toEqual({
      affiliate_id: 1,
      offer_id: 0,
      postback_url: "https://t.example/?a=#s2#&b",
      postback_status: "active",
      postback_type_id: 1,
    });
  });

  it("to create carries nothing that is no field of a postback", () => {
    const inputs = { ...row, postbackStatus: "active", postbackTypeId: 1, __origin: "x" } as const;
    expect(Object.keys(createFields(inputs))).toHaveLength(5);
  });

  it.each([
    [{}, { postback_id: 7 }],
    [{ postbackUrl: "https://t.example/" }, { postback_id: 7, postback_url: "https://t.example/" }],
    [{ postbackStatus: "inactive" as const }, { postback_id: 7, postback_status: "inactive" }],
  ])("to update carries the id and what changes: %j", (changes, fields) => {
    expect(updateFields(7, changes)).toEqual(fields);
  });
});

describe("success", () => {
  it("is HTTP 2xx, the word and the record", () => {
    expect(readRecord(success({ postback: record }))).toEqual({ ok: true, value: row });
    expect(readRecord(answer({ request_status: "Success", postback: record }, 201))).toEqual({
      ok: true,
      value: row,
    });
  });

  it("can be told without knowing what was asked for", () => {
    expect(readSuccess(success({ api_logs: [] }))).toEqual({ ok: true, value: true });
    expect(readSuccess(answer({ request_status: "Success" }, 400))).toMatchObject({ kind: "unexpected" });
    expect(readSuccess(answer("<title>Log in</title>"))).toMatchObject({ kind: "webPage" });
  });

  const table: readonly [string, HttpAnswer, string][] = [
    ["another word", answer({ request_status: "success", postback: record }), "unexpected"],
    ["OK instead of Success", answer({ request_status: "OK", postback: record }), "unexpected"],
    ["no word, and no record", answer({}), "unexpected"],
    ["no word, but a record", answer({ postback: record }), "unexpected"],
    ["a word that is no text", answer({ request_status: true, postback: record }), "unexpected"],
    ["Success with HTTP 400", answer({ request_status: "Success", postback: record }, 400), "unexpected"],
    ["Success without a record", success({}), "unexpected"],
    ["Success with a list for a record", success({ postback: [record] }), "unexpected"],
    ["Success with a record without id", success({ postback: { ...record, postback_id: "" } }), "unexpected"],
    ["Success with id 0", success({ postback: { ...record, postback_id: 0 } }), "unexpected"],
    ["a refusal", answer({ request_status: "Failure", message: "Invalid offer_id" }), "refused"],
    ["a refusal with HTTP 400", answer({ request_status: "Failure", message: "No" }, 400), "refused"],
    ["a legacy refusal", answer({ success: false, message: "Offer not found" }), "refused"],
    ["a legacy refusal that names no word", answer({ success: true, message: "Hm" }), "unexpected"],
    ["HTTP 429", answer("Too Many Requests", 429), "throttled"],
    ["CAKE's throttle", answer({ request_status: "Failure", message: "Restricted" }), "throttled"],
    ["the legacy throttle", answer({ success: false, message: " Restricted " }), "throttled"],
    ["a bad key", answer({ request_status: "Failure", message: "Invalid API Key" }), "key"],
    [
      "a bad key with HTTP 401",
      answer({ request_status: "Failure", message: "Invalid API Key" }, 401),
      "key",
    ],
    ["HTTP 401 without a body", answer("", 401), "key"],
    ["HTTP 403 with a page", answer("<html>Forbidden</html>", 403), "webPage"],
    [
      "one affiliate that may not run an offer",
      answer({ success: false, message: "Affiliate 5 is not authorized" }),
      "refused",
    ],
    ["a refusal about one record", answer({ success: false, message: "Access Denied" }), "refused"],
    ["an unknown method", answer({ request_status: "Failure", message: "Unknown method x.json" }), "missing"],
    ["HTTP 404", answer("<html>Not found</html>", 404), "missing"],
    ["HTTP 405", answer("", 405), "missing"],
    ["HTTP 500", answer("<html>Error</html>", 500), "lost"],
    ["HTTP 503 with words", answer({ message: "Maintenance" }, 503), "lost"],
    ["a server error that claims success", answer({ request_status: "Success" }, 502), "lost"],
    ["a redirect", answer("", 302), "unexpected"],
    ["not modified", answer("", 304), "unexpected"],
    ["a web page", answer("<!DOCTYPE html><title>Log in</title>"), "webPage"],
    [
      "a record that is not there",
      answer({ request_status: "Failure", message: "No postback" }, 404),
      "refused",
    ],
    ["an empty answer", answer(""), "unexpected"],
    ["half a JSON text", answer('{"request_status":"Success","postback":{'), "unexpected"],
    ["JSON that is no object", answer("[]"), "unexpected"],
    ["null", answer("null"), "unexpected"],
  ];

  it.each(table)("is not %s", (_, given, kind) => {
    expect(readRecord(given)).toMatchObject({ ok: false, kind });
  });

  // What a person may have to tell CAKE's support.
  it.each(table)("leaves words for %s", (_, given) => {
    const reading = readRecord(given);
    expect(reading.ok ? "" : reading.what.length).toBeGreaterThan(5);
  });
});

describe("a record", () => {
  it("may have its numbers as strings of digits", () => {
    const strings = { ...record, postback_id: "8801", affiliate_id: "67890", offer_id: "0" };
    expect(readRecord(success({ postback: strings }))).toMatchObject({
      ok: true,
      value: { postbackId: 8801, affiliateId: 67890, offerId: 0 },
    });
  });

  it("keeps a status and a type that no article names", () => {
    const strange = { ...record, postback_status: "Pending Review", postback_type: "Pixel v2" };
    expect(readRecord(success({ postback: strange }))).toMatchObject({
      ok: true,
      value: { postbackStatus: "Pending Review", postbackType: "Pixel v2" },
    });
  });

  it("keeps its URL byte for byte, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (url) => {
        const reading = readRecord(success({ postback: { ...record, postback_url: url } }));
        expect(reading).toMatchObject({ ok: true, value: { postbackUrl: url } });
      }),
      { seed: 21 },
    );
  });

  it("may have more fields than the article's", () => {
    expect(readRecord(success({ postback: { ...record, created: "2030" }, more: 1 }))).toEqual({
      ok: true,
      value: row,
    });
  });

  it.each([
    ["postback_id", 1.5],
    ["postback_id", 2 ** 53],
    ["postback_id", "9007199254740993"],
    ["postback_id", "12a"],
    ["postback_id", null],
    ["affiliate_id", undefined],
    ["offer_id", " 5"],
    ["postback_url", null],
    ["postback_status", 1],
    ["postback_type", { name: "Server" }],
  ])("is not readable with %s %j, and the words name the field without its value", (field, value) => {
    const reading = readRecord(success({ postback: { ...record, [field]: value } }));
    expect(reading).toMatchObject({ ok: false, kind: "unexpected" });
    expect(wordsOf(reading)).toContain(field);
    expect(wordsOf(reading)).not.toContain("tracking.partner.com");
  });
});

describe("a page of the list", () => {
  const page = (fields: object): Page => {
    const reading = readPage(success(fields));
    if (!reading.ok) throw new Error(reading.what);
    return reading.value;
  };

  it.each(["postbacks", "affiliate_postbacks"])("may call its array %s", (name) => {
    expect(page({ [name]: [record] })).toEqual({ rows: [row], size: 1, unreadable: 0, total: undefined });
  });

  it.each([
    [12, 12],
    ["12", 12],
    [0, 0],
    [undefined, undefined],
    [null, undefined],
    ["", undefined],
    ["1,200", undefined],
    [1.5, undefined],
  ])("says with total_rows %j that there are %s", (total_rows, total) => {
    expect(page({ postbacks: [], total_rows }).total).toBe(total);
  });

  it("counts the rows that it cannot read instead of leaving them out unseen", () => {
    const rows = [record, { ...record, postback_id: "?" }, null, { ...record, postback_id: 2 }, "x"];
    expect(page({ postbacks: rows })).toMatchObject({ size: 5, unreadable: 3 });
    expect(page({ postbacks: rows }).rows.map(({ postbackId }) => postbackId)).toEqual([8801, 2]);
  });

  it.each([{}, { postbacks: null }, { postbacks: {} }, { postbacks: "none" }, { rows: [] }])(
    "is none without a list: %j",
    (fields) => {
      expect(readPage(success(fields))).toMatchObject({ ok: false, kind: "unexpected" });
    },
  );
});

describe("CAKE's words", () => {
  const refused = (message: unknown, more: object = {}) =>
    wordsOf(readRecord(answer({ request_status: "Failure", message, ...more })));

  it("are told", () => {
    expect(refused("Invalid offer_id")).toContain('"Invalid offer_id"');
    expect(wordsOf(readRecord(answer({ success: false, error: "No such offer" })))).toContain(
      "No such offer",
    );
    expect(wordsOf(readRecord(answer({ success: false, request_message: "No" })))).toContain('"No"');
  });

  it("are left out where they are none", () => {
    expect(refused({ deep: 1 })).toBe('HTTP 200, request_status "Failure"');
    expect(refused("")).toBe('HTTP 200, request_status "Failure"');
  });

  it("are one line without control characters, also in the status", () => {
    const bad = "a\u001b[31mred\r\n::error::x\u0007\u202eb\u0085c";
    for (const words of [refused(bad), refused("x", { request_status: bad })]) {
      expect(words).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(words).toContain("red");
    }
  });

  it("quote no URL, whatever stands around and in it", () => {
    const inUrl = fc.string({ unit: fc.constantFrom(..."abcXYZ012/?&=#%'\"<>()[]{}|.~:@!") });
    const around = fc.constantFrom("", "'", '"', "<", "(", "url=", "[", "\\", " ");
    fc.assert(
      fc.property(inUrl, around, around, fc.constantFrom("http", "HTTPS", "https"), (path, a, b, scheme) => {
        const secret = "s3cr3t-value";
        const url = `${scheme}://tracker.example/${path}${secret}`;
        for (const text of [`Invalid ${a}${url}${b}`, `Invalid ${a}${url.replaceAll("/", "\\/")}${b}`]) {
          for (const words of [refused(text), refused("x", { request_status: text })]) {
            expect(words).not.toContain(secret);
            expect(words).not.toContain("tracker.example");
          }
        }
      }),
      { seed: 22 },
    );
  });

  it("are short, and what they are cut to never ends within a word: half a key would not be found", () => {
    const key = "K".repeat(40);
    for (let before = 150; before < 210; before += 1) {
      const words = refused(`${"x ".repeat(before / 2)}${key} rejected`);
      expect(words.length).toBeLessThan(300);
      expect(words.replace(key, "")).not.toContain("K");
    }
    expect(refused("K".repeat(5_000)).length).toBeLessThan(300);
    expect(refused("x", { request_status: "K".repeat(5_000) }).length).toBeLessThan(300);
  });
});

describe("any answer", () => {
  it("is read without a throw", () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.object().map((fields) => JSON.stringify(fields)),
    );
    fc.assert(
      fc.property(bodies, fc.integer({ min: 100, max: 599 }), (body, status) => {
        expect(readRecord(answer(body, status)).ok).toBe(false);
        expect(readPage(answer(body, status)).ok).toBe(false);
      }),
      { seed: 23, numRuns: 300 },
    );
  });
});

function wordsOf(reading: Reading<unknown>): string {
  return reading.ok ? "" : reading.what;
}
