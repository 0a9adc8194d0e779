/** Versions that the packed package is tried with together. */
export interface Cell {
  /** Major version. Where it is not the running one, an npm package brings it. */
  readonly node: string;
  /** Version of `@pulumi/pulumi`. */
  readonly pulumi: string;
  /** Major version. */
  readonly typescript: string;
}

export const CELLS: readonly Cell[] = [
  { node: "20", pulumi: "3.216.0", typescript: "5" },
  // The last one for Node 20.
  { node: "20", pulumi: "3.248.0", typescript: "5" },
  { node: "22", pulumi: "latest", typescript: "5" },
  { node: "24", pulumi: "latest", typescript: "6" },
];
