import type { CallOptions, Metadata, ServiceError } from "@grpc/grpc-js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { DIALECTS, type Dialect } from "./dialects";
import type { Door } from "./doors";
import { failureOf, propertiesIn } from "./failures";
import { type Bag, Empty, fromStruct, grpc, messages, PluginAttach, services, toStruct } from "./proto";

/** What the engine learns from `check`. */
export interface Checked {
  readonly inputs: Bag;
  readonly failures: readonly { property: string; reason: string }[];
}

export interface Difference {
  /** Undefined where the provider left the comparison to the engine. */
  readonly changes: boolean | undefined;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface Reading {
  readonly id: string;
  readonly props: Bag;
  readonly inputs: Bag | undefined;
}

type Done<Answer> = (error: ServiceError | null, answer: Answer) => void;
type Send<Request, Answer> = (
  request: Request,
  metadata: Metadata,
  options: Partial<CallOptions>,
  done: Done<Answer>,
) => unknown;
type Method =
  | "handshake"
  | "getSchema"
  | "attach"
  | "checkConfig"
  | "diffConfig"
  | "configure"
  | "cancel"
  | "check"
  | "diff"
  | "create"
  | "read"
  | "update"
  | "delete"
  | "invoke";

// The engine sets no deadline, so a process that never answers would stop the tests, too.
const DEADLINE_MS = 20_000;
const NO_METADATA: Metadata = new grpc.Metadata();

/** The calls that the engine makes to a provider process, each with a deadline. */
export class HostClient {
  /** Everything that the process answered as it was sent, errors included, as texts to be searched. */
  readonly answers: string[] = [];
  private readonly client: ResourceProviderClient;
  private readonly dialect: Dialect;

  constructor(
    port: number,
    readonly door: Door,
  ) {
    this.dialect = DIALECTS[door];
    this.client = new services.ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
      { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 },
    );
  }

  /** The first call of the engine to its plugins, which says where it is. */
  async handshake(address: string): Promise<void> {
    const request = new messages.ProviderHandshakeRequest();
    request.setEngineAddress(address);
    request.setConfigureWithUrn(true);
    await this.ask("handshake", request);
  }

  /** What the engine does with a process that a person has started. */
  async attach(address: string): Promise<void> {
    await this.ask("attach", new PluginAttach().setAddress(address));
  }

  /** What SDKs are generated from. */
  async schema(): Promise<unknown> {
    const answer = await this.ask<InstanceType<typeof messages.GetSchemaResponse>>(
      "getSchema",
      new messages.GetSchemaRequest(),
    );
    return JSON.parse(answer.getSchema());
  }

  async checkConfig(urn: string, news: Bag): Promise<Checked> {
    const request = new messages.CheckRequest();
    request.setUrn(urn);
    request.setNews(toStruct(news));
    return this.checked("checkConfig", request, (inputs) => inputs);
  }

  async diffConfig(urn: string, olds: Bag, news: Bag): Promise<{ changes: boolean; diffs: string[] }> {
    const request = new messages.DiffRequest();
    request.setUrn(urn);
    request.setOlds(toStruct(olds));
    request.setOldInputs(toStruct(olds));
    request.setNews(toStruct(news));
    const answer = await this.ask<InstanceType<typeof messages.DiffResponse>>("diffConfig", request);
    const { DIFF_SOME } = messages.DiffResponse.DiffChanges;
    return { changes: answer.getChanges() === DIFF_SOME, diffs: answer.getDiffsList() };
  }

  async configure(settings: Bag): Promise<void> {
    const { args, urn } = this.dialect.settings(settings);
    const request = new messages.ConfigureRequest();
    request.setArgs(toStruct(args));
    request.setUrn(urn);
    request.setAcceptsecrets(true);
    await this.ask("configure", request);
  }

  async check(olds: Bag, news: Bag): Promise<Checked> {
    const request = new messages.CheckRequest();
    request.setUrn(this.dialect.urn(news));
    request.setOlds(this.sent(olds));
    request.setNews(this.sent(news));
    return this.checked("check", request, (inputs) => this.dialect.received(inputs, news));
  }

  async diff(id: string, olds: Bag, news: Bag): Promise<Difference> {
    const answer = await this.difference(id, olds, news);
    const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
    const changes = answer.getChanges();
    return {
      changes: changes === DIFF_SOME ? true : changes === DIFF_NONE ? false : undefined,
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    };
  }

  /** The difference property by property, which only a plugin can send. */
  async detailedDiff(id: string, olds: Bag, news: Bag): Promise<Record<string, string>> {
    const details = (await this.difference(id, olds, news)).getDetaileddiffMap();
    const kinds = Object.entries(messages.PropertyDiff.Kind);
    const nameOf = (kind: unknown) => kinds.find(([, value]) => value === kind)?.[0] ?? "";
    return Object.fromEntries(
      details.toArray().map(([path]) => [path, nameOf(details.get(path)?.getKind())]),
    );
  }

  async create(inputs: Bag, isPreview = false): Promise<{ id: string; outs: Bag }> {
    const request = new messages.CreateRequest();
    request.setUrn(this.dialect.urn(inputs));
    request.setProperties(this.sent(inputs));
    request.setPreview(isPreview);
    const answer = await this.ask<InstanceType<typeof messages.CreateResponse>>("create", request, inputs);
    return { id: answer.getId(), outs: this.received(answer.getProperties(), inputs) };
  }

  async read(id: string, state: Bag): Promise<Reading> {
    const request = new messages.ReadRequest();
    request.setUrn(this.dialect.urn(state));
    request.setId(id);
    request.setProperties(this.sent(state));
    const answer = await this.ask<InstanceType<typeof messages.ReadResponse>>("read", request, state);
    return {
      id: answer.getId(),
      props: this.received(answer.getProperties(), state),
      inputs: answer.hasInputs() ? this.received(answer.getInputs(), state) : undefined,
    };
  }

  async update(id: string, olds: Bag, news: Bag, isPreview = false): Promise<{ outs: Bag }> {
    const request = new messages.UpdateRequest();
    request.setUrn(this.dialect.urn(news));
    request.setId(id);
    request.setOlds(this.sent(olds));
    request.setNews(this.sent(news));
    request.setPreview(isPreview);
    const answer = await this.ask<InstanceType<typeof messages.UpdateResponse>>("update", request, news);
    return { outs: this.received(answer.getProperties(), news) };
  }

  async delete(id: string, state: Bag): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setUrn(this.dialect.urn(state));
    request.setId(id);
    request.setProperties(this.sent(state));
    await this.ask("delete", request, state);
  }

  /** A function of the plugin, as a program calls it. */
  async invoke(token: string, args: Bag): Promise<Bag> {
    const request = new messages.InvokeRequest();
    request.setTok(token);
    request.setArgs(toStruct(args));
    const answer = await this.ask<InstanceType<typeof messages.InvokeResponse>>("invoke", request);
    return fromStruct(answer.getReturn());
  }

  /** Ctrl-C: the engine tells the process, and waits for what is under way. */
  async cancel(): Promise<void> {
    await this.ask("cancel", new Empty());
  }

  close(): void {
    this.client.close();
  }

  private async checked(
    method: "check" | "checkConfig",
    request: InstanceType<typeof messages.CheckRequest>,
    received: (inputs: Bag) => Bag,
  ): Promise<Checked> {
    const answer = await this.ask<InstanceType<typeof messages.CheckResponse>>(method, request);
    const failures = answer
      .getFailuresList()
      .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
    return { inputs: received(fromStruct(answer.getInputs())), failures };
  }

  private difference(id: string, olds: Bag, news: Bag): Promise<InstanceType<typeof messages.DiffResponse>> {
    const request = new messages.DiffRequest();
    request.setUrn(this.dialect.urn(news));
    request.setId(id);
    request.setOlds(this.sent(olds));
    request.setNews(this.sent(news));
    return this.ask("diff", request);
  }

  private sent(bag: Bag): ReturnType<typeof toStruct> {
    return toStruct(this.dialect.sent(bag));
  }

  private received(answer: Parameters<typeof fromStruct>[0], asked: Bag): Bag {
    return this.dialect.received(fromStruct(answer), asked);
  }

  /** @param asked What the properties of a failure belong to. */
  private ask<Answer>(method: Method, request: unknown, asked: Bag = {}): Promise<Answer> {
    const send = this.client[method].bind(this.client) as unknown as Send<unknown, Answer>;
    return new Promise((resolve, reject) => {
      send(request, NO_METADATA, { deadline: Date.now() + DEADLINE_MS }, (error, answer) => {
        if (error === null) {
          this.note(bagsIn(answer));
          return resolve(answer);
        }
        const properties = propertiesIn(error);
        this.note({ message: error.message, metadata: error.metadata.toJSON(), properties });
        reject(failureOf(method, error, (properties) => this.dialect.received(properties, asked)));
      });
    });
  }

  private note(answer: unknown): void {
    this.answers.push(JSON.stringify(answer));
  }
}

/** A message with its bags as they are sent, secrets marked. */
function bagsIn(answer: unknown): unknown {
  const message = answer as { [getter: string]: unknown; toObject(): Record<string, unknown> };
  const bags = ["getInputs", "getProperties", "getReturn"].flatMap((getter) => {
    const get = message[getter];
    return typeof get === "function" ? [[getter, fromStruct(get.call(message))]] : [];
  });
  return {
    ...message.toObject(),
    inputs: undefined,
    properties: undefined,
    pb_return: undefined,
    ...Object.fromEntries(bags),
  };
}
