import { isUtf8 } from "node:buffer";

/**
 * The text in a file's bytes, without a byte order mark: UTF-8, UTF-16 as PowerShell and Excel write it, or else
 * Windows-1252, as Excel saves "CSV (comma delimited)".
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString("hex");
  if (mark === "fffe") return "utf-16le";
  if (mark === "feff") return "utf-16be";
  // Without a mark, one of the two bytes of a Latin letter is zero.
  const sample = bytes.subarray(0, 1024);
  const [even, odd] = [0, 1].map((rest) => sample.filter((byte, at) => at % 2 === rest && byte === 0).length);
  const most = sample.length * 0.45;
  if (sample.length > 1 && even === 0 && (odd ?? 0) >= most) return "utf-16le";
  if (sample.length > 1 && odd === 0 && (even ?? 0) >= most) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}
