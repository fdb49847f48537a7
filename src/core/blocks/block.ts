import type { JsonValue, OptionTable, OptionValues } from "../layers/option.ts";
import type { Shape } from "../layers/shape.ts";
import { commonBlockOptions } from "./blockOptions.ts";

/** One node inside a block, in the form of the file: `type`, `from`, options and `repeat`. */
export interface FragmentNode {
  readonly type: string;
  /** Ids inside the fragment, or `input` (`input1`, `input2` ... for several) for what is wired to the block. */
  readonly from: string | readonly string[];
  readonly [option: string]: JsonValue;
}

/** What a block stands for: nodes in topological order and the id of the one that leaves it. */
export interface Fragment {
  readonly nodes: Readonly<Record<string, FragmentNode>>;
  readonly output: string;
}

/** Where a copy stands in its row of repeats; a stage reduces its map in the first copy only. */
export interface RepeatPosition {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** A composite with parameters that expands to layers (or to further blocks). */
export interface BlockDefinition<T extends OptionTable = OptionTable> {
  readonly type: string;
  readonly title: string;
  readonly category: "block";
  readonly summary: string;
  readonly inputs: { readonly minimum: number; readonly maximum: number };
  readonly options: T;
  /** True for parts of other blocks, which the palette does not show. */
  readonly isInternal?: boolean;
  /** `inputs` are the shapes wired to the block, because a projection depends on the channels that arrive. */
  expand(inputs: readonly Shape[], options: OptionValues<T>, position: RepeatPosition): Fragment;
}

/** Keeps the literal types of the option table, and adds to it what every block has. */
export function defineBlock<const T extends OptionTable>(
  definition: BlockDefinition<T>,
): BlockDefinition<T & typeof commonBlockOptions> {
  return { ...definition, options: { ...definition.options, ...commonBlockOptions } };
}
