import { AsyncLocalStorage } from "node:async_hooks";
import type { LogLevel } from "../lifecycle/context";
import { EngineClient, grpc, LogRequest, LogSeverity } from "./proto";

// The engine answers at once; one that does not is gone, and the process ends with it.
const DEADLINE_MS = 5_000;

const SEVERITIES: Readonly<Record<LogLevel, number>> = {
  info: LogSeverity.INFO,
  warning: LogSeverity.WARNING,
};

/** What one call says, and about which resource. */
interface Speaker {
  readonly urn: string;
  readonly sent: Promise<void>[];
}

/** Tells the user of this engine what is not an error, beside the resource that it concerns. */
export class EngineLog {
  private readonly speaker = new AsyncLocalStorage<Speaker>();
  private readonly said = new Set<string>();
  private client: InstanceType<typeof EngineClient> | undefined;

  /** From now on another engine is there, which has been told nothing. */
  attach(address: string): void {
    this.client?.close();
    this.said.clear();
    this.client = new EngineClient(address, grpc.credentials.createInsecure());
  }

  /** Runs a call, and answers it when the engine has all that it said: what comes later, the engine may drop. */
  async during<T>(urn: string, call: () => Promise<T>): Promise<T> {
    const speaker: Speaker = { urn, sent: [] };
    try {
      return await this.speaker.run(speaker, call);
    } finally {
      await Promise.all(speaker.sent);
    }
  }

  /** Once per resource: a replacement is checked twice. */
  write(level: LogLevel, text: string): void {
    const { urn, sent } = this.speaker.getStore() ?? { urn: "", sent: [] };
    const key = JSON.stringify([urn, text]);
    if (this.said.has(key)) return;
    this.said.add(key);
    const request = new LogRequest();
    request.setSeverity(SEVERITIES[level] as Parameters<typeof request.setSeverity>[0]);
    request.setMessage(text);
    request.setUrn(urn);
    sent.push(this.send(request));
  }

  private send(request: InstanceType<typeof LogRequest>): Promise<void> {
    const options = { deadline: Date.now() + DEADLINE_MS };
    return new Promise((resolve) => {
      if (this.client === undefined) return resolve();
      this.client.log(request, new grpc.Metadata(), options, () => resolve());
    });
  }
}
