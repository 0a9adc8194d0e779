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
  it("registers every row; rows may move, and a removed one is switched off; every step twice", async () => {
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
        const at = line.indexOf(`${file}: `);
        return at === -1 ? [] : [line.slice(at + file.length + 2)];
      });
    };

    const url = "https://fox.example/postback?cid=#s2#";
    expect(
      await refusal([
        header,
        `0,Fox Media,12345,main,${url}`,
        `68100,Fox Media,,Main,fox.example/postback?cid=#s2#`,
        ...sampleRows,
        `68100,Fox Media,12345,main,https://fox.example/postback?cid=#s2#,#s3#`,
        sampleRows[1] ?? "",
        `68100,Fox Media,12346,main`,
      ]),
    ).toEqual([
      "row 2, column affiliate_id: must be the number that CAKE shows for the affiliate",
      "row 3, column offer_id: must be the number that CAKE shows for the offer, or 0 for all",
      "row 3, column slot: must name the postback in small letters, such as main",
      "row 3, column postback_url: must be a URL with CAKE's macros and without blanks",
      "row 9: more or fewer values than columns; quote a value with a comma",
      "row 10, columns affiliate_id, offer_id, slot: equal to row 5",
      "row 11, column postback_url: must be a URL with CAKE's macros and without blanks",
      "row 11: more or fewer values than columns; quote a value with a comma",
    ]);
    expect(await refusal([header, ...sampleRows.slice(1)])).toEqual(["4 rows, and at least 5 are expected"]);
    expect(await refusal([header])).toEqual(["0 rows, and at least 5 are expected"]);
    expect(await refusal([header.replace("slot", "Slot"), ...sampleRows])).toEqual([
      "row 1: there is no column slot",
    ]);
    expect(await refusal([header, `68100,"Fox Media,12345,main,${url}`, ...sampleRows])).toEqual([
      expect.stringMatching(/^Quote Not Closed: .* line \d+$/),
    ]);
    expect(takeCalls(cake)).toEqual({});
  });
});
