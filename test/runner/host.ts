// The dynamic-provider process: the script of the program's own SDK, in plain node, driven over gRPC.
import { createRequire } from "node:module";
import type { ServiceError } from "@grpc/grpc-js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { withResolvers } from "./async";
import { type RunningProcess, startProcess } from "./processes";
import { grpc, providerRpc } from "./proto";

export interface HostSettings {
  /** The program's folder: `@pulumi/pulumi` is resolved from here, and the process runs here. */
  cwd: string;
  pulumi: string;
  env: NodeJS.ProcessEnv;
  engineAddress: string;
  onStdout: (line: string) => void;
  onStderr: (line: string) => void;
  onStart: (process: RunningProcess) => void;
}

type Callback<Response> = (error: ServiceError | null, response: Response) => void;

export class Host {
  private constructor(
    readonly process: RunningProcess,
    readonly client: ResourceProviderClient,
  ) {}

  static async start(settings: HostSettings): Promise<Host> {
    const script = createRequire(`${settings.pulumi}/`).resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const firstLine = withResolvers<string>();
    let seenFirst = false;
    const running = startProcess("node", [script, settings.engineAddress], {
      cwd: settings.cwd,
      env: settings.env,
      onStderr: settings.onStderr,
      onStdout: (line) => {
        if (seenFirst) return settings.onStdout(line);
        seenFirst = true;
        firstLine.resolve(line);
      },
    });
    settings.onStart(running);
    const ended = running.exited.then(({ code }) => {
      throw new Error(`the dynamic-provider process ended with code ${code} before it listened`);
    });
    const port = Number(await Promise.race([firstLine.promise, ended]));
    ended.catch(() => undefined);
    return new Host(running, connect(port));
  }

  call<Response>(
    send: (client: ResourceProviderClient, done: Callback<Response>) => unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      send(this.client, (error, response) => (error === null ? resolve(response) : reject(error)));
    });
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.process.stop();
  }
}

function connect(port: number): ResourceProviderClient {
  const size = 1024 * 1024 * 400;
  return new providerRpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": size,
    "grpc.max_send_message_length": size,
  });
}
