export { findCli, findYamlHost } from "./find";
export { CliStack } from "./stack";
export * from "./types";
export * from "./urn";
