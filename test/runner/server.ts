// The engine's address: one gRPC server for the program and for whatever the host wants to know.
import type { Server } from "@grpc/grpc-js";
import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { answer } from "./monitor";
import { emptyProto, engineProto, engineRpc, grpc, resourceRpc } from "./proto";
import type { Severity } from "./steps/step";

export interface EngineContext {
  diagnose(severity: Severity, urn: string, message: string): void;
}

export class EngineServer {
  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async start(monitor: IResourceMonitorServer, engine: EngineContext): Promise<EngineServer> {
    const size = 1024 * 1024 * 400;
    const server = new grpc.Server({
      "grpc.max_receive_message_length": size,
      "grpc.max_send_message_length": size,
    });
    server.addService(resourceRpc.ResourceMonitorService, monitor);
    server.addService(engineRpc.EngineService, engineService(engine));
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    return new EngineServer(server, `127.0.0.1:${port}`);
  }

  stop(): void {
    this.server.forceShutdown();
  }
}

const severities: Severity[] = ["debug", "info", "warning", "error"];

function engineService(context: EngineContext): IEngineServer {
  let root = "";
  return {
    log: answer(async (request) => {
      const severity = severities[request.getSeverity()] ?? "info";
      if (!request.getEphemeral()) context.diagnose(severity, request.getUrn() || root, request.getMessage());
      return new emptyProto.Empty();
    }),
    getRootResource: answer(async () => new engineProto.GetRootResourceResponse().setUrn(root)),
    setRootResource: answer(async (request) => {
      root = request.getUrn();
      return new engineProto.SetRootResourceResponse();
    }),
    startDebugging: answer(async () => new emptyProto.Empty()),
    requirePulumiVersion: answer(async () => new engineProto.RequirePulumiVersionResponse()),
  };
}
