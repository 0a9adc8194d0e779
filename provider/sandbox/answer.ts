/** An HTTP answer as CAKE would give it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What CAKE itself would write into its log about this answer; none where it is a web server's. */
  readonly requestStatus?: "Success" | "Failure";
}

/** What becomes of an answer on its way to the caller. */
export type Delivery =
  | { readonly how: "whole"; readonly answer: Answer }
  /** The headers promise the whole answer, half of the body follows, and then the connection ends so. */
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

/** CAKE's yes, with what was asked for. */
export function success(fields: Readonly<Record<string, unknown>>): Answer {
  return { ...jsonAnswer(200, { request_status: "Success", ...fields }), requestStatus: "Success" };
}

/** CAKE's refusal. No failed v2 answer is published; this is the documented envelope with the legacy `message`. */
export function refusal(status: number, message: string): Answer {
  return { ...jsonAnswer(status, { request_status: "Failure", message }), requestStatus: "Failure" };
}

/** A legacy endpoint's yes in its JSON mode. Source: the client pycake. */
export function legacySuccess(fields: Readonly<Record<string, unknown>>): Answer {
  return { ...jsonAnswer(200, { d: { success: true, ...fields } }), requestStatus: "Success" };
}

/** A legacy endpoint's refusal in its JSON mode: HTTP 200, whatever is wrong. Source: soapy_cake's recorded answers. */
export function legacyRefusal(message: string): Answer {
  return { ...jsonAnswer(200, { d: { success: false, message, row_count: 0 } }), requestStatus: "Failure" };
}
