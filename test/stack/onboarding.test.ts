import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { CliStack } from "./support/cli";
import { failureOf, messagesOf } from "./support/failures";
import { example, temporaryFolder } from "./support/places";
import { previewTwice, takeCalls, twice, writing } from "./support/steps";
import { openWorld, withCli } from "./support/world";

const workDir = example("onboarding");
const [header = "", ...sampleRows] = readFileSync(join(workDir, "affiliates.csv"), "utf8")
  .trimEnd()
  .split("\n");
const newRow = "68100,Fox Media,12346,main,https://fox.example/postback?cid=#s2#&payout=#price#";

/** Has the program read these lines; the answer is the file's path, which every message names. */
async function useCsv(stack: CliStack, lines: readonly string[]): Promise<string> {
  const file = join(temporaryFolder(), "affiliates.csv");
  writeFileSync(file, lines.join("\n"));
  await stack.setConfig("cake-onboarding:file", { value: file });
  return file;
}

withCli.concurrent("examples/onboarding", () => {
  it("registers every row; rows may move, and a removed one is deactivated; every step twice", async () => {
    await using world = await openWorld({ workDir });
    const { stack, cake } = world;

    expect((await previewTwice(world)).did).toEqual({
      "affiliate-67890-offer-12345-main": "create",
      "affiliate-67890-offer-12346-main": "create",
      "affiliate-67931-offer-12345-main": "create",
      "affiliate-67931-offer-12345-fraud-check": "create",
      "affiliate-68004-offer-12346-main": "create",
    });
    const up = await twice(world, () => stack.up());
    expect(up.calls).toEqual(writing({ create: 5 }));

    await useCsv(stack, [header, newRow, ...sampleRows.toReversed()]);
    const inserted = await twice(world, () => stack.up());
    expect(inserted.did).toEqual({ "affiliate-68100-offer-12346-main": "create" });
    expect(inserted.calls).toEqual(writing({ create: 1 }));

    await useCsv(stack, [header, ...sampleRows]);
    const removed = await twice(world, () => stack.up());
    expect(removed.did).toEqual({ "affiliate-68100-offer-12346-main": "delete" });
    const inactive = cake.postbacks().filter(({ postbackStatus }) => postbackStatus === "inactive");
    expect(inactive.map(({ affiliateId }) => affiliateId)).toEqual([68100]);

    await twice(world, () => stack.destroy());
    expect(cake.postbacks().every(({ postbackStatus }) => postbackStatus === "inactive")).toBe(true);
  });

  it("refuses a bad file at preview, naming each row and column, and changes nothing", async () => {
    await using world = await openWorld({ workDir });
    const { stack, cake } = world;
    const refusal = async (lines: readonly string[]) => {
      const file = await useCsv(stack, lines);
      const messages = messagesOf(await failureOf(stack.preview()));
      return messages.split("\n").flatMap((line) => {
        const at = line.indexOf(file);
        return at >= 0 ? [line.slice(at + file.length).replace(" [csv-invalid]", "")] : [];
      });
    };

    const url = "https://fox.example/postback?cid=#s2#";
    expect(
      await refusal([
        header,
        `0,Fox Media,12345,main,${url}`,
        `68100,Fox Media,,main,${url}`,
        `68100,Fox Media,12345,Main,fox.example/postback?cid=#s2#`,
        ...sampleRows,
        `68100,Fox Media,12345,main,https://fox.example/postback?cid=#s2#,#s3#`,
        sampleRows[1] ?? "",
        `68100,Fox Media,12346,main`,
      ]),
    ).toEqual([
      ', line 2, column affiliate_id: must be a CAKE affiliate ID such as 67890, found "0"',
      ", line 3, column offer_id: must be a CAKE offer ID such as 12345, or 0 for all offers, found nothing",
      ', line 4, column slot: must be lowercase letters, digits and -, such as main, found "Main"',
      ', line 4, column postback_url: must be an http or https URL without spaces, found "fox.example/postback?cid=#s2#"',
      ", line 10: must have at most 5 values: quote a value that has the delimiter in it",
      ", line 11: must not declare affiliate-67890-offer-12346-main, which line 6 declares",
      ", line 12, column postback_url: must be a postback URL, found nothing",
    ]);
    expect(await refusal([header, ...sampleRows.slice(1)])).toEqual([
      ": must have at least 5 valid rows, found 4",
    ]);
    expect(await refusal([header.replace("slot", "place"), ...sampleRows])).toEqual([
      ": must have a column slot",
      ": must have at least 5 valid rows, found 0",
    ]);
    expect(await refusal([header, `68100,"Fox Media,12345,main,${url}`, ...sampleRows])).toEqual([
      ": must have at least 5 valid rows, found 0",
      ", line 2: must close the quotation mark that it opens",
    ]);
    expect(takeCalls(cake)).toEqual({});
  });
});
