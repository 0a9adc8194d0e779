// Declares the resources that RECORDED_SPEC describes; see ../../spec.ts for what it may say.
const pulumi = require("@pulumi/pulumi");

const spec = JSON.parse(process.env.RECORDED_SPEC);
const handler =
  'exports.handler = () => require("module").createRequire(process.cwd() + "/")("./provider.js")';
const made = new Map();

class Recorded extends pulumi.CustomResource {
  constructor(name, props, opts) {
    super(
      "pulumi-nodejs:dynamic/recorded:Recorded",
      name,
      { out: undefined, ...props, __provider: handler },
      opts,
    );
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("recorded:index:Group", name, {}, opts);
  }
}

class Provider extends pulumi.ProviderResource {
  constructor(name, props, opts) {
    super("pulumi-nodejs", name, props, opts);
  }
}

/** `{ "$out": "a" }` is the output `out` of the resource `a`, `{ "$secret": 1 }` is a secret. */
function resolved(value) {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== "object" || value === null) return value;
  if ("$out" in value) return made.get(value.$out).out;
  if ("$secret" in value) return pulumi.secret(resolved(value.$secret));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
}

const resource = (name) => made.get(name);

function optionsOf({ parent, dependsOn, provider, deletedWith, ...rest }) {
  return {
    ...rest,
    ...(parent && { parent: resource(parent) }),
    ...(dependsOn && { dependsOn: dependsOn.map(resource) }),
    ...(provider && { provider: resource(provider) }),
    ...(deletedWith && { deletedWith: resource(deletedWith) }),
  };
}

const makers = {
  resource: ({ name, props }, opts) => new Recorded(name, { name, ...resolved(props ?? {}) }, opts),
  get: ({ name, id, props }, opts) => new Recorded(name, { name, ...resolved(props ?? {}) }, { ...opts, id }),
  group: ({ name }, opts) => new Group(name, opts),
  provider: ({ name, props }, opts) => new Provider(name, resolved(props ?? {}), opts),
};

for (const entry of spec.resources) {
  made.set(entry.name, makers[entry.kind ?? "resource"](entry, optionsOf(entry.opts ?? {})));
}

for (const [name, value] of Object.entries(spec.outputs ?? {})) exports[name] = resolved(value);
// Without a stack: Node 20 can take most of a minute to colour one that ends in a file of the SDK.
if (spec.throws) throw Object.assign(new Error(spec.throws), { stack: spec.throws });
