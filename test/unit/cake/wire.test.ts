import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Reading, readSuccess } from "../../../provider/cake/envelope";
import { createFields, type Page, pageReader, readRecord, updateFields } from "../../../provider/cake/wire";
import type { HttpAnswer } from "../../../provider/http/transport";
import type { Postback } from "../../../provider/postback/postback";
import { patternWork } from "../work";

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
  return { kind: "answer", status, contentType: "application/json", retryAfter: null, date: null, text };
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
    const inputs = { ...row, postbackStatus: "active", postbackTypeId: 1, __urn: "x" } as const;
    expect(Object.keys(createFields(inputs))).toHaveLength(5);
  });

  it.each([
    [{}, { postback_id: 7 }],
    [{ postbackUrl: "https://t.example/" }, { postback_id: 7, postback_url: "https://t.example/" }],
    [{ postbackStatus: "inactive" as const }, { postback_id: 7, postback_status: "inactive" }],
  ])("to update carries the id and what changes: %j", (changes, fields) => {
    expect(updateFields(7, changes)).toEqual(fields);
  });

  it("to update carries nothing that cannot be changed", () => {
    const inputs = { ...row, postbackStatus: "active", __urn: "x" } as const;
    expect(Object.keys(updateFields(7, inputs)).sort()).toEqual([
      "postback_id",
      "postback_status",
      "postback_url",
    ]);
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
    [
      "another word with a record under a response",
      answer({ request_status: "Partial", response: { postback: record } }),
      "unexpected",
    ],
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
    ["an unknown method", answer({ request_status: "Failure", message: "Unknown method x.json" }), "refused"],
    [
      "a refusal in words like those for a missing method",
      answer({ success: false, message: "An unknown error occurred while performing the requested action" }),
      "refused",
    ],
    ["a web firewall's 403", answer("error code: 1015", 403), "unexpected"],
    ["a firewall's 403 in JSON", answer({ error: "Forbidden" }, 403), "unexpected"],
    [
      "a 403 in CAKE's words",
      answer({ request_status: "Failure", message: "Access denied" }, 403),
      "refused",
    ],
    [
      "a refusal that mentions the parameter",
      answer({ request_status: "Failure", message: "Unknown parameter api_key2 beside api_key" }),
      "refused",
    ],
    ["CAKE's throttle with a full stop", answer({ success: false, message: "Restricted." }), "throttled"],
    [
      "a word that only holds the throttle's",
      answer({ success: false, message: "Restricted offer" }),
      "refused",
    ],
    ["the throttle's word in no answer of CAKE's", answer({ message: "Restricted" }), "unexpected"],
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

  it.each(["Active", "ACTIVE", " active "])(
    "may write its status as %j, which is active",
    (postback_status) => {
      expect(readRecord(success({ postback: { ...record, postback_status } }))).toMatchObject({
        value: { postbackStatus: "active" },
      });
    },
  );

  it("may stand under a response", () => {
    expect(readRecord(success({ response: { postback: record } }))).toEqual({ ok: true, value: row });
  });

  it("keeps its URL byte for byte, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (url) => {
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

const NAMES = ["postbacks", "affiliate_postbacks", "postback", "affiliate_postback"].flatMap((name) => [
  name,
  name.replace("postback", "pixel"),
]);
/** A row of a list of tracking pixels. */
const tracking = { pixel_id: 7, pixel_url: "https://t.example/", affiliate_id: 1 };

describe("a page of the list", () => {
  const page = (fields: object): Page => {
    const reading = pageReader()(success(fields));
    if (!reading.ok) throw new Error(reading.what);
    return reading.value;
  };

  it.each(NAMES)("may call its array %s, put it under a response, or hold a single row", (name) => {
    const one = { rows: [row], size: 1, unreadable: [], total: undefined };
    expect(page({ [name]: [record] })).toEqual(one);
    expect(page({ [name]: record })).toEqual(one);
    expect(page({ response: { [name]: [record], total_rows: "7" } })).toEqual({ ...one, total: 7 });
    expect(page({ response: { [name]: [] } })).toMatchObject({ rows: [], size: 0 });
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

  it("names the rows that it cannot read, and what of them, without a value", () => {
    const half = { ...record, postback_id: "77", postback_url: "https://t.example/?a=\ud83d" };
    const empty = { ...record, postback_id: "x", postback_url: "https://t.example/s3cr3t" };
    const { unreadable } = page({ postbacks: [half, empty, {}] });
    expect(unreadable[0]).toBe("postback 77 (postback_url holds half a surrogate pair)");
    expect(unreadable[1]).toMatch(/^one without a readable id \(postback_id should be/);
    expect(unreadable.join()).not.toContain("s3cr3t");
    expect(unreadable).toHaveLength(3);
  });

  it("counts the rows that it cannot read instead of leaving them out unseen", () => {
    const rows = [record, { ...record, postback_id: "?" }, null, { ...record, postback_id: 2 }, "x"];
    expect(page({ postbacks: rows })).toMatchObject({
      size: 5,
      unreadable: [1, 2, 3].map(() => expect.any(String)),
    });
    expect(page({ postbacks: rows }).rows.map(({ postbackId }) => postbackId)).toEqual([8801, 2]);
  });

  it("may call its array as it likes, as long as its rows have the fields of a postback", () => {
    const one = { rows: [row], size: 1, unreadable: [] };
    expect(page({ server_calls: [record], errors: [] })).toMatchObject(one);
    expect(page({ response: [record] })).toMatchObject(one);
    expect(page({ response: { x: [record], total_rows: 3 } })).toMatchObject({ ...one, total: 3 });
    const { postback_status: _, ...without } = record;
    expect(page({ x: [without, record] })).toMatchObject({ size: 2, unreadable: [expect.any(String)] });
  });

  it("takes rows that are postbacks before any other array", () => {
    const all = { pixels: [tracking], postbacks: [], x: [record] };
    expect(page(all)).toMatchObject({ rows: [row], unreadable: [] });
    expect(page({ response: { pixels: [tracking] }, affiliate_pixels: [record] }).rows).toEqual([row]);
    expect(page({ x: [{ ...record, postback_id: 1 }], postbacks: [record] }).rows).toEqual([row]);
  });

  it("keeps the rows under a known name that are something else, as rows that it cannot read", () => {
    expect(page({ pixels: [tracking] })).toMatchObject({
      rows: [],
      size: 1,
      unreadable: [expect.any(String)],
    });
  });

  it("may be empty under a name that came with postbacks before, and under no other", () => {
    const read = pageReader();
    const empty = (fields: object) => read(success(fields)).ok;
    expect(empty({ x: [] })).toBe(false);
    expect(read(success({ x: [record] }))).toMatchObject({ ok: true });
    expect([empty({ x: [] }), empty({ response: { x: [] } }), empty({ errors: [] })]).toEqual([
      true,
      true,
      false,
    ]);
    expect(pageReader()(success({ x: [] })).ok).toBe(false);
  });

  it("is found in polynomial time, however many arrays there are", () => {
    const many = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`a${index}`, [tracking, index]]),
    );
    expect(pageReader()(success(many))).toMatchObject({ ok: false, kind: "unexpected" });
  });

  it.each([
    {},
    { postbacks: null },
    { errors: [] },
    { x: [tracking] },
    { x: [null, 1, "y"] },
    { postbacks: "none" },
    { rows: [] },
    { response: { rows: [] } },
  ])("is none without a list: %j", (fields) => {
    expect(pageReader()(success(fields))).toMatchObject({ ok: false, kind: "unexpected" });
  });
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

describe("an answer that was made to take long", () => {
  const depth = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  const nestedIn = (levels: number) => answer(`{"request_status":"Success","postback":${depth(levels)}}`);

  it("is not parsed if it is nested more than 64 deep", () => {
    expect(wordsOf(readRecord(nestedIn(64)))).toContain("nested more than 64 deep");
    expect(wordsOf(readRecord(nestedIn(63)))).toContain("its record is not readable");
    expect(wordsOf(readRecord(nestedIn(1_000_000)))).toContain("nested more than 64 deep");
  });

  it("may hold any number of brackets in its texts", () => {
    const postback = { ...record, postback_url: `https://t.example/?a="${"[{".repeat(500)}\\"` };
    expect(readRecord(success({ postback })).ok).toBe(true);
  });

  it.each(["you ", "api key ", "https://", "?a=", "a\u0000", "\ud83d", "no such ", "x"])(
    "costs patterns no more work when its message repeats %j twice as often",
    (piece) => {
      const workFor = (times: number) =>
        patternWork(() => {
          const message = piece.repeat(times);
          readRecord(answer({ request_status: message, message }));
        });
      expect(workFor(10_000)).toBeGreaterThan(0);
      expect(workFor(20_000)).toBe(workFor(10_000));
    },
  );
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
        expect(pageReader()(answer(body, status)).ok).toBe(false);
      }),
      { seed: 23, numRuns: 300 },
    );
  });
});

function wordsOf(reading: Reading<unknown>): string {
  return reading.ok ? "" : reading.what;
}
