import * as v from "valibot";
import { replaceFile } from "../files/replaceFile";
import { FORMATS } from "../formats/formats";
import { messages as formats } from "../formats/messages";
import { CodedError } from "../message";
import type { Postback } from "../postback/postback";
import { maskText } from "../postback/secrets";
import { defaultBehaviour } from "./behaviour";
import { readJsonFile } from "./jsonFile";
import { messages } from "./messages";
import { wireRow } from "./wire";

/** What a file keeps of an instance. The key is not part of it: a loaded instance gets a new one. */
export interface SavedInstance {
  readonly lastId: number;
  readonly postbacks: readonly Postback[];
}

const FORMAT_NAME = "pulumi-cake sandbox, version ";
const FORMAT = `${FORMAT_NAME}${FORMATS.sandboxFile}`;

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const savedRow = v.pipe(
  v.object({
    postback_id: v.pipe(id, v.minValue(1)),
    affiliate_id: id,
    offer_id: id,
    postback_url: v.string(),
    postback_type: v.string(),
    postback_status: v.string(),
  }),
  v.transform(
    (row): Postback => ({
      postbackId: row.postback_id,
      affiliateId: row.affiliate_id,
      offerId: row.offer_id,
      postbackUrl: row.postback_url,
      postbackType: row.postback_type,
      postbackStatus: row.postback_status,
    }),
  ),
);

const savedFile = v.object({
  format: v.literal(FORMAT),
  instances: v.record(v.string(), v.object({ last_postback_id: id, postbacks: v.array(savedRow) })),
});

export async function loadFile(file: string): Promise<Map<string, SavedInstance>> {
  const refuse = (content: unknown) => refuseNewer(content, file);
  const { instances } = await readJsonFile(file, "saved sandbox", savedFile, refuse);
  return new Map(
    Object.entries(instances).map(([name, saved]) => [
      name,
      { lastId: saved.last_postback_id, postbacks: saved.postbacks },
    ]),
  );
}

function refuseNewer(content: unknown, file: string): void {
  const { format } = v.is(marked, content) ? content : { format: "" };
  const version = format.startsWith(FORMAT_NAME) ? Number(format.slice(FORMAT_NAME.length)) : 0;
  if (version > FORMATS.sandboxFile)
    throw new CodedError(formats.newer(`the file ${maskText(file)}`, version, FORMATS.sandboxFile));
}

const marked = v.object({ format: v.string() });

/** The names of the instances that a file holds. */
export async function savedInstances(file: string): Promise<string[]> {
  return [...(await loadFile(file)).keys()];
}

/** Writes a file that `loadFile` reads. A reader sees the old content or the new one, never a mix. */
export async function saveFile(file: string, instances: ReadonlyMap<string, SavedInstance>): Promise<void> {
  try {
    // URLs hold secrets of partners, so only the owner may read the file.
    replaceFile(file, toText(instances), { mode: 0o600 });
  } catch (cause) {
    throw new CodedError(messages.notSaved(file, (cause as Error).message), { cause });
  }
}

function toText(instances: ReadonlyMap<string, SavedInstance>): string {
  const saved = [...instances].map(([name, { lastId, postbacks }]) => [
    name,
    { last_postback_id: lastId, postbacks: postbacks.map((row) => wireRow(row, defaultBehaviour)) },
  ]);
  return `${JSON.stringify({ format: FORMAT, instances: Object.fromEntries(saved) }, null, 2)}\n`;
}
