import { partNumbers } from "../../src/core/analysis/analyze.ts";
import type { Numbers } from "../../src/core/analysis/analysis.ts";
import type { DesignNode } from "../../src/core/design/design.ts";
import type { Problem } from "../../src/core/design/problem.ts";
import type { JsonValue } from "../../src/core/layers/option.ts";
import type { NetworkLayer } from "../../src/core/network/network.ts";
import { sizeOf, type Shape } from "../../src/core/layers/shape.ts";
import { writtenPart } from "../../src/core/design/writtenPart.ts";
import { catalogEntry } from "../catalog/catalog.ts";
import { keyOptions } from "../catalog/keyOptions.ts";
import { describeNode } from "../text/describeNode.ts";
import { formatPair, formatTightShape } from "../text/format.ts";
import { t } from "../text/t.ts";
import { innerName, type Group } from "./blockTree.ts";
import { outsideId } from "./outsideId.ts";
import { measureOf } from "./measure.ts";
import { savingIn } from "./saving.ts";
import type { Card, Drawing, Frame } from "./scene.ts";

const nothingKnown: Numbers = {
  status: "unknown",
  parameters: { total: 0, trainable: 0, nonTrainable: 0 },
  macs: 0,
};

/** The card of a design node, or of a block, a copy or a layer inside a block, by its path. */
export function cardOf(id: string, drawing: Drawing): Card {
  const { design } = drawing.drawn.parsed;
  const node = design.nodes.get(id);
  if (node !== undefined) {
    return nodeCard(node, drawing);
  }
  const group = drawing.tree.groups.get(id);
  return group === undefined ? layerCard(id, drawing) : groupCard(group, drawing);
}

/** What the block that fills the canvas is wired to, for orientation. */
export function outsideCard(path: string, drawing: Drawing): Card {
  const card = cardOf(path, drawing);
  return {
    ...card,
    id: outsideId(path),
    outside: path,
    isInner: true,
    canOpen: false,
    problem: undefined,
    spoken: t("outside of this block: {0}", card.spoken),
  };
}

interface CardSource {
  readonly id: string;
  readonly node: string;
  readonly title: string;
  readonly type: string;
  readonly options: Readonly<Record<string, JsonValue>>;
  readonly numbers: Numbers;
  readonly activations: number;
  readonly repeat: number;
  readonly canOpen: boolean;
  readonly problem: Problem | undefined;
  /** What it does to shapes, for those without options: `5×5×16 → 400`. */
  readonly change: string;
}

function createCard(source: CardSource, { measure, drawn, misaligned }: Drawing): Card {
  const entry = catalogEntry(source.type, drawn.parsed.design.blocks);
  const { id, node, title, numbers, repeat, canOpen, problem } = source;
  const { outputShape, receptiveField } = numbers;
  const typeTitle = entry?.title ?? source.type;
  const options = keyOptions(entry, source.options) || source.change;
  return {
    id,
    node,
    isInner: id !== node,
    title,
    typeTitle,
    category: entry?.category ?? (canOpen ? "block" : undefined),
    options,
    shape: outputShape === undefined ? "?" : formatTightShape(outputShape),
    receptiveField:
      receptiveField === undefined ? "" : t("RF {0}", formatPair(receptiveField.size)),
    isMisaligned: misaligned.has(id),
    measured: measureOf(measure, numbers, source.activations),
    share: 0,
    repeat,
    canOpen,
    acceptsInput: entry === undefined || entry.inputs.maximum > 0,
    problem,
    spoken: describeNode({
      name: title,
      typeTitle,
      category: entry?.category,
      options,
      outputShape,
      parameters: numbers.parameters.total,
      repeat,
      problem,
    }),
  };
}

/** `5×5×16 → 400`, empty where nothing changes or nothing is known. */
function shapeChange(input: Shape | undefined, output: Shape | undefined): string {
  const isKnown = input !== undefined && output !== undefined;
  return isKnown && formatTightShape(input) !== formatTightShape(output)
    ? `${formatTightShape(input)} → ${formatTightShape(output)}`
    : "";
}

/** The change of the shape, or how many wires are joined. */
function layerChange(layer: NetworkLayer | undefined): string {
  const [input, ...more] = layer?.inputShapes ?? [];
  return more.length > 0
    ? t("{0} inputs", more.length + 1)
    : shapeChange(input, layer?.inference?.outputShape);
}

function nodeCard(node: DesignNode, drawing: Drawing): Card {
  const { drawn, tree, activations, problemOf } = drawing;
  return createCard(
    {
      ...node,
      node: node.id,
      title: node.id,
      numbers: drawn.analysis.nodes.get(node.id) ?? nothingKnown,
      activations: activations.get(node.id) ?? 0,
      canOpen: tree.groups.has(node.id),
      problem: problemOf.get(node.id),
      change: layerChange(drawn.network.byId.get(node.id)),
    },
    drawing,
  );
}

/** Numbers of a block, of a copy of one, or of a block inside a block. */
export function groupNumbers(group: Group, { analysis }: Drawing["drawn"]): Numbers {
  const layers = group.layers.flatMap(({ id }) => analysis.layerById.get(id) ?? []);
  return partNumbers(layers, analysis.layerById.get(group.output ?? ""));
}

const activationsOf = (layers: readonly NetworkLayer[]): number =>
  layers.reduce(
    (sum, { inference }) => sum + (inference === undefined ? 0 : sizeOf(inference.outputShape)),
    0,
  );

/** Says so where there is something that could be trained, and nothing is; else empty. */
function frozenWord(layers: readonly NetworkLayer[]): string {
  const trained = layers.flatMap(({ options }) =>
    "trainable" in options ? options.trainable : [],
  );
  return trained.length > 0 && !trained.includes(true) ? t("frozen") : "";
}

function groupCard(group: Group, drawing: Drawing): Card {
  const { id, node, type, repeat, layers } = group;
  const numbers = groupNumbers(group, drawing.drawn);
  const change = shapeChange(layers[0]?.inputShapes[0], numbers.outputShape);
  return createCard(
    {
      id,
      node,
      title: innerName(id),
      type,
      // A block inside a block has its options from the one around it; what it does says more.
      options: {},
      numbers,
      activations: activationsOf(layers),
      repeat,
      canOpen: true,
      problem: drawing.problemOf.get(id),
      // What a narrow card can least do without comes first.
      change: [frozenWord(layers), change, t("{0} layers", layers.length)]
        .filter((word) => word !== "")
        .join(", "),
    },
    drawing,
  );
}

function layerCard(id: string, drawing: Drawing): Card {
  const { network, analysis, parsed } = drawing.drawn;
  const layer = network.byId.get(id);
  const written = layer === undefined ? writtenPart(parsed.design, id)?.node : undefined;
  const numbers = analysis.layerById.get(id) ?? nothingKnown;
  return createCard(
    {
      id,
      node: layer?.node ?? id.split("/")[0] ?? id,
      title: innerName(id),
      type: layer?.type ?? written?.type ?? "",
      // Options after reading are values of the file too, but for paddings, which the words know.
      options:
        layer === undefined
          ? (written?.options ?? {})
          : (layer.options as unknown as CardSource["options"]),
      numbers,
      activations: numbers.outputShape === undefined ? 0 : sizeOf(numbers.outputShape),
      repeat: 1,
      canOpen: false,
      problem: drawing.problemOf.get(id),
      change: layerChange(layer),
    },
    drawing,
  );
}

/** The frame of a block that is open in its place. */
export function frameOf(group: Group, { drawn, problemOf }: Drawing): Frame {
  const { id, node, type, repeat, layers } = group;
  const numbers = groupNumbers(group, drawn);
  const frozen = frozenWord(layers);
  // What is wrong with a part is said at the part, which is in sight.
  const known = problemOf.get(id);
  const problem = known?.part?.startsWith(`${id}/`) === true ? undefined : known;
  const typeTitle = catalogEntry(type, drawn.parsed.design.blocks)?.title ?? type;
  const title = id === node ? id : innerName(id);
  return {
    id,
    isInner: id !== node,
    title,
    typeTitle,
    repeat,
    frozen,
    saving: savingIn(drawn.analysis, id, numbers.parameters.total),
    problem,
    spoken: describeNode({
      name: title,
      typeTitle,
      category: "block",
      options: [t("open"), frozen].filter((word) => word !== "").join(", "),
      outputShape: numbers.outputShape,
      parameters: numbers.parameters.total,
      repeat,
      problem,
    }),
  };
}
