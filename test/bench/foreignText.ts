/** What a megabyte of text that CAKE or a partner wrote costs. `npm run bench` prints it. */

import { urlRedactor } from "../../provider/cake/urlRedactor";
import { pageReader, readRecord } from "../../provider/cake/wire";
import { redactor } from "../../provider/http/redact";
import { secretRanges } from "../../provider/postback/secrets";

const MEGABYTE = 1_000_000;
const answer = (text: string) => ({
  ...({
    kind: "answer",
    status: 200,
    contentType: "application/json",
    retryAfter: null,
    date: null,
  } as const),
  text,
});
const filled = (piece: string, length: number) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const said = (message: string) => JSON.stringify({ request_status: "Failed", message });

/** Each with a text of the given length. */
const KINDS: Readonly<Record<string, (length: number) => unknown>> = {
  "nested brackets": (length) => pageReader()(answer(filled("[", length))),
  "a refusal of many words": (length) => readRecord(answer(said(filled("you ", length)))),
  "rows of a list": (length) => {
    const row = { postback_id: 1, affiliate_id: 2, offer_id: 3, postback_url: "https://t.example/?c=#s2#" };
    const count = Math.ceil(length / 150);
    const rows = Array.from({ length: count }, (_, index) => ({ ...row, postback_id: index + 1 }));
    return pageReader()(answer(JSON.stringify({ request_status: "Success", postbacks: rows })));
  },
  "secrets in one URL": (length) => secretRanges(`https://t.example/?${filled("token=%41b&", length)}`),
  "a message that quotes the URL": (length) =>
    urlRedactor(
      "https://t.example/?token=s3cr3t",
      redactor(["key"]),
    )(filled("https://t.example/%3Ftoken ", length)),
};

/** Seconds and megabytes that one megabyte more takes, for each kind of text. */
export function foreignTextCosts(): string {
  const lines = Object.entries(KINDS).map(([kind, read]) => {
    read(MEGABYTE / 10);
    const [one, three] = [measured(() => read(MEGABYTE)), measured(() => read(3 * MEGABYTE))];
    const [seconds, megabytes] = [(three.seconds - one.seconds) / 2, (three.megabytes - one.megabytes) / 2];
    return `${kind}: ${Math.max(0, seconds).toFixed(3)} s and ${Math.max(0, megabytes).toFixed(1)} MB a MB`;
  });
  return ["Text that others wrote:", ...lines].join("\n");
}

function measured(work: () => unknown): { seconds: number; megabytes: number } {
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const kept = work();
  const seconds = (performance.now() - start) / 1000;
  const megabytes = (process.memoryUsage().heapUsed - before) / MEGABYTE;
  return kept === undefined ? { seconds: Number.NaN, megabytes } : { seconds, megabytes };
}
