import type { UrlRule } from "./rule";

export const trackerRules: readonly UrlRule[] = [];
