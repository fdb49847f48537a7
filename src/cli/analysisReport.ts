import type { Analysis, LayerAnalysis, ReceptiveField } from "../core/analysis/analysis.ts";
import type { Problem, Severity } from "../core/design/problem.ts";
import type { Pair } from "../core/layers/option.ts";
import { formatNumber } from "../core/design/words.ts";
import { formatShape } from "../core/layers/shape.ts";
import { LinePlaces } from "./linePlaces.ts";
import { type Column, layTable } from "./table.ts";
import { type Look, paint, printable, type Terminal } from "./terminal.ts";

const columns: readonly Column[] = [
  { title: "layer", align: "left" },
  { title: "type", align: "left" },
  { title: "output", align: "left" },
  { title: "parameters", align: "right" },
  { title: "MACs", align: "right" },
  { title: "receptive field", align: "left" },
];

type Paint = Pick<Terminal, "hasColors">;

/** The analysis of a file for a person to read. */
export function analysisReport(
  file: string,
  text: string,
  analysis: Analysis,
  terminal: Paint,
): string {
  const title = paint(terminal, "bold", printable(analysis.name));
  const parts = [
    `${title}  ${paint(terminal, "dim", printable(file))}`,
    ...(analysis.layers.length === 0 ? [] : [layerTable(analysis, terminal)]),
    memoryLines(analysis),
    savingLines(analysis, terminal),
    problemLines(file, text, analysis.problems, terminal),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function layerTable({ layers, totals }: Analysis, terminal: Paint): string {
  const total = [
    "total",
    "",
    "",
    atLeast(totals.status, formatNumber(totals.parameters.total)),
    atLeast(totals.status, formatNumber(totals.macs)),
    "",
  ];
  const [head = "", ...lines] = layTable(columns, [...layers.map(layerRow), total]);
  const width = Math.max(head.length, ...lines.map((line) => line.length));
  const rule = paint(terminal, "dim", "─".repeat(width));
  const last = lines.pop() ?? "";
  return [paint(terminal, "dim", head), rule, ...lines, rule, paint(terminal, "bold", last)].join(
    "\n",
  );
}

function layerRow(layer: LayerAnalysis): readonly string[] {
  const isKnown = layer.status !== "unknown";
  return [
    printable(layer.id),
    layer.type,
    layer.outputShape === undefined ? "?" : formatShape(layer.outputShape),
    isKnown ? atLeast(layer.status, formatNumber(layer.parameters.total)) : "?",
    isKnown ? atLeast(layer.status, formatNumber(layer.macs)) : "?",
    layer.receptiveField === undefined ? "" : formatField(layer.receptiveField),
  ];
}

function atLeast(status: Analysis["totals"]["status"], number: string): string {
  return status === "exact" ? number : `≥ ${number}`;
}

function formatField({ size, stride, aligned }: ReceptiveField): string {
  // There is one window only where the stride is 0, as behind a dense layer.
  const step = stride.every((extent) => extent === 0) ? "" : `, stride ${formatPair(stride)}`;
  return `${formatPair(size)}${step}${aligned ? "" : ", branches not aligned"}`;
}

/** `5` for a square, `1 × 7` for anything else. */
function formatPair([height, width]: Pair): string {
  return height === width
    ? formatNumber(height)
    : `${formatNumber(height)} × ${formatNumber(width)}`;
}

function memoryLines({ totals, memory }: Analysis): string {
  const { parameters, macs } = totals;
  const frozen =
    parameters.nonTrainable === 0
      ? ""
      : ` (${formatNumber(parameters.trainable)} trainable, ${formatNumber(parameters.nonTrainable)} not)`;
  return [
    `${formatNumber(parameters.total)} parameters${frozen}, ${formatNumber(macs)} multiply-accumulates for one image (${formatNumber(2 * macs)} FLOPs)`,
    `Memory: weights ${formatBytes(memory.weights)}, activations of one image ${formatBytes(memory.activations)}, training with batches of ${formatNumber(memory.batchSize)} at least ${formatBytes(memory.training)}`,
  ].join("\n");
}

function savingLines({ savings }: Analysis, terminal: Paint): string {
  if (savings.length === 0) return "";
  const rows = savings.map(({ node, layers, kind, plain, actual }) => [
    printable(layers.at(-1) ?? node),
    kind,
    formatNumber(actual.parameters),
    formatNumber(plain.parameters),
    saved(plain.parameters, actual.parameters),
    saved(plain.macs, actual.macs),
  ]);
  const [head = "", ...lines] = layTable(savingColumns, rows);
  return [paint(terminal, "dim", head), ...lines].join("\n");
}

const savingColumns: readonly Column[] = [
  { title: "saving", align: "left" },
  { title: "by", align: "left" },
  { title: "weights", align: "right" },
  { title: "plain", align: "right" },
  { title: "saved", align: "right" },
  { title: "MACs saved", align: "right" },
];

function saved(plain: number, actual: number): string {
  return plain === 0 ? "" : `${((1 - actual / plain) * 100).toFixed(1)} %`;
}

/** `241.0 KiB`. */
function formatBytes(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? formatNumber(value) : value.toFixed(1)} ${units[unit] ?? ""}`;
}

const looks: Readonly<Record<Severity, Look>> = {
  error: "red",
  warning: "yellow",
  information: "blue",
};

/** Problems as `file:line:column`, which terminals make a link. */
export function problemLines(
  file: string,
  text: string,
  problems: readonly Problem[],
  terminal: Paint,
): string {
  if (problems.length === 0) return paint(terminal, "green", "No problems.");
  const places = new LinePlaces(text);
  return problems
    .map(({ severity, code, message, range }) => {
      const { line, character } = places.placeAt(range?.offset ?? 0);
      const place = `${printable(file)}:${line + 1}:${character + 1}`;
      return `${place}: ${paint(terminal, looks[severity], severity)}: ${printable(message)} ${paint(terminal, "dim", `[${code}]`)}`;
    })
    .join("\n");
}
