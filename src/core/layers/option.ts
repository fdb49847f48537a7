/** Values that a design file can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Penalty on weights that is added to the loss: `l1 · Σ|w| + l2 · Σw²`. */
export interface Regularizer {
  readonly l1: number;
  readonly l2: number;
}

/** One value for height and one for width. */
export type Pair = readonly [height: number, width: number];

/** `"same"` and `"valid"` as TensorFlow defines them, or rows and columns of padding on each side. */
export type Padding = "same" | "valid" | ExplicitPadding;

/** Padding in pixels on each side of a feature map. */
export interface ExplicitPadding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

interface OptionBase {
  /** One sentence for hovers, the inspector and the JSON schema. */
  readonly description: string;
  /** Rarely changed: the inspector folds it away. */
  readonly isAdvanced?: boolean;
}

/** A whole number; required in the file when it has no default. */
export interface IntegerOption extends OptionBase {
  readonly kind: "integer";
  readonly minimum: number;
  readonly maximum?: number;
  /** A word that may stand instead of a number. */
  readonly word?: string;
  readonly default?: number;
}

/** A real number. */
export interface NumberOption extends OptionBase {
  readonly kind: "number";
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: number;
}

export interface BooleanOption extends OptionBase {
  readonly kind: "boolean";
  readonly default?: boolean;
}

/** A whole number for both axes or `[height, width]`; read as a pair. `null` as default means "derive it". */
export interface PairOption extends OptionBase {
  readonly kind: "pair";
  readonly minimum: number;
  readonly maximum?: number;
  readonly default?: Pair;
}

/** Like a pair, but may be left out to be derived from another option (read as `null`). */
export interface OptionalPairOption extends OptionBase {
  readonly kind: "optionalPair";
  readonly minimum: number;
  readonly maximum?: number;
  readonly default: null;
}

/** `"same"`, `"valid"`, a number, `[h, w]` or `[top, bottom, left, right]`. */
export interface PaddingOption extends OptionBase {
  readonly kind: "padding";
  readonly default?: Padding;
}

/** One of a closed list of names. */
export interface ChoiceOption<V extends string = string> extends OptionBase {
  readonly kind: "choice";
  readonly values: readonly V[];
  readonly default?: V;
}

/** A list of whole numbers such as `[height, width, channels]`. */
export interface ShapeOption extends OptionBase {
  readonly kind: "shape";
  readonly ranks: readonly number[];
  readonly default?: readonly number[];
}

/** Whole numbers, each larger than the one before. */
export interface RisingOption extends OptionBase {
  readonly kind: "rising";
  readonly minimum: number;
  readonly maximum?: number;
  readonly default?: readonly number[];
}

/** For each output channel the input channels it reads: `[[0, 1, 2], [1, 2, 3]]`. */
export interface TableOption extends OptionBase {
  readonly kind: "table";
  readonly default?: readonly (readonly number[])[];
}

/** `{ "l1": 0.0001, "l2": 0.0001 }`; what is left out is 0. */
export interface RegularizerOption extends OptionBase {
  readonly kind: "regularizer";
  readonly default?: Regularizer;
}

/** A word or a path; one without a default must be given and not be empty. */
export interface TextOption extends OptionBase {
  readonly kind: "text";
  readonly default?: string;
}

/** A weight for each class, or the word by which they are found. */
export interface WeightsOption extends OptionBase {
  readonly kind: "weights";
  readonly default?: ClassWeights;
}

/** All alike, by how rare the class is, or one number a class. */
export type ClassWeights = "none" | "balanced" | readonly number[];

/** How one option is read, shown, completed and documented. */
export type Option =
  | IntegerOption
  | NumberOption
  | BooleanOption
  | PairOption
  | OptionalPairOption
  | PaddingOption
  | ChoiceOption
  | ShapeOption
  | RisingOption
  | TableOption
  | RegularizerOption
  | TextOption
  | WeightsOption;

/** The options of one layer or block, in the order in which they are shown. */
export type OptionTable = Readonly<Record<string, Option>>;

/** What a valid value of an option is after reading. */
export type OptionValue<O extends Option> = O extends IntegerOption | NumberOption
  ? O extends { readonly word: infer W extends string }
    ? number | W
    : number
  : O extends BooleanOption
    ? boolean
    : O extends PairOption
      ? Pair
      : O extends OptionalPairOption
        ? Pair | null
        : O extends PaddingOption
          ? Padding
          : O extends ChoiceOption<infer V>
            ? V
            : O extends ShapeOption | RisingOption
              ? readonly number[]
              : O extends TableOption
                ? readonly (readonly number[])[]
                : O extends RegularizerOption
                  ? Regularizer
                  : O extends TextOption
                    ? string
                    : O extends WeightsOption
                      ? ClassWeights
                      : never;

/** The valid, defaulted options of one layer or block. */
export type OptionValues<T extends OptionTable = OptionTable> = {
  readonly [K in keyof T]: OptionValue<T[K]>;
};
