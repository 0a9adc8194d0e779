import { isObject } from "../../../cake/envelope";

/** The kinds of values that have nothing inside, several joined by `|`: `number`, `null|string`. */
type Scalars = string;

/** What a JSON value is made of, without any value of it. An array shows what its elements have in common. */
export type Shape = Scalars | ObjectShape | ArrayShape | MixedShape;

/** The fields of an object, or of all objects in an array; `absent` is among the kinds of one that some lack. */
interface ObjectShape {
  readonly fields: { readonly [name: string]: Shape };
  /** The number of fields whose names are not shown. */
  readonly otherFields: number;
}

/** An array; null without elements. */
interface ArrayShape {
  readonly rows: Shape | null;
}

/** A value that is not of one kind everywhere. */
interface MixedShape {
  readonly anyOf: readonly Shape[];
}

const [DEEPEST, MOST_ROWS, MOST_FIELDS] = [6, 500, 100];

/** A shape while it is gathered: all the kinds that a value had. */
interface Gathered {
  readonly scalars: ReadonlySet<string>;
  readonly fields?: ReadonlyMap<string, Gathered> | undefined;
  readonly otherFields?: number | undefined;
  readonly rows?: Gathered | null | undefined;
}

/** The shape of an answer. `isPublic` decides which names of fields it may show. */
export function shapeOf(value: unknown, isPublic: (name: string) => boolean): Shape {
  return shown(gather(value, isPublic, 0));
}

function gather(value: unknown, isPublic: (name: string) => boolean, depth: number): Gathered {
  if (depth > DEEPEST) return scalar("deeper");
  if (Array.isArray(value)) {
    const rows = value.slice(0, MOST_ROWS).map((row) => gather(row, isPublic, depth + 1));
    return { scalars: new Set(), rows: rows.length === 0 ? null : rows.reduce(merged) };
  }
  if (!isObject(value)) return scalar(kindOf(value));
  const all = Object.entries(value);
  const names = all.filter(([name]) => isPublic(name)).slice(0, MOST_FIELDS);
  const fields = names.map(([name, inner]): [string, Gathered] => [
    name,
    name === "request_status"
      ? scalar(inner === "Success" ? "Success" : "other")
      : gather(inner, isPublic, depth + 1),
  ]);
  return { scalars: new Set(), fields: new Map(fields), otherFields: all.length - fields.length };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return stringKind(value);
  return typeof value;
}

// Whether an ID comes as a string of digits, or a text is empty, matters to whoever reads the answer.
function stringKind(value: string): string {
  if (value === "") return "empty string";
  return /^-?\d+$/.test(value) ? "digits" : "string";
}

function scalar(kind: string): Gathered {
  return { scalars: new Set([kind]) };
}

function merged(one: Gathered, other: Gathered): Gathered {
  return {
    scalars: new Set([...one.scalars, ...other.scalars]),
    fields:
      one.fields && other.fields ? mergedFields(one.fields, other.fields) : (one.fields ?? other.fields),
    otherFields: larger(one.otherFields, other.otherFields),
    rows: one.rows && other.rows ? merged(one.rows, other.rows) : (one.rows ?? other.rows),
  };
}

function mergedFields(
  one: ReadonlyMap<string, Gathered>,
  other: ReadonlyMap<string, Gathered>,
): ReadonlyMap<string, Gathered> {
  const absent = scalar("absent");
  const names = new Set([...one.keys(), ...other.keys()]);
  return new Map(
    [...names].map((name) => [name, merged(one.get(name) ?? absent, other.get(name) ?? absent)]),
  );
}

function larger(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

function shown({ scalars, fields, otherFields = 0, rows }: Gathered): Shape {
  const all: Shape[] = [
    ...(scalars.size === 0 ? [] : [[...scalars].sort().join("|")]),
    ...(fields === undefined
      ? []
      : [
          {
            fields: Object.fromEntries([...fields].map(([name, inner]) => [name, shown(inner)])),
            otherFields,
          },
        ]),
    ...(rows === undefined ? [] : [{ rows: rows && shown(rows) }]),
  ];
  const [only] = all;
  return all.length === 1 && only !== undefined ? only : { anyOf: all };
}
