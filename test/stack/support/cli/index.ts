export { findCli, findYaml } from "./find";
export { CliStack } from "./stack";
export * from "./types";
export * from "./urn";
