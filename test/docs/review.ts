/** What `pulumi-cake review` prints of a preview that the Pulumi CLI wrote, for the page about reviews and its picture. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { define } from "../../provider/cli/review/command";
import { fenced } from "./markdown";
import { picture } from "./picture";

/** Where the picture stands, from the root of the project. */
export const PICTURE = "docs/images/review.svg";

const FIXTURES = join(__dirname, "../fixtures/review");
const terminal = () => readFileSync(join(FIXTURES, "preview.txt"), "utf8").trimEnd();

/** Every text by the name that its markers carry. */
export async function reviewParts(): Promise<Record<string, string>> {
  return {
    reviewTerminal: fenced("text", terminal()),
    reviewComment: `\`\`\`\`markdown\n${(await comment()).trimEnd()}\n\`\`\`\``,
  };
}

export async function reviewPicture(): Promise<string> {
  return picture(
    "A terminal with a preview of a changed parameter, and the comment on the pull request. Both stand as text in docs/reviewing.md.",
    terminal(),
    await comment(),
  );
}

async function comment(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "cake-review-"));
  const before = process.exitCode;
  try {
    const output = join(folder, "review.md");
    const args = [join(FIXTURES, "preview.json"), "--output", output];
    await define(new Command("review")).parseAsync(args, { from: "user" });
    return readFileSync(output, "utf8");
  } finally {
    process.exitCode = before;
    rmSync(folder, { recursive: true, force: true });
  }
}
