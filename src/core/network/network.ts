import type { Inference } from "../layers/layer.ts";
import type { LayerOptions, LayerType } from "../layers/layers.ts";
import type { Problem } from "../design/problem.ts";
import type { Shape } from "../layers/shape.ts";

/** One layer of the expanded network, discriminated by `type`. */
export type NetworkLayer = { readonly [K in LayerType]: NetworkLayerOf<K> }[LayerType];

/** A layer of one type with its options read and defaulted. */
export interface NetworkLayerOf<K extends LayerType> {
  /** Path of ids from the design node inwards, for example `stage/2/conv1`; a plain layer has its node's id. */
  readonly id: string;
  readonly type: K;
  /** Design node that it came from. */
  readonly node: string;
  readonly options: LayerOptions<K>;
  /** Place among the layers of the network. */
  readonly index: number;
  /** Places of the layers that feed it, in order; -1 for a source that is broken or missing. */
  readonly sources: readonly number[];
  /** Ids of the layers that feed it, in order; of a source that is broken or missing the id of its node. */
  readonly inputs: readonly string[];
  /** Shapes of the inputs; `undefined` where a broken layer stands before it. */
  readonly inputShapes: readonly (Shape | undefined)[];
  /** Shape, weights, MACs and window; absent where they cannot be known. */
  readonly inference?: Inference;
}

/** A block instance that was expanded: what the canvas draws as a frame. */
export interface NetworkBlock {
  /** Path, for example `stage` or `stage/2/branch`. */
  readonly id: string;
  readonly type: string;
  readonly node: string;
  readonly parent?: string;
  readonly repeat: number;
  /** Ids of layers and blocks directly inside it. */
  readonly children: readonly string[];
  /** Layer whose output leaves the block; absent when the inside is broken. */
  readonly output?: string;
}

/** The graph of layers after expansion, with every shape that can be known. */
export interface Network {
  readonly name: string;
  /** In topological order: inputs of a layer stand before it. */
  readonly layers: readonly NetworkLayer[];
  readonly byId: ReadonlyMap<string, NetworkLayer>;
  readonly blocks: readonly NetworkBlock[];
  /** Layer that carries the output of each design node. */
  readonly outputOf: ReadonlyMap<string, string>;
  /** Ids of the layers that are its outputs: the main one first, then auxiliary heads of the same shape. */
  readonly outputs: readonly string[];
  readonly problems: readonly Problem[];
}
