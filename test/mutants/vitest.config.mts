import { configWith } from "../vitest.config.mjs";
import { mutation } from "./plugin.mjs";

// A configuration of its own, because Vite warns of each CommonJS file that a configuration loads: the mutants' are such.
export default configWith(mutation());
