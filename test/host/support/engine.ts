import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import type { Door } from "./doors";
import { Empty, engineMessages, grpc, services } from "./proto";

/** What an engine was told about a resource. */
export interface Log {
  readonly severity: string;
  readonly text: string;
  readonly urn: string;
}

/** What is at the engine's address, until the CLI is killed. */
export interface Engine {
  readonly address: string;
  readonly logs: readonly Log[];
  /** Hears the next log. */
  readonly next: () => Promise<void>;
  /** What the operating system does for a CLI that is killed: from now on nothing is accepted here. */
  readonly close: () => Promise<void>;
}

export function openEngine(door: Door): Promise<Engine> {
  return door === "dynamic" ? EngineAddress.open() : EngineService.open();
}

/** Something that accepts connections, which is all that a dynamic-provider process wants of its engine. */
class EngineAddress implements Engine {
  readonly logs = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => this.sockets.delete(socket));
    });
  }

  static async open(): Promise<EngineAddress> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new EngineAddress(server);
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  next(): Promise<void> {
    return new Promise(() => undefined);
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, "close");
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

/** The service of the engine that hears the logs of its plugins. */
class EngineService implements Engine {
  readonly logs: Log[] = [];
  private hear: () => void = () => undefined;
  private heard = this.listen();

  private constructor(
    private readonly server: InstanceType<typeof grpc.Server>,
    readonly address: string,
  ) {}

  static async open(): Promise<EngineService> {
    const server = new grpc.Server();
    const log = (
      { request }: ServerUnaryCall<LogRequest, unknown>,
      done: sendUnaryData<InstanceType<typeof Empty>>,
    ) => {
      service.add(request);
      done(null, new Empty());
    };
    server.addService(services.EngineService, { log } as never);
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    const service = new EngineService(server, `127.0.0.1:${port}`);
    return service;
  }

  next(): Promise<void> {
    return this.heard;
  }

  async close(): Promise<void> {
    this.server.forceShutdown();
  }

  private add(request: LogRequest): void {
    const severity = SEVERITIES[request.getSeverity()] ?? "";
    this.logs.push({ severity, text: request.getMessage(), urn: request.getUrn() });
    this.hear();
    this.heard = this.listen();
  }

  private listen(): Promise<void> {
    return new Promise((resolve) => {
      this.hear = resolve;
    });
  }
}

const SEVERITIES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(engineMessages.LogSeverity).map(([name, value]) => [value, name.toLowerCase()]),
);
