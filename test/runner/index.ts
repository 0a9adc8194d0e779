export { RunnerStack, type RunnerStackOptions } from "./stack";
export * from "./types";
