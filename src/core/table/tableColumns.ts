import { formatNumber } from "../design/words.ts";
import type { Pair } from "../layers/option.ts";
import { sizeOf } from "../layers/shape.ts";
import type { TableRow } from "./layerTable.ts";

/** What a column is called in view states and tests. */
export type ColumnId =
  | "name"
  | "type"
  | "options"
  | "output"
  | "parameters"
  | "trainable"
  | "macs"
  | "activations"
  | "receptiveField"
  | "stride"
  | "parameterShare"
  | "macShare";

/** One column of the table of layers. */
export interface TableColumn {
  readonly id: ColumnId;
  /** English heading; the view translates it. */
  readonly title: string;
  /** A shorter heading, where the unit stands in every cell. */
  readonly heading?: string;
  /** Numbers stand at the right and begin with the largest when sorted. */
  readonly isNumber: boolean;
  /** By what it is sorted; `undefined` stands last. */
  readonly key: (row: TableRow) => string | number | undefined;
  /** As it is read; empty where there is nothing to say. */
  readonly words: (row: TableRow) => string;
}

/** The columns in their order. */
export const tableColumns: readonly TableColumn[] = [
  { id: "name", title: "Layer", isNumber: false, key: ({ id }) => id, words: ({ name }) => name },
  {
    id: "type",
    title: "Type",
    isNumber: false,
    key: ({ type }) => type,
    words: ({ type }) => type,
  },
  {
    id: "options",
    title: "Options",
    isNumber: false,
    key: ({ options }) => options,
    words: ({ options }) => options,
  },
  {
    id: "output",
    title: "Output",
    isNumber: true,
    key: ({ outputShape }) => outputShape && sizeOf(outputShape),
    words: ({ outputShape, kind }) => outputShape?.join("×") ?? (kind === "total" ? "" : "?"),
  },
  counted("parameters", "Parameters", ({ parameters }) => parameters.total),
  counted("trainable", "Trainable", ({ parameters }) => parameters.trainable),
  counted("macs", "MACs", ({ macs }) => macs),
  {
    ...counted("activations", "Activations (bytes)", ({ activations }) => activations),
    heading: "Activations",
  },
  {
    id: "receptiveField",
    title: "Receptive field",
    isNumber: true,
    key: ({ receptiveField }) => receptiveField && largest(receptiveField.size),
    words: ({ receptiveField }) => pairWords(receptiveField?.size),
  },
  {
    id: "stride",
    title: "Stride",
    isNumber: true,
    key: ({ receptiveField }) => receptiveField && largest(receptiveField.stride),
    // There is one window only where the stride is 0, as behind a dense layer.
    words: ({ receptiveField }) =>
      receptiveField !== undefined && largest(receptiveField.stride) > 0
        ? pairWords(receptiveField.stride)
        : "",
  },
  shared("parameterShare", "Parameters %"),
  shared("macShare", "MACs %"),
];

const largest = ([height, width]: Pair): number => Math.max(height, width);

/** `5` for a square, `1×7` for anything else. */
function pairWords(pair: Pair | undefined): string {
  if (pair === undefined) return "";
  const [height, width] = pair;
  return height === width ? formatNumber(height) : `${height}×${width}`;
}

function counted(id: ColumnId, title: string, of: (row: TableRow) => number): TableColumn {
  return {
    id,
    title,
    isNumber: true,
    key: (row) => (row.status === "unknown" ? undefined : of(row)),
    words: (row) => {
      if (row.status === "unknown") return "?";
      return `${row.status === "partial" ? "≥ " : ""}${formatNumber(of(row))}`;
    },
  };
}

function shared(id: "parameterShare" | "macShare", title: string): TableColumn {
  return {
    id,
    title,
    isNumber: true,
    key: (row) => (row.status === "unknown" ? undefined : row[id]),
    words: (row) => (row.status === "unknown" ? "?" : `${(100 * row[id]).toFixed(1)} %`),
  };
}
