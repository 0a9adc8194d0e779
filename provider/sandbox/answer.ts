/** An HTTP answer as CAKE would send it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The status that CAKE would log for this answer; undefined if a web server sent it. */
  readonly requestStatus?: "Success" | "Failure";
}

/** How an answer reaches the caller. */
export type Delivery =
  | { readonly how: "whole"; readonly answer: Answer }
  /**
   * The headers announce the complete answer, half of the body follows, and then the connection ends as `ending` says.
   */
  | { readonly how: "half"; readonly answer: Answer; readonly ending: "reset" | "silence" }
  | { readonly how: "reset" }
  | { readonly how: "silence" };

export function jsonAnswer(status: number, body: unknown): Answer {
  return {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  };
}

export function htmlAnswer(status: number, title: string): Answer {
  const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, headers: { "Content-Type": "text/html; charset=utf-8" }, body };
}

/** CAKE's successful answer, with the fields that were requested. */
export function success(fields: Readonly<Record<string, unknown>>): Answer {
  return { ...jsonAnswer(200, { request_status: "Success", ...fields }), requestStatus: "Success" };
}

/** CAKE's refusal. No failed v2 answer is published; this is the documented envelope with the legacy `message`. */
export function refusal(status: number, message: string): Answer {
  return { ...jsonAnswer(status, { request_status: "Failure", message }), requestStatus: "Failure" };
}

/** The successful answer of a legacy endpoint in its JSON mode. Source: the client pycake. */
export function legacySuccess(fields: Readonly<Record<string, unknown>>): Answer {
  return { ...jsonAnswer(200, { d: { success: true, ...fields } }), requestStatus: "Success" };
}

/**
 * The refusal of a legacy endpoint in its JSON mode, which is always HTTP 200. Source: soapy_cake's recorded answers.
 */
export function legacyRefusal(message: string): Answer {
  return { ...jsonAnswer(200, { d: { success: false, message, row_count: 0 } }), requestStatus: "Failure" };
}
