import type { OptionTable, OptionValues, Regularizer } from "./option.ts";
import type { Shape } from "./shape.ts";

/** Groups of the palette; each has a glyph of its own. */
export type Category =
  | "input"
  | "block"
  | "convolution"
  | "pooling"
  | "normalization"
  | "activation"
  | "join"
  | "dense"
  | "shape";

/** How a weight starts; fans are counted from its shape (He: 2/fanIn, Glorot: 2/(fanIn + fanOut)). */
export type Initializer =
  | "glorotUniform"
  | "glorotNormal"
  | "heUniform"
  | "heNormal"
  | "zeros"
  | "ones";

/** One weight tensor in the layout of Keras, for example `[kernelHeight, kernelWidth, inputs, filters]`. */
export interface Weight {
  /** Keras' name: `kernel`, `bias`, `gamma`, `beta`, `movingMean`, `movingVariance`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  readonly initializer: Initializer;
  /** Inputs and outputs of one unit, for the initialiser; absent where it does not need them. */
  readonly fans?: readonly [fanIn: number, fanOut: number];
  /** Penalty in the loss; absent where there is none. */
  readonly regularizer?: Regularizer;
}

/** How one output position looks at its input along one axis. */
export interface AxisWindow {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the first element, in input elements; may be negative (cropping). */
  readonly padding: number;
  /** Padding behind the last element; a last window that hangs over the edge goes beyond it. */
  readonly paddingAfter: number;
  /** Input elements are first moved this far apart (transposed convolution, upsampling); 1 where absent. */
  readonly upsampling?: number;
  /**
   * Extent of an input over which the windows are spread evenly (adaptive pooling): window `u` covers the elements
   * from `floor(u·stride)` up to, but without, `ceil((u + 1)·stride)`; `stride` may be a fraction, `size` is the largest.
   */
  readonly evenOver?: number;
}

/** `all`: every output sees the whole input (dense after flatten). */
export type Window =
  | { readonly type: "local"; readonly height: AxisWindow; readonly width: AxisWindow }
  | { readonly type: "pointwise" }
  | { readonly type: "all" };

/** Factors whose product is a count, kept apart so that the formula can be shown: `[28, 28, 6, 1, 5, 5]`. */
export type Product = readonly number[];

/** What a layer makes of its input shapes. */
export interface Inference {
  readonly outputShape: Shape;
  readonly weights: readonly Weight[];
  /** Multiply-accumulates for one image, as a sum of products. */
  readonly macs: readonly Product[];
  readonly window: Window;
}

/** Why a layer cannot take these inputs, in words that name sizes. */
export interface Misfit {
  readonly misfit: string;
  /** The option that causes it, where there is one. */
  readonly option?: string;
}

/** Everything the program knows about one kind of layer. */
export interface LayerDefinition<T extends OptionTable = OptionTable> {
  readonly type: string;
  /** Name in the palette, for example `Conv2D`. */
  readonly title: string;
  readonly category: Category;
  /** One sentence for palette and hovers. */
  readonly summary: string;
  /** How many wires it takes; `maximum` is `Infinity` for joins. */
  readonly inputs: { readonly minimum: number; readonly maximum: number };
  readonly options: T;
  infer(inputs: readonly Shape[], options: OptionValues<T>): Inference | Misfit;
}

/** Keeps the literal types of the option table. */
export function defineLayer<const T extends OptionTable>(
  definition: LayerDefinition<T>,
): LayerDefinition<T> {
  return definition;
}

/** True where a layer could not take its inputs. */
export function isMisfit(result: Inference | Misfit): result is Misfit {
  return "misfit" in result;
}
