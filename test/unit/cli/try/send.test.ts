import type { RequestListener } from "node:http";
import pc from "picocolors";
import { afterEach, describe, expect, it, vi } from "vitest";
import { prettyAnswer } from "../../../../provider/cli/try/pretty";
import type { TryReport } from "../../../../provider/cli/try/report";
import { deadPort, serve, serveTls } from "../../http/servers";
import { sent, subjectOf, type TryContext } from "./support";

const CLICK = { set: [{ name: "s2", value: "a-real-click" }] };
const SUPPRESS = { suppress: { P12: "on this machine", P14: "on this machine" } };

afterEach(() => {
  vi.unstubAllEnvs();
});

function answering(status: number, type: string, body: string | Buffer): RequestListener {
  return (_, response) => response.writeHead(status, type === "" ? {} : { "content-type": type }).end(body);
}

/** Tries a partner that answers like this, and holds it to one call. */
async function tried(
  answer: RequestListener,
  context: TryContext = {},
  query = "cid=#s2#&payout=#price#&txid=#leadid#",
  more = {},
): Promise<TryReport & { readonly printed: string }> {
  const partner = await serve(answer);
  const url = `http://127.0.0.1:${partner.port}/pb?${query}`;
  const report = await sent(subjectOf(url, { ...SUPPRESS, postbackTypeId: 1, ...more }), context);
  expect([partner.connections, partner.requests.length]).toEqual([1, 1]);
  expect(report.isSent).toBe(true);
  return { ...report, printed: printed(report) };
}

function printed(report: TryReport): string {
  const sampleClickId = report.answer?.isExpected ? "s2" : undefined;
  return prettyAnswer(report, {
    ...{ paint: pc.createColors(false), width: 80, postbackTypeId: 1, sampleClickId, hasProxy: false },
  });
}

describe("the answer of a partner", () => {
  it.each([
    ["a text", 200, "text/html", "success=true;", "accepted", 0],
    ["JSON", 200, "application/json", '{"status":"ok","message":"Conversion recorded"}', "accepted", 0],
    ["a pixel", 200, "image/gif", Buffer.from("47494638396101000100", "hex"), "pixel", 0],
    ["nothing", 204, "", "", "empty", 0],
    ["another text", 200, "text/plain", "7f3a", "unclear", 0],
    ["a refused click", 200, "text/html", "success=false; err_msg=Invalid Trans. ID #1;", "refused", 1],
    ["a login page", 200, "text/html", "<html><title>Sign in</title><form></form></html>", "loginPage", 1],
    ["a web page", 200, "text/html; charset=utf-8", "<!DOCTYPE html><p>Buy this domain</p>", "webPage", 1],
    ["a closed door", 403, "text/html", "<h1>Forbidden</h1>", "notAllowed", 1],
    ["a wrong path", 404, "text/html", "<h1>Not Found</h1>", "notFound", 1],
    ["another method", 405, "", "", "otherMethod", 1],
    ["a limit", 429, "", "", "tooMany", 2],
    ["a broken server", 503, "text/html", "<h1>Unavailable</h1>", "serverError", 2],
  ])("decides the exit code: %s", async (_, status, type, body, kind, exitCode) => {
    const { answer, printed, ...report } = await tried(answering(status, type, body), CLICK);
    expect(answer).toMatchObject({ kind, status, isExpected: false });
    expect(report.exitCode).toBe(exitCode);
    expect(printed.replace(/\s+/g, " ")).toContain(`HTTP ${status}`);
    expect(printed.replace(/\s+/g, " ")).toContain(answer?.means);
  });

  it.each([
    ["success=false; err_msg=Invalid Trans. ID;", true],
    ['{"status":"error"}', true],
    ["Duplicate conversion", true],
    ["success=false; err_msg=Invalid security token;", false],
    ['{"error":"access denied"}', false],
  ])(
    "is expected to be a refusal where the click ID is a sample, unless it is about access: %s",
    async (body, isExpected) => {
      const { answer, exitCode, printed } = await tried(answering(200, "text/plain", body));
      expect(answer).toMatchObject({ kind: "refused", isExpected });
      expect(exitCode).toBe(isExpected ? 0 : 1);
      expect(printed.replace(/\s+/g, " ").includes("a real one: --set s2=<click id>")).toBe(isExpected);
    },
  );

  it("is a problem with a refusal where the URL has no click ID, or the rules find an error", async () => {
    const refusal = answering(200, "text/plain", "Invalid click");
    expect((await tried(refusal, {}, "payout=#price#")).exitCode).toBe(1);
    const broken = await tried(answering(200, "text/plain", "OK"), {}, "cid=#s2", {});
    expect(broken).toMatchObject({ answer: { kind: "accepted" }, exitCode: 1 });
    expect(broken.printed).toContain("The rules find 1 error in the URL, so this ends with exit code 1.");
  });

  it("that redirects is not followed, and leads to a place without its query", async () => {
    const target = await serve(answering(200, "text/plain", "OK"));
    const location = `${target.url}login?back=%2Fpb%3Ftoken%3D4f1c9ad07b`;
    const { answer, exitCode, printed } = await tried((_, response) =>
      response.writeHead(302, { location }).end(),
    );
    expect(answer).toMatchObject({ kind: "redirect", redirectsTo: `${target.url}login` });
    expect(printed).toContain(`It leads to ${target.url}login\n`.trimEnd());
    expect([exitCode, target.connections]).toEqual([1, 0]);
  });

  it("is what its tracker documents, too", async () => {
    const partner = await serve(answering(200, "text/html", "success=true;"));
    const url = `http://127.0.0.1:${partner.port}/aff_lsr?transaction_id=#s2#`;
    const report = await sent(subjectOf(url, SUPPRESS));
    expect(report.request.tracker).toBe("TUNE");
    expect(printed(report)).toContain("What TUNE documents:");
  });

  it("may never come, and then nothing is known", async () => {
    const silent = await tried(() => {}, { options: { timeout: 0.3 } });
    expect(silent.answer).toMatchObject({ kind: "lost", status: null, failure: "no answer within 0.3 s" });
    expect(silent.exitCode).toBe(2);
    expect(silent.printed).toContain("The partner may have counted the call.");
    const dead = await sent(subjectOf(`http://127.0.0.1:${await deadPort()}/`, SUPPRESS));
    expect([dead.answer?.kind, dead.exitCode]).toEqual(["unreached", 2]);
    const lost = await sent(subjectOf("https://no-such-host.invalid/pb?cid=#s2#"));
    expect([lost.answer?.kind, lost.exitCode]).toEqual(["unreached", 2]);
  });

  it.each([
    ["self-signed", {}],
    ["expired", { days: [-9, -2] as const }],
  ])("needs a certificate that verifies, whatever the environment says: %s", async (_, options) => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const partner = await serveTls(answering(200, "text/plain", "OK"), options);
    const report = await sent(subjectOf(`https://127.0.0.1:${partner.port}/pb?cid=#s2#`, SUPPRESS));
    expect(report).toMatchObject({ answer: { kind: "untrusted", verdict: "problem" }, exitCode: 1 });
    expect(partner.requests).toEqual([]);
  });

  it("is shown only at its beginning, however long it is", async () => {
    const { answer } = await tried(answering(200, "text/plain", `pong ${"x".repeat(500_000)}`));
    expect(answer).toMatchObject({ bytes: 65_536, isComplete: false });
    expect([...(answer?.text ?? "")]).toHaveLength(300);
    const short = await tried(answering(200, "text/plain", " pong\r\n "));
    expect(short.answer).toMatchObject({ text: "pong", isComplete: true });
    const data = await tried(answering(200, "application/octet-stream", Buffer.alloc(9)));
    expect(data.answer?.text).toBeNull();
  });

  it("is a text in whatever charset it is", async () => {
    const utf16 = Buffer.from("success=false; Größe", "utf16le");
    const latin = Buffer.from("success=false; Größe", "latin1");
    for (const [type, body] of [
      ["text/plain; charset=utf-16le", utf16],
      ["text/plain", utf16],
      ['text/plain; charset="iso-8859-1"', latin],
      ["text/plain; charset=none-such", latin],
    ] as const)
      expect((await tried(answering(200, type, body), CLICK)).answer).toMatchObject({
        kind: "refused",
        text: "success=false; Größe",
      });
  });
});

describe("a call", () => {
  it.each([
    ...[
      "127.0.0.1",
      "localhost",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "2130706433",
      "0177.0.0.1",
      "user@127.0.0.1",
    ],
    ...["0.0.0.0", "10.1.2.3", "169.254.169.254", "[fd00::1]"],
  ])("is not made to this machine or its network without permission: %s", async (host) => {
    const partner = await serve(answering(200, "text/plain", "OK"));
    const subject = subjectOf(`http://${host}:${partner.port}/pb?cid=#s2#`);
    await expect(sent(subject, { options: { allowPrivate: false } })).rejects.toThrow(
      /not on the public Internet: .* Nothing was sent\. .*--allow-private\. \[try-private-address\]/,
    );
    expect(partner.connections).toBe(0);
  });

  it("is not made for what HTTP cannot call", async () => {
    for (const url of ["ftp://t.net/pb?cid=#s2#", "t.net/pb?cid=#s2#", '<img src="https://t.net/">'])
      await expect(sent(subjectOf(url))).rejects.toThrow("[try-not-callable]");
  });
});

describe("a hostile answer", () => {
  const SECRET = "s3cr3t/T0ken+Value";
  const escaped = encodeURIComponent(SECRET);
  const units = (text: string) =>
    [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
  const references = (text: string, toNumber: (code: number) => string) =>
    [...text].map((letter) => `&#${toNumber(letter.charCodeAt(0))};`).join("");
  const bytes = (text: string) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");

  it.each([
    ["as it is", SECRET],
    ["percent-encoded", escaped],
    ["percent-encoded in small letters", escaped.toLowerCase()],
    ["percent-encoded twice", encodeURIComponent(escaped)],
    ["percent-encoded letter by letter", bytes(SECRET)],
    ["in JSON", SECRET.replaceAll("/", "\\/")],
    ["in JSON letter by letter", units(SECRET)],
    ["as decimal references", references(SECRET, String)],
    ["as hexadecimal references", references(SECRET, (code) => `x${code.toString(16)}`)],
    ["as references twice", references(SECRET, String).replaceAll("&", "&amp;")],
    ["in capitals", SECRET.toUpperCase()],
    ["in base64", Buffer.from(`token=${SECRET}`).toString("base64")],
    ["with letters that nobody sees", [...SECRET].join("\u200b")],
    ["within the complete URL", `http://127.0.0.1/pb?cid=w7KJ2M9XQ4T1&token=${escaped}`],
    ["as a parameter of another name", `{"password":"${SECRET}"}`],
  ])("shows no secret of the URL that it repeats: %s", async (_, echo) => {
    const { answer, printed } = await tried(
      answering(200, "text/html", `error: bad value ${echo} (end)`),
      {},
      `cid=#s2#&token=${escaped}`,
    );
    const shown = `${printed}${JSON.stringify(answer)}`;
    for (const secret of [SECRET, escaped, "s3cr3t", "T0ken"])
      expect(shown.toLowerCase()).not.toContain(secret.toLowerCase());
    expect(Buffer.from(shown.match(/[\w+/]{16,}={0,2}/g)?.join("") ?? "", "base64").toString()).not.toContain(
      "T0ken",
    );
    expect(answer?.text).toContain("***");
    expect(answer?.text).toMatch(/^error: bad value .*$/);
  });

  it("shows no secret of others, and the rest of a sentence", async () => {
    const body =
      "Invalid click, mail help@acme.example or https://bot:pa55word@acme.example/?api_key=4711abcd";
    const { answer } = await tried(answering(200, "text/plain", body));
    expect(answer?.text).toBe(
      "Invalid click, mail help@acme.example or https://***@acme.example/?api_key=***",
    );
  });

  it("shows no part of a secret at the place where it is cut", async () => {
    const body = `${"x".repeat(290)} ${SECRET}`;
    const { answer } = await tried(answering(200, "text/plain", body), {}, `cid=#s2#&token=${escaped}`);
    expect(answer?.text).not.toContain("s3cr");
  });

  it("shows nothing of a URL that the program keeps secret", async () => {
    const echo: RequestListener = (request, response) =>
      response
        .writeHead(302, { location: "/hiddenpath/hiddentoo?x=1" })
        .end(`${request.url} hiddenvalue hiddenpath`);
    const { answer, printed } = await tried(echo, {}, "cid=#s2#&x=hiddenvalue", { isSecret: true });
    expect(`${JSON.stringify(answer)}${printed}`).not.toMatch(/hiddenvalue|w7KJ2M9XQ4T1/);
  });

  it("cannot move the cursor, color lines, turn text around or command a runner", async () => {
    const body = "ok\u001b[31m\u0007\u202egnp\u2066\u009b2J\n::error::x\n##[command]y\u2028z";
    const { answer, printed } = await tried((_, response) =>
      response.writeHead(200, { "content-type": "text/plain\u009b2J; charset=utf-8" }).end(body),
    );
    expect(answer?.kind).toBe("accepted");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u2066\u2028]/);
    expect(printed).not.toMatch(/::error::|##\[command/);
  });

  it("may have endless headers, or none", async () => {
    const headers = await tried((_, response) => response.writeHead(200, { x: "y".repeat(99_000) }).end());
    expect(headers.answer).toMatchObject({ kind: "lost", failure: expect.stringContaining("headers") });
    const none = await tried((request) => request.socket.end("HTTP/1.1 200 OK\r\n\r\nOK"));
    expect(none.answer).toMatchObject({ kind: "accepted", mediaType: "", bytes: 2 });
  });
});
