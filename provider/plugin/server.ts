import type { ServerUnaryCall, ServerWritableStream, sendUnaryData } from "@grpc/grpc-js";
import type * as pb from "@pulumi/pulumi/proto/provider_pb";
import { explicitName } from "../door/providerName";
import { ProviderProcess } from "../door/providerProcess";
import { presentable } from "../lifecycle/serializeErrors";
import { ownManifest } from "../manifest";
import { CodedError } from "../message";
import { EngineLog } from "./engineLog";
import { RpcError, rpcError } from "./failures";
import { Invokes } from "./invokes";
import { messages } from "./messages";
import { PostbackCalls } from "./postbackCalls";
import { Empty, grpc, PluginInfo, provider, ResourceProviderService } from "./proto";
import schema from "./schema.json";
import { checkConfig, configure, diffConfig } from "./settingsCalls";

// Whatever a stack holds must fit: gRPC itself allows 4 MB.
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** A provider that listens. */
export interface Listening {
  readonly port: number;
  /** Ends the process as when the engine is gone. */
  readonly end: () => Promise<void>;
  /** What to say of an error that no call has caught. */
  readonly presentable: (error: unknown) => string;
}

/**
 * Serves the lifecycle to the engine as a provider of its own.
 *
 * @param engine The engine's address, with which the process ends. A person who starts it has none: each engine gives its
 * own when it attaches.
 */
export async function serve(engine?: string): Promise<Listening> {
  const plugin = new Plugin();
  if (engine !== undefined) {
    plugin.attach(engine);
    plugin.served.watchEngine();
  }
  // What it has to say is in its errors.
  grpc.setLogVerbosity(grpc.logVerbosity.NONE);
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(ResourceProviderService, plugin.service());
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(new CodedError(messages.cannotListen(error.message))) : resolve(bound),
    ),
  );
  const { served } = plugin;
  return {
    port,
    end: () => served.end(),
    presentable: (error) => presentable(error, {}, served.redact).message,
  };
}

class Plugin {
  private engine = "";
  private readonly log = new EngineLog();
  readonly served = new ProviderProcess({
    engine: () => this.engine,
    log: (level, text) => this.log.write(level, text),
  });
  private readonly postbacks = new PostbackCalls(this.served);
  private invokes = new Invokes(this.served);
  private configured: { readonly engine: string; readonly urn: string } | undefined;

  attach(engine: string): void {
    if (engine === "" || engine === this.engine) return;
    this.engine = engine;
    this.log.attach(engine);
  }

  /** What the engine may call. Whatever is not named is answered as unimplemented. */
  service() {
    const { postbacks } = this;
    return {
      handshake: this.answer((request: InstanceType<typeof provider.ProviderHandshakeRequest>) => {
        this.attach(request.getEngineAddress());
        return new provider.ProviderHandshakeResponse().setAcceptSecrets(true);
      }),
      attach: this.answer((request: { getAddress(): string }) => {
        this.attach(request.getAddress());
        return new Empty();
      }),
      getPluginInfo: this.answer(() => new PluginInfo().setVersion(ownManifest().version)),
      getSchema: this.answer(() => new provider.GetSchemaResponse().setSchema(JSON.stringify(schema))),
      checkConfig: this.answer(checkConfig),
      diffConfig: this.answer(diffConfig),
      configure: this.answer((request: pb.ConfigureRequest) => this.configure(request)),
      check: this.answer(postbacks.check),
      diff: this.answer(postbacks.diff),
      create: this.answer(postbacks.create),
      read: this.answer(postbacks.read),
      update: this.answer(postbacks.update),
      delete: this.answer(postbacks.delete),
      invoke: this.answer((request: pb.InvokeRequest) => this.invokes.invoke(request)),
      list: this.stream((call) => this.invokes.list(call)),
      // What is under way goes on: the engine waits for it.
      cancel: this.answer(() => new Empty()),
    };
  }

  /** Takes the settings of a provider. An engine that attached to a running process would give it those of all of them. */
  private configure(request: pb.ConfigureRequest): pb.ConfigureResponse {
    const { engine, configured } = this;
    const urn = request.getUrn() ?? "";
    const names = [configured?.urn ?? urn, urn].map(explicitName);
    // The stack's own provider has a URN for each version of the package.
    if (configured?.engine === engine && configured.urn !== urn && names.some((name) => name !== undefined))
      throw new CodedError(messages.twoProviders(names));
    const response = configure(this.served, request);
    this.configured = { engine, urn };
    // What was looked up for one run is old in the next.
    this.invokes = new Invokes(this.served);
    return response;
  }

  private answer<Request, Response>(operation: (request: Request) => Response | Promise<Response>) {
    return ({ request }: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>): void => {
      this.log
        .during(urnOf(request), async () => operation(request))
        .then(
          (response) => done(null, response),
          (error: unknown) => done(this.rpcErrorOf(error)),
        );
    };
  }

  private stream(operation: (call: ServerWritableStream<pb.ListRequest, pb.ListResponse>) => Promise<void>) {
    return (call: ServerWritableStream<pb.ListRequest, pb.ListResponse>): void => {
      this.log
        .during("", () => operation(call))
        .catch((error: unknown) => call.emit("error", this.rpcErrorOf(error)));
    };
  }

  private rpcErrorOf(error: unknown): RpcError {
    return error instanceof RpcError ? error : rpcError(presentable(error, {}, this.served.redact));
  }
}

function urnOf(request: unknown): string {
  return (request as { getUrn?: () => string | undefined }).getUrn?.() ?? "";
}
