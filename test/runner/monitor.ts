// The ResourceMonitor service: what the program's SDK talks to.
import type { handleUnaryCall, ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type {
  DeploymentInfo,
  ReadResourceRequest,
  ReadResourceResponse,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { messageOf, withResolvers } from "./async";
import type { Goal, ProgramEvent, RegistrationResult } from "./goal";
import { emptyProto, grpc, providerProto, resourceProto } from "./proto";
import { goalOf, Refusal, refuseRead } from "./registration";
import type { ResourceState } from "./state";
import { isProviderType, packageOf, parseReference, typeOf } from "./urn";
import { containsUnknowns, type PropertyMap } from "./values";
import { fromStruct, toStruct } from "./wire";

export interface MonitorContext {
  info: DeploymentInfo;
  events: { push(event: ProgramEvent): void };
  /** Resolves to a reference to the default provider, which is registered when it is first needed. */
  defaultProvider(): Promise<string>;
  lookup(urn: string): ResourceState | undefined;
  /** Settles when the run is over: requests that wait are then refused, as by a monitor that shut down. */
  over: Promise<void>;
}

export class Monitor {
  private readonly goals = new Map<string, Goal>();
  private readonly componentProviders = new Map<string, Record<string, string>>();
  readonly shutdown = withResolvers<void>();

  constructor(private readonly context: MonitorContext) {}

  service(): IResourceMonitorServer {
    return {
      getDeploymentInfo: answer(async () => this.context.info),
      supportsFeature: answer(async (request) => {
        const response = new resourceProto.SupportsFeatureResponse();
        return response.setHassupport(supportedFeatures.has(request.getId()));
      }),
      invoke: answer((request) => this.invoke(request)),
      call: answer((request) => refusal(`calls (${request.getTok()})`)),
      readResource: answer((request) => this.read(request)),
      registerResource: answer((request) => this.register(request)),
      registerResourceOutputs: answer((request) => this.registerOutputs(request)),
      registerStackTransform: answer(() => refusal("transforms")),
      registerStackInvokeTransform: answer(() => refusal("invoke transforms")),
      registerResourceHook: answer(() => refusal("resource hooks")),
      registerErrorHook: answer(() => refusal("error hooks")),
      registerPackage: answer(() => refusal("parameterized packages")),
      signalAndWaitForShutdown: answer(async () => {
        this.context.events.push({ kind: "end", failed: false });
        await this.shutdown.promise;
        return new emptyProto.Empty();
      }),
    };
  }

  private async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const goal = this.withInheritance(goalOf(request));
    goal.provider = await this.providerOf(request, goal);
    const settled = withResolvers<RegistrationResult>();
    this.context.events.push({ kind: "register", goal, done: settled.resolve });
    const result = await this.beforeTheEnd(settled.promise);
    if (result.result !== "success" && !request.getSupportsresultreporting())
      throw new Error("resource registration failed");
    this.goals.set(result.state.urn, goal);
    if (!goal.custom)
      this.componentProviders.set(result.state.urn, Object.fromEntries(request.getProvidersMap().entries()));
    return this.registered(request, goal, result);
  }

  private registered(
    request: RegisterResourceRequest,
    goal: Goal,
    { state, result }: RegistrationResult,
  ): RegisterResourceResponse {
    // A component's saved outputs may name resources that are not registered yet.
    let outputs: PropertyMap = goal.custom ? state.outputs : {};
    if (!request.getSupportspartialvalues())
      outputs = Object.fromEntries(Object.entries(outputs).filter(([, value]) => !containsUnknowns(value)));
    const response = new resourceProto.RegisterResourceResponse();
    response.setUrn(state.urn);
    response.setId(state.id);
    response.setObject(
      toStruct(outputs, {
        secrets: request.getAcceptsecrets(),
        unknowns: true,
        references: request.getAcceptresources(),
      }),
    );
    response.setResult(resultCodes[result]);
    return response;
  }

  private async read(request: ReadResourceRequest): Promise<ReadResourceResponse> {
    refuseRead(request);
    const provider = request.getProvider() || (await this.context.defaultProvider());
    const settled = withResolvers<ResourceState>();
    this.context.events.push({
      kind: "read",
      type: request.getType(),
      name: request.getName(),
      id: request.getId(),
      parent: request.getParent(),
      provider,
      inputs: fromStruct(request.getProperties()),
      dependencies: request.getDependenciesList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      done: settled.resolve,
    });
    const state = await this.beforeTheEnd(settled.promise);
    const response = new resourceProto.ReadResourceResponse();
    response.setUrn(state.urn);
    response.setProperties(
      toStruct(state.outputs, {
        secrets: request.getAcceptsecrets(),
        unknowns: true,
        references: request.getAcceptresources(),
      }),
    );
    return response;
  }

  private async registerOutputs(request: RegisterResourceOutputsRequest) {
    const settled = withResolvers<void>();
    this.context.events.push({
      kind: "outputs",
      urn: request.getUrn(),
      outputs: fromStruct(request.getOutputs()),
      done: settled.resolve,
    });
    await this.beforeTheEnd(settled.promise);
    return new emptyProto.Empty();
  }

  /** The SDK turns references to resources in outputs back into resources with this one invoke. */
  private async invoke(request: ResourceInvokeRequest) {
    if (request.getTok() !== "pulumi:pulumi:getResource") throw new Refusal(`invokes (${request.getTok()})`);
    const urn = fromStruct(request.getArgs()).urn;
    const state = this.context.lookup(String(urn));
    if (state === undefined) throw new Error(`unknown resource ${String(urn)}`);
    const response = new providerProto.InvokeResponse();
    const result = { urn: state.urn, id: state.id, state: state.outputs };
    response.setReturn(toStruct(result, { secrets: true, unknowns: true, references: true }));
    return response;
  }

  /** Options that children take over from their parent. */
  private withInheritance(goal: Goal): Goal {
    const parent = this.goals.get(goal.parent);
    if (parent === undefined) return goal;
    return {
      ...goal,
      protect: goal.protect ?? parent.protect,
      retainOnDelete: goal.retainOnDelete ?? parent.retainOnDelete,
      deletedWith: goal.deletedWith || parent.deletedWith,
      provider: goal.provider || inheritedProvider(goal, parent.provider),
    };
  }

  private async providerOf(request: RegisterResourceRequest, goal: Goal): Promise<string> {
    if (!goal.custom || isProviderType(goal.type)) return "";
    const fromComponent = this.componentProviders.get(goal.parent)?.[packageOf(goal.type)];
    const given = goal.provider || request.getProvidersMap().get(packageOf(goal.type)) || fromComponent;
    return given || (await this.context.defaultProvider());
  }

  private async beforeTheEnd<T>(promise: Promise<T>): Promise<T> {
    const ended = this.context.over.then((): never => {
      throw Object.assign(new Error("resource monitor shut down while waiting on step's done channel"), {
        code: grpc.status.UNAVAILABLE,
      });
    });
    return Promise.race([promise, ended]);
  }
}

const inheritedProvider = (goal: Goal, provider: string): string =>
  provider !== "" && typeOf(parseReference(provider).urn) === `pulumi:providers:${packageOf(goal.type)}`
    ? provider
    : "";

const resultCodes = { success: 0, failed: 1, skipped: 2 } as const;

const refusal = async (feature: string): Promise<never> => {
  throw new Refusal(feature);
};

/** Everything the SDK may ask for; what the runner refuses it refuses by name when it is used. */
const supportedFeatures = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
  "replaceWith",
  "replacementTrigger",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
]);

export function deploymentFeatures(info: DeploymentInfo): DeploymentInfo {
  const { ResourceMonitorFeature } = resourceProto;
  const all = Object.values(ResourceMonitorFeature).filter((value) => typeof value === "number");
  return info.setSupportedfeaturesList(all);
}

export function answer<Request, Response>(
  handle: (request: Request) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => {
    handle(call.request).then(
      (response) => callback(null, response),
      (error: unknown) =>
        callback({
          code: error instanceof Error && "code" in error ? Number(error.code) : grpc.status.UNKNOWN,
          details: messageOf(error),
        }),
    );
  };
}
