import { parsedJson, readSuccess } from "../../../cake/envelope";
import type { HttpAnswer } from "../../../http/transport";
import { type MadeCall, replyFrom } from "../probe";
import { publicPath } from "./publicPath";
import type { AnonymousCall, MediaType, Range } from "./report";
import { shapeOf } from "./shape";

/** More kinds of answers say nothing more about an instance. */
const MOST = 100;

/** What a call was, apart from its time and size. */
type Kind = Omit<AnonymousCall, "paths" | "times" | "characters" | "milliseconds">;

/** Keeps of each call what may be shown to a stranger, and nothing else. */
export class CallRecorder {
  private readonly byKind = new Map<string, AnonymousCall>();

  constructor(private readonly isPublic: (name: string) => boolean) {}

  record(call: MadeCall): void {
    const kind = this.kindOf(call);
    const key = JSON.stringify(kind);
    const { outcome } = call;
    const length = outcome.kind === "answer" ? outcome.text.length : 0;
    const before = this.byKind.get(key);
    this.byKind.set(key, {
      paths: [...new Set([...(before?.paths ?? []), publicPath(call.path)])],
      ...kind,
      times: (before?.times ?? 0) + 1,
      characters: widened(before?.characters, length),
      milliseconds: widened(before?.milliseconds, outcome.ms),
    });
  }

  get calls(): { calls: readonly AnonymousCall[]; moreCalls: number } {
    const all = [...this.byKind.values()];
    return { calls: all.slice(0, MOST), moreCalls: Math.max(0, all.length - MOST) };
  }

  private kindOf({ fields, outcome }: MadeCall): Kind {
    const reply = replyFrom(outcome, readSuccess);
    return {
      withKey: fields !== undefined,
      fields: fields ?? [],
      outcome: reply.ok ? "success" : reply.failure,
      ...(outcome.kind === "answer" ? this.answerOf(outcome) : NO_ANSWER),
    };
  }

  private answerOf(answer: HttpAnswer): Pick<Kind, "status" | "mediaType" | "body" | "shape"> {
    const json = parsedJson(answer.text);
    return {
      status: answer.status,
      mediaType: mediaTypeOf(answer.contentType),
      body: json === undefined ? bodyOf(answer.text) : "json",
      shape: json === undefined ? null : shapeOf(json, this.isPublic),
    };
  }
}

const NO_ANSWER = { status: null, mediaType: null, body: null, shape: null };

function bodyOf(text: string): "page" | "text" | "empty" {
  const start = text.trimStart();
  if (start === "") return "empty";
  return start.startsWith("<") ? "page" : "text";
}

const MEDIA_TYPES = ["application/json", "text/html", "text/plain", "text/xml", "application/xml"] as const;

function mediaTypeOf(contentType: string): MediaType {
  const [type = ""] = contentType.toLowerCase().split(";");
  if (type.trim() === "") return "none";
  return MEDIA_TYPES.find((known) => known === type.trim()) ?? "other";
}

function widened(range: Range | undefined, value: number): Range {
  return { least: Math.min(range?.least ?? value, value), most: Math.max(range?.most ?? value, value) };
}
