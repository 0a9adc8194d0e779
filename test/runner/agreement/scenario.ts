// A scenario: a stack's life in steps, which the real CLI and the runner have to live alike.
import type {
  ConfigMap,
  DestroyOptions,
  ImportFile,
  PreviewOptions,
  RefreshOptions,
  UpOptions,
} from "../types";
import type { Spec, World } from "./spec";

interface Common {
  /** What the program declares from now on. */
  spec?: Spec;
  config?: ConfigMap;
  /** What happens to the live resources first. */
  before?: (world: World) => void;
  /** Steps are run twice, to see that the second time is quiet; one that cannot be repeated says so. */
  once?: true;
  fails?: true;
}

export type ScenarioStep = Common &
  (
    | { do: "preview"; options?: PreviewOptions }
    | { do: "up"; options?: UpOptions }
    | { do: "refresh"; options?: RefreshOptions }
    | { do: "destroy"; options?: DestroyOptions }
    | { do: "import"; file: ImportFile }
  );

export interface Scenario {
  name: string;
  shows: string;
  config?: ConfigMap;
  /** The order of all calls is certain, because every resource depends on the one before. */
  ordered?: true;
  steps: ScenarioStep[];
}
