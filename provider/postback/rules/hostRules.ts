import type { UrlRule } from "./rule";

export const hostRules: readonly UrlRule[] = [];
