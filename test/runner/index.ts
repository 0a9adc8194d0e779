export { RunnerStack } from "./stack";
export * from "./types";
