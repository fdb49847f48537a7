import type { Problem } from "../design/problem.ts";
import type { Pair } from "../layers/option.ts";
import type { Shape } from "../layers/shape.ts";

/** `exact`; `partial`: a part is missing, read it as "at least"; `unknown`: nothing can be said. */
export type Status = "exact" | "partial" | "unknown";

/** Numbers of weights. */
export interface ParameterCount {
  readonly total: number;
  readonly trainable: number;
  readonly nonTrainable: number;
}

/** Window of input pixels that one unit sees, per axis as `[height, width]`. */
export interface ReceptiveField {
  readonly size: Pair;
  /** Input pixels between neighbouring units (jump). */
  readonly stride: Pair;
  /** Pixels by which the window of unit 0 begins before the image. */
  readonly padding: Pair;
  /** Centre of the window of unit 0 in pixel indices: `-padding + (size - 1) / 2`. */
  readonly center: Pair;
  /** False when branches with different strides or centres were joined on the way. */
  readonly aligned: boolean;
}

/** The numbers of one layer, or the subtotal of one design node. */
export interface Numbers {
  readonly status: Status;
  readonly parameters: ParameterCount;
  /** Multiply-accumulates for one image. */
  readonly macs: number;
  readonly outputShape?: Shape;
  readonly receptiveField?: ReceptiveField;
}

export interface LayerAnalysis extends Numbers {
  readonly id: string;
  readonly type: string;
  readonly node: string;
  readonly inputs: readonly string[];
  /** `5·5·1·6 + 6 = 156`, empty where there are no weights. */
  readonly parameterFormula: string;
  /** `28·28·5·5·1·6 = 117,600`, empty where there are none. */
  readonly macFormula: string;
  /** `(32 − 5 + 2·0)/1 + 1 = 28`, empty where the size does not change by a window. */
  readonly outputFormula: string;
}

/** Sum over the layers of one design node; `outputShape` and `receptiveField` are those at its output. */
export interface NodeAnalysis extends Numbers {
  readonly node: string;
  readonly layerCount: number;
}

/** What a bottleneck, a factorised or a grouped part saves against the plain convolution it stands for. */
export interface Saving {
  readonly kind: "reduction" | "bottleneck" | "grouped" | "depthwiseSeparable" | "factorized";
  /** Design node or block path that holds it. */
  readonly node: string;
  readonly layers: readonly string[];
  /** Weights (without biases) and MACs of the plain convolution and of what stands here. */
  readonly plain: { readonly parameters: number; readonly macs: number; readonly formula: string };
  readonly actual: { readonly parameters: number; readonly macs: number; readonly formula: string };
}

/** The numbers of a network. */
export interface Analysis {
  readonly name: string;
  readonly totals: Numbers;
  /** In topological order. */
  readonly layers: readonly LayerAnalysis[];
  readonly layerById: ReadonlyMap<string, LayerAnalysis>;
  readonly nodes: ReadonlyMap<string, NodeAnalysis>;
  readonly savings: readonly Saving[];
  /** Bytes of float32: weights, activations of one image, and the peak of training at the recipe's batch size. */
  readonly memory: {
    readonly weights: number;
    readonly activations: number;
    readonly training: number;
    readonly batchSize: number;
  };
  /** Parsing, expansion and analysis problems together, errors first. */
  readonly problems: readonly Problem[];
}
