// The engine's address: one gRPC server for the program and for whatever the providers want to know.
import type { Server } from "@grpc/grpc-js";
import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { Empty, grpc } from "../host/support/proto";
import { answer } from "./monitor";
import { engineProto, engineRpc, resourceRpc } from "./proto";

export type Severity = "debug" | "info" | "warning" | "error";
export type Diagnose = (severity: Severity, urn: string, message: string) => void;

const SEVERITIES: readonly Severity[] = ["debug", "info", "warning", "error"];
const SIZE = 400 * 1024 * 1024;

export class EngineServer {
  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async start(monitor: IResourceMonitorServer, diagnose: Diagnose): Promise<EngineServer> {
    const server = new grpc.Server({
      "grpc.max_receive_message_length": SIZE,
      "grpc.max_send_message_length": SIZE,
    });
    server.addService(resourceRpc.ResourceMonitorService, monitor);
    server.addService(engineRpc.EngineService, engineService(diagnose));
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

function engineService(diagnose: Diagnose): IEngineServer {
  let root = "";
  return {
    log: answer(async (request) => {
      const severity = SEVERITIES[request.getSeverity()] ?? "info";
      if (!request.getEphemeral()) diagnose(severity, request.getUrn() || root, request.getMessage());
      return new Empty();
    }),
    getRootResource: answer(async () => new engineProto.GetRootResourceResponse().setUrn(root)),
    setRootResource: answer(async (request) => {
      root = request.getUrn();
      return new engineProto.SetRootResourceResponse();
    }),
    startDebugging: answer(async () => new Empty()),
    requirePulumiVersion: answer(async () => new engineProto.RequirePulumiVersionResponse()),
  };
}
