// A write for each piece would be slow, and all of them at once would be as large as the report.
const CHUNK = 65_536;

/** Prints a text that is made in pieces, and ends its last line. */
export function printPieces(pieces: Iterable<string>): void {
  let chunk = "";
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    process.stdout.write(chunk);
    chunk = "";
  }
  process.stdout.write(`${chunk}\n`);
}
