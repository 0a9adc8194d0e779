import * as pulumi from "@pulumi/pulumi";
import { settings } from "../settings/settings";

/** A setting of the stack that a program or a policy pack needs itself. The environment fills the gap. */
export function stackSetting(name: "rules" | "domain"): string | undefined {
  return orEnvironment(name, new pulumi.Config("cake").get(name));
}

/** A setting as it was given, or as the environment has it. */
export function orEnvironment(name: "rules" | "domain", given: string | undefined): string | undefined {
  return given?.trim() ? given : process.env[settings[name].variable];
}
