// Does the one thing that REFUSED names.
const pulumi = require("@pulumi/pulumi");

class Other extends pulumi.CustomResource {
  constructor(name) {
    super("other:index:Thing", name, {});
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("refused:index:Group", name, {}, opts);
  }
}

const uses = {
  "another package": () => new Other("thing"),
  "an invoke": () => pulumi.runtime.invoke("other:index:get", {}),
  "a transform": () => new Group("group", { transforms: [() => undefined] }),
  "a stack transform": () => pulumi.runtime.registerResourceTransform(() => undefined),
  "a hook": () => new pulumi.ResourceHook("hook", () => undefined),
};

uses[process.env.REFUSED]();
