// A quoted name has one escape, which is that of a quote. A bare one goes on up to the next dot or bracket.
// Source: pulumi/pulumi, sdk/go/common/resource/properties_path.go.
const STEP = /\["((?:\\"|[^"])*)"\]|\[(\d+)\]|[^.[]+/g;

/** The names in a path of Pulumi's: `urlParts`, `query` and `click.id` of `urlParts.query["click.id"]`. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(STEP)].map(
    ([name, quoted, index]) => quoted?.replaceAll('\\"', '"') ?? index ?? name,
  );
}
