// The ResourceMonitor service: what the program's SDK talks to.
import type { handleUnaryCall, ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Bag } from "../host/support/proto";
import { Empty, fromStruct, grpc, messages, toStruct } from "../host/support/proto";
import { resourceProto } from "./proto";
import { isProviderType, makeUrn, type StackName } from "./urn";

/** What a program asks for. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  /** As the program has them, secrets marked. */
  readonly inputs: Bag;
  /** The URN of an explicit provider; empty for the default one. */
  readonly provider: string;
  readonly aliases: readonly string[];
  readonly secretOutputs: readonly string[];
}

/** What the program is told of a resource; undefined if it failed. */
export interface Registered {
  readonly id: string;
  /** Secrets marked. */
  readonly outputs: Bag;
}

export interface MonitorContext extends StackName {
  readonly organization: string;
  register(registration: Registration): Promise<Registered | undefined>;
  registerOutputs(urn: string, outputs: Bag): void;
  lookup(urn: string): Registered | undefined;
  /** The program has said all; answered when the run is over. */
  programEnded(): Promise<void>;
}

const FEATURES = new Set(["secrets", "resourceReferences", "aliasSpecs"]);

export class Monitor {
  /** The provider that each component hands down. */
  private readonly handedDown = new Map<string, string>();

  constructor(private readonly context: MonitorContext) {}

  service(): IResourceMonitorServer {
    const { context } = this;
    return {
      getDeploymentInfo: answer(async () =>
        new resourceProto.DeploymentInfo()
          .setOrganization(context.organization)
          .setProject(context.project)
          .setStack(context.stack),
      ),
      supportsFeature: answer(async (request) =>
        new resourceProto.SupportsFeatureResponse().setHassupport(FEATURES.has(request.getId())),
      ),
      invoke: answer((request) => this.invoke(request)),
      registerResource: answer((request) => this.register(request)),
      registerResourceOutputs: answer(async (request) => this.registerOutputs(request)),
      signalAndWaitForShutdown: answer(async () => {
        await context.programEnded();
        return new Empty();
      }),
      call: refused("calls"),
      readResource: refused("resources that are only read"),
      registerStackTransform: refused("transforms"),
      registerStackInvokeTransform: refused("transforms of invokes"),
      registerResourceHook: refused("hooks"),
      registerErrorHook: refused("hooks"),
      registerPackage: refused("parameterized packages"),
    };
  }

  private async register(request: RegisterResourceRequest) {
    const registration = this.registrationOf(request);
    const registered = await this.context.register(registration);
    if (registered === undefined && !request.getSupportsresultreporting())
      throw new Error("resource registration failed");
    const { id = "", outputs = {} } = registered ?? {};
    return new resourceProto.RegisterResourceResponse()
      .setUrn(registration.urn)
      .setId(id)
      .setObject(toStruct(outputs))
      .setResult(registered === undefined ? resourceProto.Result.FAIL : resourceProto.Result.SUCCESS);
  }

  private registrationOf(request: RegisterResourceRequest): Registration {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const urn = makeUrn(this.context, parent, type, name);
    const given = request.getProvider() || request.getProvidersMap().get("pulumi-nodejs");
    const provider = (given ?? "").split("::").slice(0, -1).join("::") || this.handedDown.get(parent) || "";
    if (!request.getCustom()) this.handedDown.set(urn, provider);
    return {
      ...{ urn, type, provider, custom: request.getCustom() },
      inputs: fromStruct(request.getObject()),
      aliases: this.aliasesOf(request),
      secretOutputs: request.getAdditionalsecretoutputsList(),
    };
  }

  private aliasesOf(request: RegisterResourceRequest): string[] {
    const specs = request.getAliasesList().map((alias) => {
      const spec = alias.getSpec();
      if (spec === undefined) return alias.getUrn();
      const parent = spec.getNoparent() ? "" : spec.getParenturn() || request.getParent();
      const stack = {
        stack: spec.getStack() || this.context.stack,
        project: spec.getProject() || this.context.project,
      };
      return makeUrn(stack, parent, spec.getType() || request.getType(), spec.getName() || request.getName());
    });
    return [...request.getAliasurnsList(), ...specs];
  }

  private registerOutputs(request: RegisterResourceOutputsRequest) {
    this.context.registerOutputs(request.getUrn(), fromStruct(request.getOutputs()));
    return new Empty();
  }

  /** The SDK turns references to resources in outputs back into resources with this one invoke. */
  private async invoke(request: ResourceInvokeRequest) {
    if (request.getTok() !== "pulumi:pulumi:getResource") throw unsupported(`invokes (${request.getTok()})`);
    const urn = String(fromStruct(request.getArgs()).urn);
    const found = this.context.lookup(urn);
    if (found === undefined) throw new Error(`unknown resource ${urn}`);
    return new messages.InvokeResponse().setReturn(toStruct({ urn, id: found.id, state: found.outputs }));
  }
}

/** What the runner can run: components, dynamic resources, and the providers of those. */
export function isSupported({ custom, type }: Registration): boolean {
  return (
    !custom ||
    type === "pulumi:providers:pulumi-nodejs" ||
    (!isProviderType(type) && type.startsWith("pulumi-nodejs:"))
  );
}

export function unsupported(feature: string): Error {
  return new Error(`the stack runner does not support ${feature}; run this program with the Pulumi CLI`);
}

function refused<Request, Response>(feature: string): handleUnaryCall<Request, Response> {
  return answer(async () => {
    throw unsupported(feature);
  });
}

export function answer<Request, Response>(
  handle: (request: Request) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => {
    handle(call.request).then(
      (response) => callback(null, response),
      (error: unknown) =>
        callback({
          code: grpc.status.UNKNOWN,
          details: error instanceof Error ? error.message : String(error),
        }),
    );
  };
}
