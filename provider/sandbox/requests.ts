import type { EndpointName } from "../cake/endpoints";
import type { FaultKind } from "./faults";
import type { Fields } from "./wire";

/** The endpoint of a request, or `unknown` if there is no such endpoint. */
export type Operation = EndpointName | "unknown";

/** A request as it arrived. It never has the API key. */
export interface Call {
  readonly operation: Operation;
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  /** The fields of the body (POST) or of the query (GET), without the API key. */
  readonly fields: Fields;
  /** Whether it had an API key, valid or not. */
  readonly hasKey: boolean;
}

/** A request and its outcome. Records are in order of arrival. */
export interface RecordedRequest extends Call {
  /** 1 for the first request of the instance, and so on. `forgetRequests()` does not reset it. */
  readonly number: number;
  /** The time of arrival, in milliseconds since 1970. */
  readonly at: number;
  /** The HTTP status that was sent; `undefined` until then, and if none was sent. */
  readonly status: number | undefined;
  /** CAKE's own `request_status`, which a fault may have hidden from the caller; `undefined` if CAKE gave none. */
  readonly requestStatus: "Success" | "Failure" | undefined;
  /** The fault of this request, if any. */
  readonly fault: FaultKind | undefined;
  /** Whether it reached CAKE's own logic, where it can have an effect. */
  readonly reached: boolean;
}

/** The record of a request that is not answered yet. */
export type OpenRequest = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

export class RequestRecorder {
  #requests: OpenRequest[] = [];
  #calls = new Map<Operation, number>();
  #count = 0;
  #open = 0;
  #peak = 0;

  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  /** The maximum number of concurrent requests. */
  get peak(): number {
    return this.#peak;
  }

  calls(operation: Operation): number {
    return this.#calls.get(operation) ?? 0;
  }

  begin(call: Call): OpenRequest {
    this.#count += 1;
    this.#open += 1;
    this.#peak = Math.max(this.#peak, this.#open);
    this.#calls.set(call.operation, this.calls(call.operation) + 1);
    const request: OpenRequest = {
      ...call,
      number: this.#count,
      at: Date.now(),
      status: undefined,
      requestStatus: undefined,
      fault: undefined,
      reached: false,
    };
    this.#requests.push(request);
    return request;
  }

  end(request: OpenRequest, status: number | undefined): void {
    this.#open -= 1;
    request.status = status;
  }

  forget(): void {
    this.#requests = [];
    this.#calls = new Map();
    this.#peak = this.#open;
  }
}
