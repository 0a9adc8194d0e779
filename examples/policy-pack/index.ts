import { PolicyPack } from "@pulumi/policy";
import { cakePolicies } from "pulumi-cake/policy";

// The rules that a preview shows on each resource, enforced for every stack that is run with this pack:
//   pulumi preview --policy-pack examples/policy-pack
// Errors stop the run and warnings are shown. A stack's own level of a rule goes into --policy-pack-config, by the
// policy's name: {"cake-p03-no-click-id": "mandatory"}.
new PolicyPack("cake", {
  policies: cakePolicies({
    rules: {
      // This network agreed on https everywhere.
      severity: { P12: "error" },
      // What our CAKE replaces beyond the macros that its articles name.
      macros: [],
    },
  }),
});
