import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { Analysis, Numbers } from "../../src/core/analysis/analysis.ts";
import type { InputPort } from "../../src/core/design/command.ts";
import type { DesignNode } from "../../src/core/design/design.ts";
import { misalignedJoins } from "../../src/core/analysis/misalignedJoins.ts";
import type { Problem } from "../../src/core/design/problem.ts";
import type { Category } from "../../src/core/layers/layer.ts";
import type { JsonValue } from "../../src/core/layers/option.ts";
import type { NetworkLayer } from "../../src/core/network/network.ts";
import { sizeOf } from "../../src/core/layers/shape.ts";
import { catalogEntry } from "../catalog/catalog.ts";
import { keyOptions } from "../catalog/keyOptions.ts";
import type { Measure } from "../state/viewState.ts";
import { describeNode } from "../text/describeNode.ts";
import { formatPair, formatTightShape } from "../text/format.ts";
import { t } from "../text/t.ts";
import { activationsByNode, measureOf, type Measured } from "./measure.ts";
import { savingOf, type BlockSaving } from "./saving.ts";

/** A node of the design, or a layer inside an opened block, as it is drawn. */
export interface Card {
  /** Id of the design node, or of the layer inside a block. */
  readonly id: string;
  /** Design node that it belongs to. */
  readonly node: string;
  /** True for a layer inside an opened block, which is not edited by itself. */
  readonly isInner: boolean;
  readonly title: string;
  readonly typeTitle: string;
  readonly category: Category | undefined;
  readonly options: string;
  /** `28×28×6`, or `?`. */
  readonly shape: string;
  /** `RF 5`, empty where it cannot be known. */
  readonly receptiveField: string;
  /** True where branches are joined that look at different places of the image. */
  readonly isMisaligned: boolean;
  readonly measured: Measured;
  /** Measure relative to the heaviest card, 0 to 1. */
  readonly share: number;
  readonly repeat: number;
  readonly canOpen: boolean;
  readonly acceptsInput: boolean;
  readonly problem: Problem | undefined;
  readonly spoken: string;
}

/** A block that is drawn open, around the cards of its layers. */
export interface Frame {
  readonly id: string;
  readonly title: string;
  readonly typeTitle: string;
  readonly repeat: number;
  readonly saving: BlockSaving | undefined;
  readonly problem: Problem | undefined;
  readonly spoken: string;
}

/** A wire between two cards. */
export interface Wire {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Shape that runs through it: `28×28×6`. */
  readonly label: string;
  /** Where it ends in the file, with the node it comes from; absent inside blocks. */
  readonly port?: InputPort;
  readonly from?: string;
}

/** Everything on the canvas but its places. */
export interface Scene {
  readonly cards: readonly Card[];
  readonly frames: readonly Frame[];
  readonly wires: readonly Wire[];
  /** Frame that a card stands in. */
  readonly frameOf: ReadonlyMap<string, string>;
}

interface Drawing {
  readonly drawn: AnalyzedDesign;
  readonly measure: Measure;
  readonly open: ReadonlySet<string>;
  readonly layersOf: ReadonlyMap<string, readonly NetworkLayer[]>;
  readonly activations: ReadonlyMap<string, number>;
  readonly problemOf: ReadonlyMap<string, Problem>;
  /** Layers where the misalignment of branches begins, and the nodes that they stand in. */
  readonly misaligned: ReadonlySet<string>;
}

const nothingKnown: Numbers = {
  status: "unknown",
  parameters: { total: 0, trainable: 0, nonTrainable: 0 },
  macs: 0,
};

/** Works out what is drawn of a design; `openBlocks` are ids of design nodes. */
export function createScene(
  drawn: AnalyzedDesign,
  openBlocks: readonly string[],
  measure: Measure,
): Scene {
  const drawing = prepare(drawn, openBlocks, measure);
  const nodes = [...drawn.parsed.design.nodes.values()];
  const cards = nodes.flatMap((node) =>
    drawing.open.has(node.id) ? innerCards(node, drawing) : [nodeCard(node, drawing)],
  );
  const heaviest = Math.max(0, ...cards.map(({ measured }) => measured.value ?? 0));
  return {
    cards: cards.map((card) => ({
      ...card,
      share: heaviest > 0 ? (card.measured.value ?? 0) / heaviest : 0,
    })),
    frames: nodes.filter(({ id }) => drawing.open.has(id)).map((node) => frame(node, drawing)),
    wires: labelOnce(nodes.flatMap((node) => wiresInto(node, drawing))),
    frameOf: new Map(cards.filter(({ isInner }) => isInner).map(({ id, node }) => [id, node])),
  };
}

function prepare(drawn: AnalyzedDesign, openBlocks: readonly string[], measure: Measure): Drawing {
  const layersOf = new Map<string, NetworkLayer[]>();
  for (const layer of drawn.network.layers) {
    const known = layersOf.get(layer.node);
    if (known === undefined) {
      layersOf.set(layer.node, [layer]);
    } else {
      known.push(layer);
    }
  }
  const hasInside = (id: string): boolean =>
    layersOf.get(id)?.some((layer) => layer.id !== id) ?? false;
  const problemOf = new Map<string, Problem>();
  for (const problem of drawn.analysis.problems) {
    // Hints are read in the inspector; on the canvas they would shout as loud as mistakes.
    const isMistake = problem.severity !== "information";
    if (isMistake && problem.node !== undefined && !problemOf.has(problem.node)) {
      problemOf.set(problem.node, problem);
    }
  }
  return {
    drawn,
    measure,
    open: new Set(openBlocks.filter(hasInside)),
    layersOf,
    activations: activationsByNode(drawn.analysis),
    problemOf,
    misaligned: new Set(
      [...misalignedJoins(drawn.network, drawn.analysis.layerById)].flatMap(({ layer }) => [
        layer.id,
        layer.node,
      ]),
    ),
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

/** `5×5×16 → 400`, or how many wires are joined. */
function shapeChange(layer: NetworkLayer | undefined): string {
  const [input, ...more] = layer?.inputShapes ?? [];
  const output = layer?.inference?.outputShape;
  if (more.length > 0) {
    return t("{0} inputs", more.length + 1);
  }
  const isKnown = input !== undefined && output !== undefined;
  return isKnown && formatTightShape(input) !== formatTightShape(output)
    ? `${formatTightShape(input)} → ${formatTightShape(output)}`
    : "";
}

function nodeCard(node: DesignNode, drawing: Drawing): Card {
  const { drawn, layersOf, activations, problemOf } = drawing;
  return createCard(
    {
      ...node,
      node: node.id,
      title: node.id,
      numbers: drawn.analysis.nodes.get(node.id) ?? nothingKnown,
      activations: activations.get(node.id) ?? 0,
      canOpen: layersOf.get(node.id)?.some((layer) => layer.id !== node.id) ?? false,
      problem: problemOf.get(node.id),
      change: shapeChange(drawn.network.byId.get(node.id)),
    },
    drawing,
  );
}

/** Path of a layer without the node it stands in: `stage/2/conv1` is `2/conv1`. */
const insideName = (layer: NetworkLayer): string =>
  layer.id.startsWith(`${layer.node}/`) ? layer.id.slice(layer.node.length + 1) : layer.id;

function innerCards(node: DesignNode, drawing: Drawing): readonly Card[] {
  const layers = drawing.layersOf.get(node.id) ?? [];
  return layers.map((layer) => {
    const numbers = drawing.drawn.analysis.layerById.get(layer.id) ?? nothingKnown;
    return createCard(
      {
        id: layer.id,
        node: node.id,
        title: insideName(layer),
        type: layer.type,
        // Options after reading are values of the file too, but for paddings, which the words know.
        options: layer.options as unknown as Readonly<Record<string, JsonValue>>,
        numbers,
        activations: numbers.outputShape === undefined ? 0 : sizeOf(numbers.outputShape),
        repeat: 1,
        canOpen: false,
        problem: undefined,
        change: shapeChange(layer),
      },
      drawing,
    );
  });
}

function frame(node: DesignNode, { drawn, problemOf }: Drawing): Frame {
  const numbers = drawn.analysis.nodes.get(node.id) ?? nothingKnown;
  const entry = catalogEntry(node.type, drawn.parsed.design.blocks);
  const problem = problemOf.get(node.id);
  const typeTitle = entry?.title ?? node.type;
  return {
    id: node.id,
    title: node.id,
    typeTitle,
    repeat: node.repeat,
    saving: savingOf(drawn.analysis, node.id),
    problem,
    spoken: describeNode({
      name: node.id,
      typeTitle,
      category: "block",
      options: t("open"),
      outputShape: numbers.outputShape,
      parameters: numbers.parameters.total,
      repeat: node.repeat,
      problem,
    }),
  };
}

/** Wires from one card carry the same shape, so the one in the middle says it for all. */
function labelOnce(wires: readonly Wire[]): readonly Wire[] {
  const fans = new Map<string, Wire[]>();
  for (const wire of wires) {
    fans.set(wire.source, [...(fans.get(wire.source) ?? []), wire]);
  }
  return wires.map((wire) => {
    const fan = fans.get(wire.source) ?? [];
    return fan[Math.floor((fan.length - 1) / 2)] === wire ? wire : { ...wire, label: "" };
  });
}

const outputLabel = (analysis: Analysis, id: string): string => {
  const shape = (analysis.nodes.get(id) ?? analysis.layerById.get(id))?.outputShape;
  return shape === undefined ? "" : formatTightShape(shape);
};

/** Card that stands for the output of a design node. */
function sourceCard(node: string, { drawn, open }: Drawing): string {
  return open.has(node) ? (drawn.network.outputOf.get(node) ?? node) : node;
}

function wiresInto(node: DesignNode, drawing: Drawing): readonly Wire[] {
  const { drawn, open } = drawing;
  if (open.has(node.id)) {
    return (drawing.layersOf.get(node.id) ?? []).flatMap((layer) => wiresIntoLayer(layer, drawing));
  }
  return node.from.flatMap((from, index) =>
    drawn.parsed.design.nodes.has(from)
      ? [
          {
            id: `${from}→${node.id}#${index}`,
            source: sourceCard(from, drawing),
            target: node.id,
            label: outputLabel(drawn.analysis, from),
            port: { node: node.id, index },
            from,
          },
        ]
      : [],
  );
}

function wiresIntoLayer(layer: NetworkLayer, drawing: Drawing): readonly Wire[] {
  const { network, analysis } = drawing.drawn;
  return layer.inputs.flatMap((input, index) => {
    const source = network.byId.get(input);
    if (source === undefined) {
      return [];
    }
    const isInside = drawing.open.has(source.node);
    return [
      {
        id: `${input}→${layer.id}#${index}`,
        source: isInside ? source.id : source.node,
        target: layer.id,
        label: outputLabel(analysis, input),
      },
    ];
  });
}
