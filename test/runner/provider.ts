// What the engine makes of a provider process: secrets unwrapped on the way in and marked again on the way out,
// previews answered without a call, errors told apart.
import type {
  CheckResponse,
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type ChangeKind, diffInputs, topLevelKeys } from "./diff";
import type { Host } from "./host";
import { formatPath, ignoreChanges } from "./paths";
import { providerProto } from "./proto";
import { DiffUnavailable, providerError } from "./providerErrors";
import { annotateSecrets, containsUnknowns, type PropertyMap } from "./values";
import { fromStruct, toStruct } from "./wire";

export interface CheckFailure {
  property: string;
  reason: string;
}

export interface ProviderDiff {
  changes: boolean;
  replaceKeys: string[];
  changedKeys: string[];
  /** Only when the engine compared the inputs itself: a dynamic provider's detailed diff never arrives. */
  detailed: Map<string, ChangeKind> | undefined;
  deleteBeforeReplace: boolean;
}

export interface ResourceKey {
  urn: string;
  id: string;
}

export class Provider {
  private configuration: Promise<boolean> | undefined;

  constructor(
    readonly host: Host,
    private readonly preview: boolean,
  ) {}

  /** Returns at once; the first call that needs the settings waits for them. */
  configure(inputs: PropertyMap): void {
    this.configuration = this.sendConfiguration(inputs);
    this.configuration.catch(() => undefined);
  }

  private async sendConfiguration(inputs: PropertyMap): Promise<boolean> {
    if (Object.values(inputs).some(containsUnknowns)) return false;
    const request = new providerProto.ConfigureRequest();
    request.setArgs(toStruct(inputs, { secrets: true, unknowns: true, references: true }));
    request.setAcceptsecrets(true);
    request.setAcceptresources(true);
    await this.ask<ConfigureResponse>((client, done) => client.configure(request, done));
    return true;
  }

  async check(
    urn: string,
    olds: PropertyMap,
    news: PropertyMap,
  ): Promise<{ inputs: PropertyMap; failures: CheckFailure[] }> {
    if (!(await this.configured())) return { inputs: news, failures: [] };
    const request = new providerProto.CheckRequest();
    request.setUrn(urn);
    request.setOlds(toStruct(olds, this.options));
    request.setNews(toStruct(news, this.options));
    const response = await this.ask<CheckResponse>((client, done) => client.check(request, done));
    const inputs = fromStruct(response.getInputs());
    if (!this.preview) refuseUnknowns(inputs);
    annotateSecrets(inputs, news);
    const failures = response
      .getFailuresList()
      .map((f) => ({ property: f.getProperty(), reason: f.getReason() }));
    return { inputs, failures };
  }

  async diff(
    key: ResourceKey,
    oldInputs: PropertyMap,
    oldOutputs: PropertyMap,
    newInputs: PropertyMap,
    ignored: string[],
    allowUnknowns = this.preview,
  ): Promise<ProviderDiff> {
    if (!(await this.configured())) throw new DiffUnavailable();
    const options = { ...this.options, unknowns: allowUnknowns };
    const request = new providerProto.DiffRequest();
    request.setId(key.id);
    request.setUrn(key.urn);
    request.setOldInputs(toStruct(oldInputs, options));
    request.setOlds(toStruct(oldOutputs, options));
    request.setNews(toStruct(newInputs, options));
    request.setIgnorechangesList(ignored);
    const response = await this.ask<DiffResponse>((client, done) => client.diff(request, done));
    const answer: ProviderDiff = {
      changes: response.getChanges() === providerProto.DiffResponse.DiffChanges.DIFF_SOME,
      replaceKeys: response.getReplacesList(),
      changedKeys: response.getDiffsList(),
      detailed: undefined,
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
    const undecided = response.getChanges() === providerProto.DiffResponse.DiffChanges.DIFF_UNKNOWN;
    return undecided ? compareInputs(answer, oldInputs, newInputs, ignored) : answer;
  }

  async create(urn: string, inputs: PropertyMap): Promise<{ id: string; outputs: PropertyMap }> {
    const configured = await this.configured();
    if (this.preview) return { id: "", outputs: configured ? inputs : {} };
    const request = new providerProto.CreateRequest();
    request.setUrn(urn);
    request.setProperties(toStruct(inputs, this.options));
    const response = await this.ask<CreateResponse>((client, done) => client.create(request, done), inputs);
    if (response.getId() === "") throw new Error(`plugin returned empty resource.ID from create '${urn}'`);
    return { id: response.getId(), outputs: this.outputs(response.getProperties(), inputs) };
  }

  async update(
    key: ResourceKey,
    oldInputs: PropertyMap,
    oldOutputs: PropertyMap,
    newInputs: PropertyMap,
    ignored: string[],
  ): Promise<PropertyMap> {
    const configured = await this.configured();
    if (this.preview) return configured ? newInputs : {};
    const request = new providerProto.UpdateRequest();
    request.setId(key.id);
    request.setUrn(key.urn);
    request.setOldInputs(toStruct(oldInputs, this.options));
    request.setOlds(toStruct(oldOutputs, this.options));
    request.setNews(toStruct(newInputs, this.options));
    request.setIgnorechangesList(ignored);
    const response = await this.ask<UpdateResponse>(
      (client, done) => client.update(request, done),
      newInputs,
    );
    return this.outputs(response.getProperties(), newInputs);
  }

  async delete(key: ResourceKey, inputs: PropertyMap, outputs: PropertyMap): Promise<void> {
    await this.configured();
    const request = new providerProto.DeleteRequest();
    request.setId(key.id);
    request.setUrn(key.urn);
    request.setOldInputs(toStruct(inputs, this.options));
    request.setProperties(toStruct(outputs, this.options));
    await this.ask<Empty>((client, done) => client.delete(request, done));
  }

  /** `inputs` is undefined when the provider has none to say: the saved ones stay. */
  async read(
    key: ResourceKey,
    inputs: PropertyMap,
    state: PropertyMap,
  ): Promise<{ id: string; inputs: PropertyMap | undefined; outputs: PropertyMap }> {
    if (!(await this.configured())) return { id: "", inputs: {}, outputs: {} };
    const options = { secrets: false, unknowns: false, references: false };
    const request = new providerProto.ReadRequest();
    request.setId(key.id);
    request.setUrn(key.urn);
    request.setInputs(toStruct(inputs, options));
    request.setProperties(toStruct(state, options));
    const response = await this.ask<ReadResponse>((client, done) => client.read(request, done));
    const outputs = fromStruct(response.getProperties());
    refuseUnknowns(outputs);
    annotateSecrets(outputs, state);
    if (!response.hasInputs()) return { id: response.getId(), inputs: undefined, outputs };
    const newInputs = fromStruct(response.getInputs());
    refuseUnknowns(newInputs);
    annotateSecrets(newInputs, inputs);
    return { id: response.getId(), inputs: newInputs, outputs };
  }

  private outputs(struct: Parameters<typeof fromStruct>[0], inputs: PropertyMap): PropertyMap {
    const outputs = fromStruct(struct);
    refuseUnknowns(outputs);
    annotateSecrets(outputs, inputs);
    return outputs;
  }

  private get options() {
    return { secrets: false, unknowns: this.preview, references: false };
  }

  private configured(): Promise<boolean> {
    if (this.configuration === undefined) throw new Error("the provider is used before it is configured");
    return this.configuration;
  }

  private async ask<Response>(
    send: Parameters<typeof this.host.call<Response>>[0],
    inputs: PropertyMap = {},
  ): Promise<Response> {
    try {
      return await this.host.call(send);
    } catch (error) {
      throw providerError(error, inputs);
    }
  }
}

function compareInputs(
  answer: ProviderDiff,
  oldInputs: PropertyMap,
  newInputs: PropertyMap,
  ignored: string[],
): ProviderDiff {
  const changes = diffInputs(oldInputs, ignoreChanges(newInputs, oldInputs, ignored).inputs);
  if (changes.length === 0) return { ...answer, changes: false };
  return {
    ...answer,
    changes: true,
    changedKeys: topLevelKeys(changes),
    detailed: new Map(changes.map((change) => [formatPath(change.path), change.kind])),
  };
}

function refuseUnknowns(map: PropertyMap): void {
  for (const [key, value] of Object.entries(map))
    if (containsUnknowns(value)) throw new Error(`unexpected unknown property value for "${key}"`);
}
