// The options of an operation as the CLI's flags.
import type { DestroyOptions, OperationOptions, PreviewOptions, RefreshOptions, UpOptions } from "./types";

const flag = (name: string, given: boolean | undefined): string[] => (given ? [`--${name}`] : []);
const each = (name: string, values: readonly string[] = []): string[] =>
  values.flatMap((value) => [`--${name}`, value]);

const common = (options: OperationOptions): string[] => [
  ...each("target", options.target),
  ...flag("target-dependents", options.targetDependents),
  ...(options.parallel === undefined ? [] : ["--parallel", String(options.parallel)]),
];

const planned = (options: PreviewOptions): string[] => [
  ...common(options),
  ...flag("expect-no-changes", options.expectNoChanges),
  ...flag("diff", options.diff),
  ...flag("refresh", options.refresh),
  ...each("replace", options.replace),
];

export const previewArguments = (options: PreviewOptions): string[] => ["preview", ...planned(options)];

export const upArguments = (options: UpOptions): string[] => [
  ...["up", "--yes"],
  ...planned(options),
  ...flag("skip-preview", !options.preview),
  ...flag("continue-on-error", options.continueOnError),
];

const previewed = (previewOnly: boolean | undefined): string[] =>
  previewOnly ? ["--preview-only"] : ["--yes", "--skip-preview"];

export const refreshArguments = (options: RefreshOptions): string[] => [
  ...["refresh", ...previewed(options.previewOnly)],
  ...common(options),
  ...flag("expect-no-changes", options.expectNoChanges),
  ...flag("diff", options.diff),
  ...flag("clear-pending-creates", options.clearPendingCreates),
  ...flag("run-program", options.runProgram),
];

export const destroyArguments = (options: DestroyOptions): string[] => [
  ...["destroy", ...previewed(options.previewOnly)],
  ...common(options),
  ...flag("refresh", options.refresh),
  ...flag("continue-on-error", options.continueOnError),
  ...flag("run-program", options.runProgram),
];
