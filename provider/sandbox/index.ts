/** The public entry of `pulumi-cake/sandbox`: an emulator of CAKE on loopback ports. */
export type { Behaviour, FilterMode, FilterName, RequestBehaviour } from "./behaviour";
export { loadConfig, type SandboxConfig } from "./config";
export { articlePostback } from "./data/article";
export { networkMistakes, networkOffers, networkPartners, networkPostbacks } from "./data/network";
export { SAMPLE_NAMES, type SampleName } from "./data/samples";
export type { Fault, FaultKind, FaultPlan, FaultPoint, RetryAfter } from "./faults";
export { savedInstances } from "./file";
export type { NewPostback, SandboxInstance } from "./instance";
export type { Pause, PauseOptions } from "./pause";
export type { QuoteForm } from "./quote";
export type { Operation, RecordedRequest } from "./requests";
export { type InstanceOptions, type Sandbox, type SandboxOptions, startSandbox } from "./sandbox";
