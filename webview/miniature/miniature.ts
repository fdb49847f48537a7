import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { Category } from "../../src/core/layers/layer.ts";
import { blockTree } from "../canvas/blockTree.ts";
import type { Rectangle, Size } from "../canvas/geometry.ts";
import { layOut } from "../canvas/layOut.ts";
import { absolutePlaces } from "../canvas/places.ts";
import { createScene, type Card, type Scene, type Wire } from "../canvas/scene.ts";

/** A card of a miniature. */
export interface MiniatureCard extends Rectangle {
  readonly id: string;
  readonly category: Category | undefined;
  readonly isStack: boolean;
  readonly isOutside: boolean;
}

/** A network, or the inside of a block, so small that only its form can be seen. */
export interface Miniature {
  readonly cards: readonly MiniatureCard[];
  /** Curves in the form of SVG paths. */
  readonly wires: readonly { readonly id: string; readonly path: string }[];
}

interface MiniatureOptions {
  readonly size: Size;
  /** The block whose inside is shown, down to its layers; the closed network without it. */
  readonly inside?: string;
}

const MARGIN = 6;
const widest = 18;

/** Height of the largest map; parts of a block are all alike. */
const tallest = { network: 26, inside: 12 } as const;

/** Middle of a card in the picture. */
interface Middle {
  readonly x: number;
  readonly y: number;
}

/** Both axes are stretched on their own, because a network is much longer than it is broad. */
function middlesIn(
  places: ReadonlyMap<string, Rectangle>,
  size: Size,
  cardHeight: number,
): Map<string, Middle> {
  const middles = [...places].map(
    ([id, { x, y, width, height }]) => [id, { x: x + width / 2, y: y + height / 2 }] as const,
  );
  const [xs, ys] = [middles.map(([, { x }]) => x), middles.map(([, { y }]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [length, breadth] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const free = { x: size.width - 2 * MARGIN - widest, y: size.height - 2 * MARGIN - cardHeight };
  const [scaleX, scaleY] = [
    Math.min(free.x / Math.max(1, length), 0.2),
    Math.min(free.y / Math.max(1, breadth), 0.3),
  ];
  return new Map(
    middles.map(([id, { x, y }]) => [
      id,
      {
        x: size.width / 2 + (x - left - length / 2) * scaleX,
        y: size.height / 2 + (y - top - breadth / 2) * scaleY,
      },
    ]),
  );
}

/** Maps that shrink on their way are drawn as cards that do. */
function heightOf({ shape }: Card, largest: number): number {
  const [rows = 1] = shape.split("×").map(Number);
  const isMap = shape.includes("×");
  const share = isMap && rows > 1 ? Math.log2(rows) / Math.max(1, Math.log2(largest)) : 0;
  return 7 + share * (tallest.network - 7);
}

function largestMap(cards: readonly Card[]): number {
  const rows = cards.filter(({ shape }) => shape.includes("×")).map(({ shape }) => parseInt(shape));
  return Math.max(2, ...rows);
}

function nearestStep(middles: Iterable<Middle>): number {
  const columns = [...new Set([...middles].map(({ x }) => Math.round(x)))].toSorted(
    (a, b) => a - b,
  );
  const steps = columns.slice(1).map((x, index) => x - (columns[index] ?? 0));
  return Math.min(widest / 0.62, ...steps);
}

function pathOf(from: Rectangle, to: Rectangle, cards: readonly Rectangle[]): string {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const isPassing =
    Math.abs(y1 - y2) < 1 &&
    cards.some(
      (card) => card.x > x1 && card.x + card.width < x2 && card.y < y1 && card.y + card.height > y1,
    );
  if (isPassing) {
    // A shortcut goes over what it leaves out.
    const top = y1 - from.height / 2 - 8 - Math.min(12, (x2 - x1) / 16);
    return `M${x1} ${y1}C${x1 + 8} ${top} ${x2 - 8} ${top} ${x2} ${y2}`;
  }
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function sceneOf(drawn: AnalyzedDesign, inside: string | undefined): Scene {
  const { groups } = blockTree(drawn.network);
  const open = inside === undefined ? [] : [...groups.keys()].filter((id) => id !== inside);
  return createScene(drawn, open, "parameters", inside);
}

/** Draws a design, or the inside of one of its blocks, very small. */
export function miniature(drawn: AnalyzedDesign, { size, inside }: MiniatureOptions): Miniature {
  const scene = sceneOf(drawn, inside);
  const layout = layOut(scene, "right", new Map());
  const absolute = absolutePlaces(scene, layout);
  const places = new Map(
    scene.cards.flatMap(({ id }) => {
      const place = absolute.get(id);
      return place === undefined ? [] : [[id, place] as const];
    }),
  );
  const kind = inside === undefined ? "network" : "inside";
  const middles = middlesIn(places, size, tallest[kind]);
  const width = Math.max(1.5, Math.min(widest, nearestStep(middles.values()) * 0.62));
  const largest = largestMap(scene.cards);
  const cards = scene.cards.flatMap((card): readonly MiniatureCard[] => {
    const middle = middles.get(card.id);
    if (middle === undefined) {
      return [];
    }
    const height = kind === "network" ? heightOf(card, largest) : tallest.inside;
    const { id, category, repeat, outside } = card;
    const place = { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
    return [{ ...place, id, category, isStack: repeat > 1, isOutside: outside !== undefined }];
  });
  return { cards, wires: wiresOf(scene.wires, cards) };
}

function wiresOf(wires: readonly Wire[], cards: readonly MiniatureCard[]): Miniature["wires"] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  return wires.flatMap(({ id, source, target }) => {
    const [from, to] = [byId.get(source), byId.get(target)];
    return from === undefined || to === undefined ? [] : [{ id, path: pathOf(from, to, cards) }];
  });
}
