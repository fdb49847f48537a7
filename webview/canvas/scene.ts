import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import { misalignedJoins } from "../../src/core/analysis/misalignedJoins.ts";
import type { InputPort } from "../../src/core/design/command.ts";
import type { Problem } from "../../src/core/design/problem.ts";
import type { Category } from "../../src/core/layers/layer.ts";
import type { Measure } from "../state/viewState.ts";
import { blockTree, nearestGroup, pathOf, type BlockTree, type Group } from "./blockTree.ts";
import { activationsByNode, type Measured } from "./measure.ts";
import type { BlockSaving } from "./saving.ts";
import { cardOf, frameOf, outsideCard } from "./sceneCards.ts";
import { sceneWires } from "./sceneWires.ts";

/** A node of the design, or a part of an opened block, as it is drawn. */
export interface Card {
  /** Id of the design node, or path of the block, the copy or the layer inside a block. */
  readonly id: string;
  /** Design node that it belongs to. */
  readonly node: string;
  /** True for a part of a block, which is not edited by itself. */
  readonly isInner: boolean;
  /** Path of what stands around the block that fills the canvas, where this card only says what is wired to it. */
  readonly outside?: string;
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

/** A block that is drawn open, around the cards of its parts. */
export interface Frame {
  readonly id: string;
  /** True for a block inside a block, which is not moved by itself. */
  readonly isInner: boolean;
  readonly title: string;
  readonly typeTitle: string;
  readonly repeat: number;
  /** The word for a block that is not trained; empty for any other. */
  readonly frozen: string;
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
  /** Each before those that stand in it. */
  readonly frames: readonly Frame[];
  readonly wires: readonly Wire[];
  /** Frame that a card or another frame stands in. */
  readonly frameOf: ReadonlyMap<string, string>;
}

/** What the parts of a scene are made from. */
export interface Drawing {
  readonly drawn: AnalyzedDesign;
  readonly measure: Measure;
  readonly tree: BlockTree;
  /** Paths of the blocks that are open in their place. */
  readonly open: ReadonlySet<string>;
  /** The block that fills the canvas. */
  readonly inside: Group | undefined;
  readonly activations: ReadonlyMap<string, number>;
  readonly problemOf: ReadonlyMap<string, Problem>;
  /** Layers where the misalignment of branches begins, and what they stand in. */
  readonly misaligned: ReadonlySet<string>;
}

/** What is drawn: `openBlocks` in their places, and of the whole network or of the block at the path `inside`. */
export function createScene(
  drawn: AnalyzedDesign,
  openBlocks: readonly string[],
  measure: Measure,
  inside?: string,
): Scene {
  const drawing = prepare(drawn, openBlocks, measure, inside);
  const { wires, outside } = sceneWires(drawing);
  const { cards, frames, places } = drawLevel(drawing);
  const heaviest = cards.reduce((most, { measured }) => Math.max(most, measured.value ?? 0), 0);
  const weighed = cards.map((card) => ({
    ...card,
    share: heaviest > 0 ? (card.measured.value ?? 0) / heaviest : 0,
  }));
  const around = outside.map((path) => outsideCard(path, drawing));
  return { cards: [...weighed, ...around], frames, wires: labelOnce(wires), frameOf: places };
}

function prepare(
  drawn: AnalyzedDesign,
  openBlocks: readonly string[],
  measure: Measure,
  inside: string | undefined,
): Drawing {
  const tree = blockTree(drawn.network);
  const problemOf = new Map<string, Problem>();
  for (const problem of drawn.analysis.problems) {
    // Hints are read in the inspector; on the canvas they would shout as loud as mistakes.
    const isMistake = problem.severity !== "information";
    for (const id of isMistake ? placesOf(problem) : []) {
      if (!problemOf.has(id)) problemOf.set(id, problem);
    }
  }
  return {
    drawn,
    measure,
    tree,
    open: new Set(openBlocks.filter((id) => tree.groups.has(id))),
    inside: nearestGroup(tree, inside),
    activations: activationsByNode(drawn.analysis),
    problemOf,
    misaligned: new Set(
      [...misalignedJoins(drawn.network, drawn.analysis.layerById)].flatMap(({ layer }) => [
        layer.id,
        ...pathOf(tree, layer.id),
      ]),
    ),
  };
}

/** The node of a problem, the part inside of it, and the blocks in between. */
function placesOf({ node, part = node }: Problem): readonly string[] {
  const names = part?.split("/") ?? [];
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

interface Level {
  readonly cards: Card[];
  readonly frames: Frame[];
  readonly places: Map<string, string>;
}

function drawLevel(drawing: Drawing): Level {
  const { drawn, tree, open, inside } = drawing;
  const level: Level = { cards: [], frames: [], places: new Map() };
  const draw = (ids: Iterable<string>, around: string | undefined): void => {
    for (const id of ids) {
      const group = open.has(id) ? tree.groups.get(id) : undefined;
      if (around !== undefined) {
        level.places.set(id, around);
      }
      if (group === undefined) {
        level.cards.push(cardOf(id, drawing));
      } else {
        level.frames.push(frameOf(group, drawing));
        draw(group.members, id);
      }
    }
  };
  draw(inside?.members ?? drawn.parsed.design.nodes.keys(), undefined);
  return level;
}

/** Wires from one card carry the same shape, so the one in the middle says it for all. */
function labelOnce(wires: readonly Wire[]): readonly Wire[] {
  const fans = new Map<string, Wire[]>();
  for (const wire of wires) {
    const fan = fans.get(wire.source);
    if (fan === undefined) {
      fans.set(wire.source, [wire]);
    } else {
      fan.push(wire);
    }
  }
  return wires.map((wire) => {
    const fan = fans.get(wire.source) ?? [];
    return fan[Math.floor((fan.length - 1) / 2)] === wire ? wire : { ...wire, label: "" };
  });
}
