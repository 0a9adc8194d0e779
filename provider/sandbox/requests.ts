import type { EndpointName } from "../cake/endpoints";
import type { FaultKind } from "./faults";
import type { Fields } from "./wire";

/** What a request asked for: an endpoint of the table, or something that is not there. */
export type Operation = EndpointName | "unknown";

/** A request as it came in. It never holds the API key. */
export interface Call {
  readonly operation: Operation;
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  /** The fields of the body (POST) or of the query (GET), without the API key. */
  readonly fields: Fields;
}

/** A request and what became of it. The order of the records is the order in which requests came in. */
export interface RecordedRequest extends Call {
  /** 1 for the first request of the instance, and so on; goes on after `forgetRequests()`. */
  readonly number: number;
  /** When it came in, in milliseconds since 1970. */
  readonly at: number;
  /** The HTTP status that was sent; `undefined` while it is under way, and for ever if none was sent. */
  readonly status: number | undefined;
  /** What CAKE itself said, which a fault may have kept from the caller; `undefined` where it said neither yes nor no. */
  readonly requestStatus: "Success" | "Failure" | undefined;
  /** The fault that it met, if any. */
  readonly fault: FaultKind | undefined;
  /** Whether it got as far as CAKE's own logic, where it can have an effect. */
  readonly reached: boolean;
}

/** A record while its request is under way. */
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

  /** The most requests that were under way at once. */
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
