export { findCli } from "./find";
export { CliStack } from "./stack";
export * from "./types";
export * from "./urn";
