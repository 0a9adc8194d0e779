const STEP = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|[^.[\]]+/gs;

/** The names in a path of Pulumi's: `urlParts`, `query` and `click.id` of `urlParts.query["click.id"]`. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(STEP)].map(
    ([name, quoted, index]) => quoted?.replace(/\\(.)/gs, "$1") ?? index ?? name,
  );
}
