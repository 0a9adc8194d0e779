import { setTimeout as delay } from "node:timers/promises";
import { type EndpointName, endpoints } from "../cake/endpoints";
import { type Answer, type Delivery, htmlAnswer, legacyRefusal, refusal } from "./answer";
import { type Behaviour, defaultBehaviour } from "./behaviour";
import { applyFault, type Fault, type FaultPoint, FaultQueue, faultPointOf } from "./faults";
import { ListLag } from "./list";
import { type OperationContext, operations } from "./operations";
import { otherList } from "./otherList";
import type { Pause } from "./pause";
import { type Call, type OpenRequest, type Operation, RequestRecorder } from "./requests";
import type { PostbackStore } from "./store";

/** An operation, and where its request has the API key. */
export interface Route {
  readonly operation: EndpointName;
  readonly keyIn: "body" | "query";
}

/** An emulated CAKE instance: its rows, behavior and recorded requests. It does not use sockets. */
export class Emulator {
  apiKey: string;
  behaviour: Behaviour = defaultBehaviour;
  readonly store: PostbackStore;
  readonly lag = new ListLag();
  readonly faults = new FaultQueue();
  readonly pauses = new Set<Pause>();
  readonly recorder = new RequestRecorder();
  /** Another instance of the same sandbox; throws if no instance has that name. */
  readonly otherInstance: (name: string) => Emulator;

  constructor(apiKey: string, store: PostbackStore, otherInstance: (name: string) => Emulator) {
    this.apiKey = apiKey;
    this.store = store;
    this.otherInstance = otherInstance;
    store.onChange((before, after) => {
      const id = (after ?? before)?.postbackId;
      const { listLag } = this.behaviour;
      if (id !== undefined && listLag > 0) this.lag.note(id, before, listLag);
    });
  }

  /** The endpoint of a method and a path, or `undefined` if this instance has none. Two endpoints may share a path. */
  routeAt(method: string, path: string): Route | undefined {
    const operation = (Object.keys(endpoints) as EndpointName[]).find(
      (name) => endpoints[name].method === method && this.#pathOf(name) === path,
    );
    return operation && { operation, keyIn: endpoints[operation].keyIn };
  }

  /** Handles a call: returns the real answer, or what a fault makes of it. */
  async handle(call: Call, apiKey: unknown): Promise<Delivery> {
    const request = this.recorder.begin(call);
    const fault = this.faults.next(request);
    request.fault = fault?.kind;
    if (this.behaviour.latencyMs > 0) await delay(this.behaviour.latencyMs, undefined, { ref: false });
    await this.#pass(request, "before");
    const delivery = this.#dated(this.#deliver(request, fault, apiKey));
    await this.#pass(request, "after");
    this.recorder.end(request, "answer" in delivery ? delivery.answer.status : undefined);
    return delivery;
  }

  #deliver(request: OpenRequest, fault: Fault | undefined, apiKey: unknown): Delivery {
    const behaviour =
      fault?.kind === "behaviour" ? { ...this.behaviour, ...fault.behaviour } : this.behaviour;
    const context = { request, now: this.#serverTime() };
    if (behaviour.addressIgnored === "hang") return { how: "silence" };
    if (behaviour.addressIgnored === "empty") return applyFault({ kind: "empty" }, context);
    if (fault && faultPointOf(fault) === "before") return applyFault(fault, context);
    request.reached = true;
    const answer = this.#answer(request, apiKey, behaviour);
    request.requestStatus = answer.requestStatus;
    return fault ? applyFault(fault, context, answer) : { how: "whole", answer };
  }

  #answer(call: Call, apiKey: unknown, behaviour: Behaviour): Answer {
    const { operation } = call;
    const isKeyValid = apiKey === this.apiKey;
    if (!isKeyValid && behaviour.missingAnswer === "login") return loginRedirect();
    if (!isKeyValid && behaviour.missingAnswer === "key") return wrongKey(operation, behaviour);
    const other = call.method === "GET" ? behaviour.otherLists[call.path] : undefined;
    if (other && operation === "unknown")
      return isKeyValid ? otherList(other, call.fields, behaviour) : wrongKey(operation, behaviour);
    if (operation === "unknown" || behaviour[operation] === "missing") return missing(call, behaviour);
    if (!isKeyValid) return wrongKey(operation, behaviour);
    return operations[operation](this.#operationContext(behaviour), call.fields);
  }

  #serverTime(): number {
    return Date.now() + this.behaviour.clockOffsetSeconds * 1000;
  }

  /** Without a clock offset, the HTTP server writes the date itself. */
  #dated(delivery: Delivery): Delivery {
    if (this.behaviour.clockOffsetSeconds === 0 || !("answer" in delivery)) return delivery;
    const { answer } = delivery;
    const headers = { Date: new Date(this.#serverTime()).toUTCString(), ...answer.headers };
    return { ...delivery, answer: { ...answer, headers } };
  }

  /** The rows that operations use: this instance's, or another's if `tenant` names one. */
  #operationContext(behaviour: Behaviour): OperationContext {
    const owner = behaviour.tenant === undefined ? this : this.otherInstance(behaviour.tenant);
    return { behaviour, store: owner.store, lag: owner.lag, requests: this.recorder.requests };
  }

  #pathOf(name: EndpointName): string {
    return this.behaviour.paths[name] ?? endpoints[name].path;
  }

  async #pass(request: OpenRequest, point: FaultPoint): Promise<void> {
    for (const pause of [...this.pauses]) await pause.pass(request, point);
  }
}

function wrongKey(operation: Operation, { keyStatus }: Behaviour): Answer {
  const message = "Invalid API Key";
  return operation === "campaigns" ? legacyRefusal(message) : refusal(keyStatus, message);
}

function missing({ path }: Call, { missingAnswer, refusalStatus }: Behaviour): Answer {
  if (missingAnswer === "html") return htmlAnswer(200, "The resource cannot be found");
  if (missingAnswer === "refusal") return refusal(refusalStatus, `Unknown method ${path.split("/").pop()}`);
  const status = typeof missingAnswer === "number" ? missingAnswer : 404;
  return htmlAnswer(status, "The resource cannot be found");
}

function loginRedirect(): Answer {
  return { status: 302, headers: { Location: "/login" }, body: "" };
}
