import { PolicyPack } from "@pulumi/policy";
import { cakePolicies } from "pulumi-cake/policy";

// The rules for postback URLs as policies, for every stack that runs with this pack:
//   pulumi preview --policy-pack examples/policy-pack
// An error stops the run; a warning is only shown. A stack can set the level of a policy in --policy-pack-config:
//   {"cake-p03-no-click-id": "mandatory"}
new PolicyPack("cake", {
  policies: cakePolicies({
    rules: {
      // In this network, every postback must use https.
      severity: { P12: "error" },
      // Macros that your CAKE instance replaces and that no article of CAKE names.
      macros: [],
    },
  }),
});
