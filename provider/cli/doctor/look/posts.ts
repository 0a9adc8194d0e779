import type { EndpointName } from "../../../cake/endpoints";
import { endpoints } from "../../../cake/endpoints";
import type { HttpAnswer } from "../../../http/transport";
import { type Fact, notThere, seen, unclear } from "../fact";
import type { Line } from "../line";

const NOWHERE = "/api/2/pulumi_cake_doctor_no_such_endpoint.json";

export interface PostEndpoints {
  readonly server: Fact<{ readonly ms: number }>;
  readonly create: Fact<true>;
  readonly update: Fact<true>;
}

/**
 * Looks for the endpoints that write, without a request that could write.
 *
 * A POST is out of the question, also one without an id or without changes: nobody knows what an unknown CAKE
 * makes of what is missing (its older endpoints read 0 and "" as values). Even a GET with the key could be a write:
 * older CAKE endpoints write on GET. So this asks without a key and without fields: whatever that did, any
 * stranger could do. A path that cannot exist is asked for, too, and so is the documented create: only where
 * CAKE answers these two differently does the answer to the third say anything.
 */
export async function lookForPosts(
  line: Line,
  paths: Partial<Record<EndpointName, string>>,
): Promise<PostEndpoints> {
  const nowhere = await manner(line, NOWHERE);
  if (!nowhere.ok) {
    const why = unclear(nowhere.what, nowhere.sign);
    return {
      server: nowhere.kind === "unreached" ? notThere(nowhere.what, "unreached") : why,
      create: why,
      update: why,
    };
  }
  const create = await manner(line, endpoints.create.path);
  const update = await manner(line, paths.update ?? endpoints.update.path);
  return {
    server: seen({ ms: nowhere.ms }),
    create: createFact(textOf(nowhere), textOf(create)),
    update: updateFact(textOf(nowhere), textOf(create), textOf(update)),
  };
}

const SAYS_NOTHING = "no look tells it from a path that is not there";

function createFact(nowhere: string, create: string | undefined): Fact<true> {
  if (create === undefined) return unclear("no usable answer came");
  return create === nowhere ? unclear(SAYS_NOTHING) : seen(true);
}

function updateFact(nowhere: string, create: string | undefined, update: string | undefined): Fact<true> {
  if (create === undefined || update === undefined) return unclear("no usable answer came");
  if (create === nowhere) return unclear(SAYS_NOTHING);
  if (update === create) return seen(true);
  if (update !== nowhere)
    return unclear("it is answered neither like the create nor like a path that does not exist");
  return notThere("it is answered like a path that does not exist, and the create is not");
}

type Manner = Awaited<ReturnType<typeof manner>>;

function textOf(heard: Extract<Manner, { ok: true }>): string;
function textOf(heard: Manner): string | undefined;
function textOf(heard: Manner): string | undefined {
  return heard.ok ? heard.value : undefined;
}

/** How a bare GET to a path is answered, without what is due to the path alone. */
function manner(line: Line, path: string) {
  const read = (answer: HttpAnswer) => ({ ok: true as const, value: mannerOf(answer, path) });
  return line.ask({ path, key: "without", read });
}

function mannerOf({ status, text }: HttpAnswer, path: string): string {
  // A web page repeats the path, the time, a number of the request: only that it is one says something.
  if (/^\s*</.test(text)) return `${status} page`;
  const name = path.split("/").at(-1) ?? path;
  return `${status} ${text.replaceAll(path, "").replaceAll(name, "").trim()}`;
}
