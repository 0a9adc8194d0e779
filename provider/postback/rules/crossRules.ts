import type { CrossRule } from "./crossRule";
import { firesTwice } from "./firesTwice";
import { mixedClickIdSlots } from "./mixedClickIdSlots";

/** The rules about several postbacks. */
export const crossRules: readonly CrossRule[] = [mixedClickIdSlots, firesTwice];
