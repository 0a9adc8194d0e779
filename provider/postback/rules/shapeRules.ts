import type { UrlRule } from "./rule";

export const shapeRules: readonly UrlRule[] = [];
