import { describe, expect, it } from "vitest";
import { TRACKERS } from "../../../../provider/postback/trackers";
import { type PartnerAnswer, readAnswer } from "../../../../provider/postback/trackers/readAnswer";

const read = (
  text: string | undefined,
  { status = 200, mediaType = "text/plain" } = {},
  tracker = undefined,
) => readAnswer({ status, mediaType, text } satisfies PartnerAnswer, tracker);
const kindOf = (text: string | undefined, more = {}) => read(text, more).kind;
const html = (body: string, title = "") =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`;

describe("the text of an answer", () => {
  it.each([
    ...[
      "success=true;",
      "OK",
      "ok\n",
      "1",
      "true",
      '"OK"',
      "Success",
      "SUCCESS / OK",
      "Accepted",
      "Thank you!",
    ],
    ...[
      "Conversion recorded",
      "conversion_recorded",
      "Postback received successfully",
      "Lead saved",
      "queued",
    ],
    ...[
      '{"status":"ok"}',
      '{"status":"success","message":"Conversion recorded"}',
      '{"success":true}',
      '{"success": 1}',
    ],
    ...[
      '{"status":1}',
      '{"status":200,"error":null}',
      '{"result":"OK","errors":[]}',
      '{"error":0,"status":"created"}',
    ],
    ...[
      '{"response":{"status":"success"}}',
      '[{"status":"ok"}]',
      '{"ok":true,"error":{"code":0,"message":""}}',
    ],
    ...[
      '{"success":true,"params":{"status":"rejected","error":"x"}}',
      "<response><status>success</status></response>",
    ],
    ...[
      '{"code":0,"msg":"ok"}',
      "Conversion was saved",
      "status: ok",
      "result=OK&id=7",
      "No errors found",
      "<html><body>OK</body></html>",
      '<?xml version="1.0"?><r><success>1</success></r>',
    ],
  ])("is an acceptance: %s", (text) => expect(kindOf(text)).toBe("accepted"));

  it.each([
    ["success=false; err_msg=Invalid Trans. ID #1027c887059b47b.;", "click"],
    ["success=false;", "unstated"],
    ["success=false; err_msg=Duplicate conversion;", "duplicate"],
    ["success = false", "unstated"],
    ['{"status":"error"}', "unstated"],
    ['{"status":"error","message":"click not found"}', "click"],
    ['{"success":false,"message":"Unknown click"}', "click"],
    ['{"ok":0}', "unstated"],
    ['{"code":500,"message":"affid or offerid or subid is missing","data":null}', "click"],
    ['{"error":"Secure code is not valid"}', "access"],
    ['{"errors":[{"code":7,"detail":"campaign disabled"}]}', "unstated"],
    ['{"status":"ok","error":"Click ID does not exist"}', "click"],
    ['{"data":{"result":"failed","reason":"token mismatch"}}', "access"],
    ["INVALID_CLICK_ID", "click"],
    ["DUPLICATE_CLICK_ID", "duplicate"],
    ["INVALID_SECURITY_TOKEN", "access"],
    ["invalidClickId", "click"],
    ["Error: unknown clickid", "click"],
    ["Click not found", "click"],
    ["Click ID is required", "click"],
    ["invalid transaction 12", "click"],
    ["auth_token mismatch", "access"],
    ["Current IP-address is denied", "access"],
    ["Invalid IP", "access"],
    ["wrong postback_key", "access"],
    ['{"code":0,"msg":"Click already converted"}', "duplicate"],
    ["Not found", "unstated"],
    ["Campaign is paused", "unstated"],
    ["Conversion exists", "duplicate"],
    ["Conversion was already recorded", "duplicate"],
    ["The conversion was not recorded", "unstated"],
    ["0", "unstated"],
    ["false", "unstated"],
    ["NOK", "unstated"],
    ["<response><status>error</status><msg>no such visit</msg></response>", "click"],
    ["<html><body>Invalid click</body></html>", "click"],
  ])("is a refusal, also with HTTP status 200: %s", (text, reason) => {
    expect(read(text)).toEqual({ kind: "refused", reason });
  });

  it.each([
    "7f3a9",
    "pong",
    '{"id":"5C2E81A7"}',
    '{"status":"pending"}',
    '{"status":0}',
    "[]",
    '{"broken":',
    "12345",
  ])("proves neither: %s", (text) => expect(kindOf(text)).toBe("unclear"));

  it("may be a login page, another page, or a page without anything to read", () => {
    expect(kindOf(html('<form><input name="p" type="password"></form>', "Panel"))).toBe("loginPage");
    expect(kindOf(html("<p>Welcome back.</p>", "Sign in to Acme"))).toBe("loginPage");
    expect(kindOf(html("<p>Domain for sale.</p>", "acme.example"))).toBe("webPage");
    expect(kindOf(html('<div id="root"></div><script src="/app.js"></script>', "App"))).toBe("webPage");
    expect(kindOf('<html><body><img src="/p.gif"></body></html>')).toBe("empty");
  });
});

describe("an answer", () => {
  it.each([
    ["an image", "GIF89a", { mediaType: "image/gif" }, "pixel"],
    ["nothing", "", {}, "empty"],
    ["nothing with 204", "", { status: 204 }, "empty"],
    ["data", undefined, { mediaType: "application/octet-stream" }, "unclear"],
    ["a redirect, whatever it says", "OK", { status: 302 }, "redirect"],
    ["a request for a login", "", { status: 401 }, "notAllowed"],
    ["a closed door", html("Forbidden"), { status: 403 }, "notAllowed"],
    ["a missing path", html("<h1>Not Found</h1>"), { status: 404 }, "notFound"],
    ["a path that is gone", "", { status: 410 }, "notFound"],
    ["another method", "", { status: 405 }, "otherMethod"],
    ["too many calls", '{"error":"rate limit"}', { status: 429 }, "tooMany"],
    ["a broken server", html("Bad gateway"), { status: 502 }, "serverError"],
    ["a refused request", "missing status", { status: 400 }, "refused"],
    ["a click that is not found", '{"error":"click not found"}', { status: 404 }, "refused"],
    ["a click that breaks the server", "Invalid click ID", { status: 500 }, "refused"],
  ])("is read by its status where that says more: %s", (_, text, more, kind) => {
    expect(kindOf(text, more)).toBe(kind);
  });

  it("is read by the words of its tracker where those are its own", () => {
    const legacy = { status: 200, mediaType: "application/json", text: '{"status":2,"message":"Broken"}' };
    expect(readAnswer(legacy, TRACKERS.affise).kind).toBe("refused");
    expect(readAnswer(legacy).kind).toBe("unclear");
  });

  it.each([
    "(".repeat(60_000),
    "a=".repeat(30_000),
    `${"click ".repeat(10_000)}`,
    `<title>${" ".repeat(60_000)}`,
    '{"a":'.repeat(9_000),
    "<p ".repeat(20_000),
  ])("is read in no time, however it is made", (text) => {
    const start = performance.now();
    kindOf(text);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe("an answer that is easily misread", () => {
  it.each([
    ...['{"hasError":true,"status":"ok"}', '{"is_error":true}', "OK, but no click", "success - 0"],
    ...["unsuccessful", "Unsuccessfully processed conversion", "Login required", "Please log in"],
    ...["Bad request", "<br /><b>Fatal error</b>: Uncaught Exception", "no transaction"],
  ])("is a refusal: %s", (text) => expect(kindOf(text)).toBe("refused"));

  it.each([
    '{"status":"success","message":"Error: none"}',
    "status=ok&error=0",
    '{"hasError":false,"status":"ok"}',
  ])("is an acceptance: %s", (text) => expect(kindOf(text)).toBe("accepted"));

  it.each(["error=0", "errors: none", '{"is_error":false}'])("says nothing: %s", (text) =>
    expect(kindOf(text)).toBe("unclear"),
  );

  it.each([
    '<html><head><meta http-equiv="refresh" content="0;url=/login"></head></html>',
    '<html><frameset rows="100%"><frame src="http://parking.example/"></frameset></html>',
    '<html><body><iframe src="https://parking.example/x"></iframe></body></html>',
    '<meta http-equiv=refresh content="0;url=/">',
  ])("is a page that leads elsewhere: %s", (text) => expect(kindOf(text)).toBe("webPage"));
});
