import type * as pb from "@pulumi/pulumi/proto/provider_pb";
import { isMoving, separate } from "../door/doorKeys";
import { requireNotReplaced } from "../door/moving";
import type { ProviderProcess } from "../door/providerProcess";
import { type CreateResult, create } from "../lifecycle/create";
import { remove } from "../lifecycle/delete";
import { type DiffResult, diff } from "../lifecycle/diff";
import { UnsafeOperationError } from "../lifecycle/errors";
import { type ReadResult, read } from "../lifecycle/read";
import type { PresentableError, Properties } from "../lifecycle/serializeErrors";
import { checkedInputs, savedState } from "../lifecycle/state";
import { isUnknown, UNKNOWN } from "../lifecycle/unknown";
import { type UpdateResult, update } from "../lifecycle/update";
import { identityOf } from "../postback/postback";
import { partsIfUrl } from "../postback/url";
import { type PropertyChange, propertyChanges } from "./detailedDiff";
import { failuresOf, rpcError } from "./failures";
import { messages } from "./messages";
import { wrapPostback } from "./postbackValues";
import { Empty, provider } from "./proto";
import { type Unwrapped, unwrap } from "./values";

const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = provider.PropertyDiff.Kind;

/** The calls about one postback: each opens what the engine sends, asks the lifecycle, and closes its answer. */
export class PostbackCalls {
  /** The postbacks that a run has imported, and not compared yet. */
  private readonly imported = new Set<string>();

  constructor(private readonly served: ProviderProcess) {}

  readonly check = async (request: pb.CheckRequest): Promise<pb.CheckResponse> => {
    const olds = this.opened(request.getOlds());
    const news = this.opened(request.getNews());
    const { inputs, failures } = await this.safely([news], async () => {
      // A refresh and a destroy check nothing, and need not load the rules.
      const [{ check }, { judge }] = await Promise.all([
        import("../lifecycle/check.js"),
        import("./judge.js"),
      ]);
      const { context } = this.served;
      const given = { ...news.bag, urlParts: partsOf(news.bag.postbackUrl) };
      const checked = check(context, identityOf(request.getUrn()), olds.bag, given, news.secrets);
      const reasons = checked.failures.map(({ reason }) => reason);
      const isSecret = news.secrets.includes("postbackUrl");
      return {
        inputs: checked.inputs,
        failures: reasons.length > 0 ? reasons : judge(context, checked, isSecret),
      };
    });
    return new provider.CheckResponse()
      .setInputs(wrapPostback(inputs, news))
      .setFailuresList(failuresOf(failures));
  };

  readonly diff = async (request: pb.DiffRequest): Promise<pb.DiffResponse> => {
    const { bag: olds, secrets } = this.opened(request.getOlds());
    const { bag: news, secrets: newSecrets } = this.opened(request.getNews());
    const urn = identityOf(request.getUrn());
    const id = request.getId();
    // The outputs keep what the dynamic door left until a refresh. Whose the postback was last, the inputs know.
    const isMoved = isMoving(unwrap(request.getOldInputs()).bag, news);
    const found = await this.safely<DiffResult>([], () => {
      const { context } = this.served;
      const compared = diff(context, urn, id, olds, news);
      if (isMoved) requireNotReplaced(context, urn, id, olds, compared);
      // The engine imports and then changes, in one run.
      if (this.imported.delete(urn) && compared.changes)
        throw new UnsafeOperationError(messages.importDiffers(id, compared.changed, request.getUrn()));
      return compared;
    });
    const isSecret = [...secrets, ...newSecrets].includes("postbackUrl");
    const changes = propertyChanges(found, { olds, news, isSecret });
    const response = new provider.DiffResponse();
    response.setChanges(found.changes ? DIFF_SOME : DIFF_NONE);
    response.setReplacesList([...found.replaces]);
    response.setDeletebeforereplace(found.deleteBeforeReplace);
    response.setDiffsList([...new Set(changes.map(({ path }) => path.split(/[.[]/)[0] ?? path))]);
    // A change in what only the state has, the engine shows by itself.
    response.setHasdetaileddiff(changes.length > 0 || !found.changes);
    for (const change of changes) response.getDetaileddiffMap().set(change.path, propertyDiff(change));
    return response;
  };

  readonly create = async (request: pb.CreateRequest): Promise<pb.CreateResponse> => {
    const inputs = this.opened(request.getProperties());
    const urn = identityOf(request.getUrn());
    const response = new provider.CreateResponse();
    if (request.getPreview()) return response.setProperties(wrapPostback(this.foreseen(inputs.bag), inputs));
    const { id, outs } = await this.safely<CreateResult>([inputs], () =>
      create(this.served.context, urn, checkedInputs(inputs.bag)),
    );
    return response.setId(id).setProperties(wrapPostback({ ...outs }, inputs));
  };

  readonly read = async (request: pb.ReadRequest): Promise<pb.ReadResponse> => {
    const state = this.opened(request.getProperties());
    const inputs = this.opened(request.getInputs());
    const { id, props, ...found } = await this.safely<ReadResult>([state, inputs], () =>
      read(this.served.context, request.getId(), state.bag),
    );
    if (Object.keys(state.bag).length === 0) this.imported.add(identityOf(request.getUrn()));
    return new provider.ReadResponse()
      .setId(id)
      .setProperties(wrapPostback({ ...props }, state, inputs))
      .setInputs(wrapPostback(found.inputs ?? inputs.bag, state, inputs));
  };

  readonly update = async (request: pb.UpdateRequest): Promise<pb.UpdateResponse> => {
    const olds = this.opened(request.getOlds());
    const news = this.opened(request.getNews());
    const urn = identityOf(request.getUrn());
    const id = request.getId();
    const response = new provider.UpdateResponse();
    if (request.getPreview())
      return response.setProperties(wrapPostback(this.foreseen(news.bag, olds.bag), news));
    // What an update that failed leaves may still be the old one.
    const { outs } = await this.safely<UpdateResult>([olds, news], () =>
      update(this.served.context, urn, id, savedState(id, olds.bag), checkedInputs(news.bag)),
    );
    return response.setProperties(wrapPostback({ ...outs }, news));
  };

  readonly delete = async (request: pb.DeleteRequest): Promise<InstanceType<typeof Empty>> => {
    const state = this.opened(request.getProperties());
    const id = request.getId();
    await this.safely([state], () => remove(this.served.context, id, savedState(id, state.bag)));
    return new Empty();
  };

  // A postback that came from the dynamic door has that door's keys beside its own.
  private opened(struct: Parameters<typeof unwrap>[0]): Unwrapped {
    const { bag, secrets } = unwrap(struct);
    return { bag: separate(bag).args, secrets };
  }

  private async safely<T>(sent: readonly Unwrapped[], operation: () => T | Promise<T>): Promise<T> {
    try {
      return (await this.served.safely({}, operation)) as T;
    } catch (error) {
      throw rpcError(error as PresentableError, ...sent);
    }
  }

  /** What a create or an update will answer, as far as a preview can know. */
  private foreseen({ adopt: _, ...inputs }: Properties, olds: Properties = {}): Properties {
    const { postbackId = UNKNOWN, postbackType = UNKNOWN } = olds;
    const { domain = UNKNOWN } = this.served.context.settings;
    return { ...inputs, postbackId, postbackType, domain };
  }
}

// What the class adds to the arguments of a program for the dynamic door. A display takes new values from the inputs.
function partsOf(url: unknown): unknown {
  return isUnknown(url) ? UNKNOWN : partsIfUrl(url);
}

const KINDS = {
  add: [ADD, ADD_REPLACE],
  delete: [DELETE, DELETE_REPLACE],
  update: [UPDATE, UPDATE_REPLACE],
} as const;

function propertyDiff({ kind, replaces }: PropertyChange) {
  const difference = new provider.PropertyDiff();
  difference.setKind(KINDS[kind][replaces ? 1 : 0]);
  return difference;
}
