import { POSTBACK_STATUSES, type Postback } from "../postback/postback";
import type { Behaviour } from "./behaviour";
import { defaultBehaviour } from "./behaviour";
import type { Emulator } from "./emulator";
import type { FaultPlan } from "./faults";
import { Pause, type PauseOptions } from "./pause";
import type { Operation, RecordedRequest } from "./requests";

/** A row to add by hand. */
export type NewPostback = Pick<Postback, "affiliateId" | "offerId" | "postbackUrl"> & Partial<Postback>;

/** One CAKE of a sandbox, with its own address, key and postbacks. */
export class SandboxInstance {
  readonly name: string;
  /** `127.0.0.1:PORT` */
  readonly domain: string;
  /** `http://127.0.0.1:PORT`: the API, and in a browser the page for people. */
  readonly url: string;
  readonly #emulator: Emulator;

  constructor(name: string, port: number, emulator: Emulator) {
    this.name = name;
    this.domain = `127.0.0.1:${port}`;
    this.url = `http://${this.domain}`;
    this.#emulator = emulator;
  }

  /** The key that is good at present. */
  get apiKey(): string {
    return this.#emulator.apiKey;
  }

  /** The highest id ever handed out. */
  get lastId(): number {
    return this.#emulator.store.lastId;
  }

  /** The live rows as they are now, in the order of ids. A copy: later changes do not show in it. */
  postbacks(): Postback[] {
    return this.#emulator.store.rows.map((row) => ({ ...row }));
  }

  postback(postbackId: number): Postback | undefined {
    const row = this.#emulator.store.get(postbackId);
    return row && { ...row };
  }

  /** Changes a row behind the API's back, as somebody in the admin UI would. */
  edit(postbackId: number, changes: Partial<Omit<Postback, "postbackId">>): Postback {
    return { ...this.#emulator.store.update(postbackId, changes) };
  }

  /** Adds a row behind the API's back: active and of type "Server" unless it says otherwise. */
  add(postback: NewPostback): Postback {
    const [active] = POSTBACK_STATUSES;
    const { typeNames } = this.#emulator.behaviour;
    return {
      ...this.#emulator.store.insert({ postbackStatus: active, postbackType: typeNames[1], ...postback }),
    };
  }

  /** Removes a row behind the API's back. Its id is not used again. */
  remove(postbackId: number): Postback {
    return { ...this.#emulator.store.remove(postbackId) };
  }

  /** Makes a new key, which kills the old one at once. */
  rotateKey(apiKey: string): void {
    this.#emulator.apiKey = apiKey;
  }

  /** Every request since the start or the last `forgetRequests()`, in the order of arrival. */
  get requests(): readonly RecordedRequest[] {
    return this.#emulator.recorder.requests;
  }

  /** How many requests an endpoint has had. */
  calls(operation: Operation): number {
    return this.#emulator.recorder.calls(operation);
  }

  /** The most requests that were under way at once. */
  get peakConcurrency(): number {
    return this.#emulator.recorder.peak;
  }

  /** Empties `requests`, and with it CAKE's own request log. */
  forgetRequests(): void {
    this.#emulator.recorder.forget();
  }

  /** Makes this another CAKE. What is not mentioned stays as it is. */
  behave(changes: Partial<Behaviour>): void {
    const { lag, store, otherInstance } = this.#emulator;
    if (changes.tenant !== undefined) otherInstance(changes.tenant);
    this.#emulator.behaviour = { ...this.#emulator.behaviour, ...changes };
    if (changes.list === "stale") lag.freeze(store.rows);
    else if (changes.list !== undefined) lag.forget();
  }

  /** Makes coming requests go wrong. Plans are used up in the order in which they were made. */
  injectFault(plan: FaultPlan): void {
    this.#emulator.faults.add(plan);
  }

  /** Stops the next request of an endpoint until it is released. */
  pause(on: Operation | "any", options?: PauseOptions): Pause {
    const pause = new Pause(on, options);
    this.#emulator.pauses.add(pause);
    return pause;
  }

  /** Makes this an ordinary CAKE again: no faults to come, no odd behaviour, nothing paused. */
  recover(): void {
    const { faults, pauses, lag } = this.#emulator;
    faults.clear();
    lag.forget();
    for (const pause of pauses) pause.release();
    pauses.clear();
    this.#emulator.behaviour = defaultBehaviour;
  }
}
