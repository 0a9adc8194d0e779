import { POSTBACK_STATUSES, type Postback } from "../postback/postback";
import type { Behaviour } from "./behaviour";
import { defaultBehaviour } from "./behaviour";
import type { Emulator } from "./emulator";
import type { FaultPlan } from "./faults";
import { Pause, type PauseOptions } from "./pause";
import type { Operation, RecordedRequest } from "./requests";

/** A row to add by hand. */
export type NewPostback = Pick<Postback, "affiliateId" | "offerId" | "postbackUrl"> & Partial<Postback>;

/** One CAKE instance of a sandbox, with its own address, key and postbacks. */
export class SandboxInstance {
  readonly name: string;
  /** `127.0.0.1:PORT` */
  readonly domain: string;
  /** `http://127.0.0.1:PORT`: the API, and in a browser the page for people. */
  readonly url: string;
  readonly #emulator: Emulator;

  /** @internal A sandbox makes them. */
  constructor(name: string, port: number, emulator: Emulator) {
    this.name = name;
    this.domain = `127.0.0.1:${port}`;
    this.url = `http://${this.domain}`;
    this.#emulator = emulator;
  }

  /** The valid API key. */
  get apiKey(): string {
    return this.#emulator.apiKey;
  }

  /** The highest ID that was ever assigned. */
  get lastId(): number {
    return this.#emulator.store.lastId;
  }

  /** A copy of the live rows in the order of their IDs. */
  postbacks(): Postback[] {
    return this.#emulator.store.rows.map((row) => ({ ...row }));
  }

  postback(postbackId: number): Postback | undefined {
    const row = this.#emulator.store.get(postbackId);
    return row && { ...row };
  }

  /** Changes a row without the API, as somebody in the admin UI would. */
  edit(postbackId: number, changes: Partial<Omit<Postback, "postbackId">>): Postback {
    return { ...this.#emulator.store.update(postbackId, changes) };
  }

  /** Adds a row without the API. By default it is active and of type "Server". */
  add(postback: NewPostback): Postback {
    const [active] = POSTBACK_STATUSES;
    const { typeNames } = this.#emulator.behaviour;
    return {
      ...this.#emulator.store.insert({ postbackStatus: active, postbackType: typeNames[1], ...postback }),
    };
  }

  /** Removes a row without the API. Its ID is not used again. */
  remove(postbackId: number): Postback {
    return { ...this.#emulator.store.remove(postbackId) };
  }

  /** Replaces the API key. The old one becomes invalid at once. */
  rotateKey(apiKey: string): void {
    this.#emulator.apiKey = apiKey;
  }

  /** Every request since the start or the last `forgetRequests()`, in order of arrival. */
  get requests(): readonly RecordedRequest[] {
    return this.#emulator.recorder.requests;
  }

  /** The number of requests of an endpoint. */
  calls(operation: Operation): number {
    return this.#emulator.recorder.calls(operation);
  }

  /** The maximum number of concurrent requests. */
  get peakConcurrency(): number {
    return this.#emulator.recorder.peak;
  }

  /** Clears `requests`, and with it CAKE's request log. */
  forgetRequests(): void {
    this.#emulator.recorder.forget();
  }

  /** Changes the behavior of this instance. Options that are not given stay unchanged. */
  behave(changes: Partial<Behaviour>): void {
    const { lag, store, otherInstance } = this.#emulator;
    if (changes.tenant !== undefined) otherInstance(changes.tenant);
    this.#emulator.behaviour = { ...this.#emulator.behaviour, ...changes };
    if (changes.list === "stale") lag.freeze(store.rows);
    else if (changes.list !== undefined) lag.forget();
  }

  /** Makes future requests fail. Plans are used in the order in which they were added. */
  injectFault(plan: FaultPlan): void {
    this.#emulator.faults.add(plan);
  }

  /** Pauses the next request of an endpoint until it is released. */
  pause(on: Operation | "any", options?: PauseOptions): Pause {
    const pause = new Pause(on, options);
    this.#emulator.pauses.add(pause);
    return pause;
  }

  /** Resets this instance: no faults, the default behavior, and no pauses. */
  recover(): void {
    const { faults, pauses, lag } = this.#emulator;
    faults.clear();
    lag.forget();
    for (const pause of pauses) pause.release();
    pauses.clear();
    this.#emulator.behaviour = defaultBehaviour;
  }
}
