import type { CallOptions, Metadata, ServiceError } from "@grpc/grpc-js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { failureOf } from "./failures";
import { type Bag, Empty, fromStruct, grpc, messages, services, toStruct } from "./proto";

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
type Send<Answer> = (options: Partial<CallOptions>, done: Done<Answer>) => unknown;
type Method = "configure" | "cancel" | "check" | "diff" | "create" | "read" | "update" | "delete";

// The engine sets no deadline, so a process that never answers would stop the tests, too.
const DEADLINE_MS = 20_000;
const NO_METADATA: Metadata = new grpc.Metadata();

/** The calls that the engine makes to a dynamic-provider process, each with a deadline. */
export class HostClient {
  /** Everything that the process answered, errors included, as texts to be searched. */
  readonly answers: string[] = [];
  private readonly client: ResourceProviderClient;

  constructor(port: number) {
    this.client = new services.ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
      { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 },
    );
  }

  async configure(settings: Bag): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(toStruct(settings));
    request.setAcceptsecrets(true);
    await this.ask("configure", (options, done) =>
      this.client.configure(request, NO_METADATA, options, done),
    );
  }

  async check(olds: Bag, news: Bag): Promise<Checked> {
    const request = new messages.CheckRequest();
    request.setOlds(toStruct(olds));
    request.setNews(toStruct(news));
    const answer = await this.ask<InstanceType<typeof messages.CheckResponse>>("check", (options, done) =>
      this.client.check(request, NO_METADATA, options, done),
    );
    const failures = answer
      .getFailuresList()
      .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
    return this.note({ inputs: fromStruct(answer.getInputs()), failures });
  }

  async diff(id: string, olds: Bag, news: Bag): Promise<Difference> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(toStruct(olds));
    request.setNews(toStruct(news));
    const answer = await this.ask<InstanceType<typeof messages.DiffResponse>>("diff", (options, done) =>
      this.client.diff(request, NO_METADATA, options, done),
    );
    const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
    const changes = answer.getChanges();
    return this.note({
      changes: changes === DIFF_SOME ? true : changes === DIFF_NONE ? false : undefined,
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    });
  }

  async create(inputs: Bag): Promise<{ id: string; outs: Bag }> {
    const request = new messages.CreateRequest();
    request.setProperties(toStruct(inputs));
    const answer = await this.ask<InstanceType<typeof messages.CreateResponse>>("create", (options, done) =>
      this.client.create(request, NO_METADATA, options, done),
    );
    return this.note({ id: answer.getId(), outs: fromStruct(answer.getProperties()) });
  }

  async read(id: string, state: Bag): Promise<Reading> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(toStruct(state));
    const answer = await this.ask<InstanceType<typeof messages.ReadResponse>>("read", (options, done) =>
      this.client.read(request, NO_METADATA, options, done),
    );
    return this.note({
      id: answer.getId(),
      props: fromStruct(answer.getProperties()),
      inputs: answer.hasInputs() ? fromStruct(answer.getInputs()) : undefined,
    });
  }

  async update(id: string, olds: Bag, news: Bag): Promise<{ outs: Bag }> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(toStruct(olds));
    request.setNews(toStruct(news));
    const answer = await this.ask<InstanceType<typeof messages.UpdateResponse>>("update", (options, done) =>
      this.client.update(request, NO_METADATA, options, done),
    );
    return this.note({ outs: fromStruct(answer.getProperties()) });
  }

  async delete(id: string, state: Bag): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(toStruct(state));
    await this.ask("delete", (options, done) => this.client.delete(request, NO_METADATA, options, done));
  }

  /** Ctrl-C: the engine tells the process, and waits for what is under way. */
  async cancel(): Promise<void> {
    await this.ask("cancel", (options, done) => this.client.cancel(new Empty(), NO_METADATA, options, done));
  }

  close(): void {
    this.client.close();
  }

  private ask<Answer>(method: Method, send: Send<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      send({ deadline: Date.now() + DEADLINE_MS }, (error, answer) => {
        if (error === null) return resolve(answer);
        const failure = failureOf(method, error);
        this.note({ ...failure, message: error.message, metadata: error.metadata.toJSON() });
        reject(failure);
      });
    });
  }

  private note<Answer>(answer: Answer): Answer {
    this.answers.push(JSON.stringify(answer));
    return answer;
  }
}
