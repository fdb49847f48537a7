import { initialTable, readTableView, type TableView } from "./tableView.ts";

/** The figure that every card shows, one at a time. */
export const measures = [
  "parameters",
  "macs",
  "activations",
  "receptiveField",
  "trainingTime",
  "gradientNorm",
] as const;
export type Measure = (typeof measures)[number];

/** Which way the network runs over the canvas; `auto` takes the one that shows larger cards. */
export type Direction = "auto" | "right" | "down";

/** Part of the canvas that is on screen. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** What belongs to this view and never to the file; kept by VS Code while the editor is open. */
export interface ViewState {
  readonly measure: Measure;
  readonly direction: Direction;
  readonly hasPalette: boolean;
  readonly hasInspector: boolean;
  readonly hasTraining: boolean;
  /** Whether the table of layers is open; it stands behind the training where both are. */
  readonly hasTable: boolean;
  readonly table: TableView;
  readonly hasMinimap: boolean;
  /** Paths of the blocks that are drawn open in their places: `stage`, `stage/2`. */
  readonly openBlocks: readonly string[];
  /** Path of the block that fills the canvas. */
  readonly inside: string | undefined;
  readonly selection: readonly string[];
  readonly viewport?: Viewport;
}

/** The view of a file that was never open before. */
export const initialView: ViewState = {
  measure: "parameters",
  direction: "auto",
  hasPalette: true,
  hasInspector: true,
  hasTraining: false,
  hasTable: false,
  table: initialTable,
  hasMinimap: false,
  openBlocks: [],
  inside: undefined,
  selection: [],
};

const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");

function readViewport(value: unknown): Viewport | undefined {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  const { x, y, zoom } = value as Partial<Record<"x" | "y" | "zoom", unknown>>;
  return Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(zoom) && Number(zoom) > 0
    ? { x: Number(x), y: Number(y), zoom: Number(zoom) }
    : undefined;
}

type Flag = Extract<keyof ViewState, `has${string}`>;

/** Reads what an earlier version of this view may have kept; whatever does not fit is the default. */
export function readViewState(kept: unknown): ViewState {
  if (typeof kept !== "object" || kept === null) {
    return initialView;
  }
  const from = kept as Partial<Record<keyof ViewState, unknown>>;
  const flag = (name: Flag): boolean =>
    typeof from[name] === "boolean" ? from[name] : initialView[name];
  const viewport = readViewport(from.viewport);
  return {
    measure: measures.find((measure) => measure === from.measure) ?? initialView.measure,
    direction: from.direction === "right" || from.direction === "down" ? from.direction : "auto",
    hasPalette: flag("hasPalette"),
    hasInspector: flag("hasInspector"),
    hasTraining: flag("hasTraining"),
    hasTable: flag("hasTable"),
    table: readTableView(from.table),
    hasMinimap: flag("hasMinimap"),
    openBlocks: isStrings(from.openBlocks) ? from.openBlocks : [],
    selection: isStrings(from.selection) ? from.selection : [],
    inside: typeof from.inside === "string" ? from.inside : undefined,
    ...(viewport === undefined ? {} : { viewport }),
  };
}
