import * as v from "valibot";
import { FORMATS } from "../../formats/formats";
import { attempt } from "../../lifecycle/attempt";
import { CodedError } from "../../message";
import { refuseNewer } from "../input/newer";
import { messages } from "./messages";

export const ADOPTED_FILE = "adopted.json";

const text = v.pipe(v.string(), v.nonEmpty());

const adoptedPostback = v.strictObject({
  /** CAKE's ID of the postback. */
  id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** The name of its resource in the program. */
  name: text,
  /** The file that declares it, beside this list. It becomes an import, so it must be a plain name. */
  file: v.pipe(v.string(), v.regex(/^\w[\w.-]*\.(?:ts|csv)$/)),
  /** The names of its secrets in the stack's configuration, in the order of its URL. */
  secrets: v.optional(v.array(text), []),
});

const list = v.strictObject({
  version: v.literal(FORMATS.adopted),
  /** Host and port of the CAKE instance whose postbacks these are. */
  instance: text,
  postbacks: v.array(adoptedPostback),
});

export type AdoptedPostback = v.InferOutput<typeof adoptedPostback>;
/** What was adopted. Written before any code, committed by the user, and all that a later run reads back. */
export type AdoptedList = v.InferOutput<typeof list>;

/** Reads an adopted.json. Throws a message for people. */
export function parseAdopted(json: string, file: string): AdoptedList {
  const content: unknown = attempt(() => JSON.parse(json.replace(/^\uFEFF/, "")));
  refuseNewer("adopted", content, file);
  const parsed = v.safeParse(list, content);
  if (!parsed.success)
    throw new CodedError(messages.listUnreadable(file, v.getDotPath(parsed.issues[0]) ?? "its JSON"));
  const { postbacks } = parsed.output;
  for (const key of ["id", "name"] as const)
    if (new Set(postbacks.map((one) => one[key])).size < postbacks.length)
      throw new CodedError(messages.listUnreadable(file, `a repeated ${key}`));
  return parsed.output;
}

/** The text of the list: a line a postback, in the order of their IDs, so that two branches seldom touch one line. */
export function adoptedText({ version, instance, postbacks }: AdoptedList): string {
  const lines = [...postbacks]
    .sort((one, other) => one.id - other.id)
    .map(({ id, name, file, secrets }) => {
      const listed =
        secrets.length === 0
          ? ""
          : `, "secrets": ${`[${secrets.map((one) => JSON.stringify(one)).join(", ")}]`}`;
      return `    { "id": ${id}, "name": ${JSON.stringify(name)}, "file": "${file}"${listed} }`;
    });
  return `{\n  "version": ${version},\n  "instance": ${JSON.stringify(instance)},\n  "postbacks": [\n${lines.join(",\n")}\n  ]\n}\n`;
}
