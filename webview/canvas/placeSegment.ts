import { createSignal } from "../state/signal.ts";
import { BackgroundLayout, type LayoutRequest } from "./backgroundLayout.ts";
import { cardSize } from "./geometry.ts";
import type { NumberedGraph } from "./series.ts";
import { startLayoutWorker } from "./startLayoutWorker.ts";

/** Middle of a card, along the network and across it. */
export interface Middle {
  readonly along: number;
  readonly across: number;
}

/** Lengths of a card and of the gaps around it, along the network and across it. */
export interface Spacing {
  readonly length: number;
  readonly breadth: number;
  readonly gapAlong: number;
  readonly gapAcross: number;
}

/** Gaps leave room for the shape on a wire and for the sentence below a card with a problem. */
export const spacings: Readonly<Record<"right" | "down", Spacing>> = {
  right: { length: cardSize.width, breadth: cardSize.height, gapAlong: 84, gapAcross: 46 },
  down: { length: cardSize.height, breadth: cardSize.width, gapAlong: 44, gapAcross: 40 },
};

/** Up to here layers take a few frames at most; larger graphs take seconds, and are placed by a worker. */
const MOST_AT_ONCE = 400;

/** Beyond this not even a worker comes to an end. */
const MOST_FOR_WORKER = 4000;

const MOST_REMEMBERED = 500;
const remembered = new Map<string, readonly Middle[]>();

/** Each node one step behind the last that feeds it, beside those that are there already. */
function placeSimply({ count, links }: NumberedGraph, spacing: Spacing): readonly Middle[] {
  const rank = Array.from({ length: count }, () => 0);
  // The numbers are an order in which what feeds a node comes first, so one pass is enough.
  for (const [source, target] of links.toSorted(([a], [b]) => a - b)) {
    rank[target] = Math.max(rank[target] ?? 0, (rank[source] ?? 0) + 1);
  }
  const taken = new Map<number, number>();
  return rank.map((step) => {
    const beside = taken.get(step) ?? 0;
    taken.set(step, beside + 1);
    return {
      along: step * (spacing.length + spacing.gapAlong),
      across: beside * (spacing.breadth + spacing.gapAcross),
    };
  });
}

type PlaceGraph = (graph: NumberedGraph, spacing: Spacing) => readonly Middle[];

let placeLayered: PlaceGraph | undefined;
let version = 0;
const improved = createSignal<true>();

function improve(): void {
  version += 1;
  improved.emit(true);
}

let wanted = new Map<string, LayoutRequest>();
const background = new BackgroundLayout(startLayoutWorker, ({ key, middles }) => {
  remember(key, middles);
  improve();
});

let loading: Promise<unknown> = Promise.resolve();

/** Loads what branches need to be drawn well; a plain chain needs none of it, so a page can begin without. */
export function loadLayering(): Promise<void> {
  const loaded = import("./layered.ts").then((layered) => {
    ({ placeLayered } = layered);
    remembered.clear();
    improve();
  });
  // Whoever waits for good places does not care why there are none.
  loading = loaded.catch(() => undefined);
  return loaded;
}

/** Another number whenever the same graph would get better places; for `useSyncExternalStore` with `onBetterPlaces`. */
export const placesVersion = (): number => version;

/** Calls back when the places of branches have become better. */
export const onBetterPlaces = (listener: () => void): (() => void) => improved.listen(listener);

/** Has the worker place the large graphs that were met since the last call, and nothing else any more. */
export function placeInBackground(): void {
  background.want([...wanted.values()]);
  wanted = new Map();
}

/** Resolves when no better places are on their way. */
export async function whenPlaced(): Promise<void> {
  await loading;
  await background.idle();
}

const isChain = ({ count, links }: NumberedGraph): boolean =>
  links.length === count - 1 && links.every(([source, target]) => target === source + 1);

function remember(key: string, middles: readonly Middle[]): void {
  if (remembered.size >= MOST_REMEMBERED) {
    remembered.clear();
  }
  remembered.set(key, middles);
}

/** Places a small graph; the same graph is worked out once, as blocks of one kind repeat. */
export function placeSegment(graph: NumberedGraph, spacing: Spacing): readonly Middle[] {
  const key = JSON.stringify([graph.count, graph.links, spacing.length]);
  const known = remembered.get(key);
  if (known !== undefined) {
    return known;
  }
  if (!isChain(graph) && graph.count > MOST_AT_ONCE) {
    if (graph.count <= MOST_FOR_WORKER) {
      wanted.set(key, { key, graph, spacing });
    }
    return placeSimply(graph, spacing);
  }
  const place = isChain(graph) ? placeSimply : (placeLayered ?? placeSimply);
  const placed = place(graph, spacing);
  remember(key, placed);
  return placed;
}
