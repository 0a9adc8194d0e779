import { onTestFinished } from "vitest";
import { endpoints } from "../../../provider/cake/endpoints";
import {
  type InstanceOptions,
  type Operation,
  type Sandbox,
  type SandboxInstance,
  type SandboxOptions,
  startSandbox,
} from "../../../provider/sandbox";
import { defaultBehaviour } from "../../../provider/sandbox/behaviour";
import { wireRow } from "../../../provider/sandbox/wire";

/** What a test looks at in an answer. `json` is undefined where the body is not JSON. */
export interface Got {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown> | undefined;
}

/** A plain client of one instance, with its key unless the fields say otherwise. */
export function clientOf(us: SandboxInstance) {
  const get = (path: string, fields: Record<string, unknown> = {}, signal: AbortSignal | null = null) => {
    const query = new URLSearchParams({ api_key: us.apiKey });
    for (const [name, value] of Object.entries(fields)) query.set(name, String(value));
    return got(fetch(`${us.url}${path}?${query}`, { redirect: "manual", signal }));
  };
  const post = (path: string, fields: Record<string, unknown>, signal: AbortSignal | null = null) =>
    got(
      fetch(`${us.url}${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ api_key: us.apiKey, ...fields }),
        redirect: "manual",
        signal,
      }),
    );
  return {
    get,
    post,
    create: (fields: Record<string, unknown> = {}, signal?: AbortSignal) =>
      post(endpoints.create.path, { ...ordinary, ...fields }, signal),
    update: (fields: Record<string, unknown>) => post(endpoints.update.path, fields),
    list: (fields: Record<string, unknown> = {}) => get(endpoints.list.path, fields),
    logs: (fields: Record<string, unknown> = {}) => get("/api/2/api_logs.json", fields),
  };
}

/** A create that every CAKE accepts. */
export const ordinary = {
  affiliate_id: 67890,
  offer_id: 12345,
  postback_url: "https://tracking.partner.com/postback?click_id=#s2#&payout=#price#",
};

/** A sandbox that is closed when the test is over. */
export async function started(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** One instance for one test, and a client of it. */
export async function oneInstance(options: InstanceOptions = {}) {
  const sandbox = await started({ instances: { us: options } });
  const us = sandbox.instance("us");
  return { sandbox, us, client: clientOf(us) };
}

/** Rows that differ in id, affiliate and URL. */
export function rows(count: number, firstId = 1) {
  return Array.from({ length: count }, (_, index) => ({
    postbackId: firstId + index,
    affiliateId: 100 + (index % 10),
    offerId: index % 3,
    postbackUrl: `https://t.example/pb?cid=#s2#&n=${index}`,
    postbackType: "Server",
    postbackStatus: "active",
  }));
}

/** Rows as CAKE sends them. */
export function wireRows(all: ReturnType<typeof rows>): Record<string, unknown>[] {
  return all.map((row) => wireRow(row, defaultBehaviour));
}

/** The ids on a page of a list, whatever its array is called. */
export function idsOf({ json }: Got): unknown[] {
  const list = json?.postbacks ?? json?.affiliate_postbacks;
  if (!Array.isArray(list)) throw new Error(`No list in ${JSON.stringify(json)}`);
  return list.map((row) => row.postback_id);
}

/** Whether a request is still without an answer when one that was sent after it has been answered. */
export async function neverAnswered(
  us: SandboxInstance,
  operation: Operation,
  send: (signal: AbortSignal) => Promise<unknown>,
): Promise<boolean> {
  const abort = new AbortController();
  const pause = us.pause(operation, { when: "after" });
  let answered = false;
  const answer = send(abort.signal).then(
    () => {
      answered = true;
    },
    () => {},
  );
  await pause.arrived;
  pause.release();
  await fetch(`${us.url}/style.css`).then((response) => response.text());
  const silent = !answered;
  abort.abort();
  await answer;
  return silent;
}

/** Why a request got no answer: the code of the socket error. */
export async function failure(answer: Promise<unknown>): Promise<string> {
  const error: unknown = await answer.then(
    () => new Error("It was answered."),
    (thrown) => thrown,
  );
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
}

async function got(response: Promise<Response>): Promise<Got> {
  const { status, headers, ...answer } = await response.then(async (received) => ({
    status: received.status,
    headers: received.headers,
    text: await received.text(),
  }));
  return { status, headers, text: answer.text, json: parsed(answer.text) };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
