import type { JsonValue } from "../layers/option.ts";
import type { Position } from "./command.ts";
import type { TrainingRecipe } from "./training.ts";

/** One entry of a design: a layer, a block, or an instance of a user-defined block. */
export interface DesignNode {
  readonly id: string;
  readonly type: string;
  readonly from: readonly string[];
  /** The options as written, not yet checked against the type. */
  readonly options: Readonly<Record<string, JsonValue>>;
  /** How often a block stands in a row; 1 where it is not given. */
  readonly repeat: number;
  /** The count as an expression over the parameters of the block around, where it is one. */
  readonly repeatExpression?: string;
}

/** A block that a file defines for itself. */
export interface BlockSource {
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly inputs: readonly string[];
  readonly nodes: ReadonlyMap<string, DesignNode>;
  readonly output: string;
}

/** Limits the author wants to keep. */
export interface Budget {
  readonly parameters?: number;
  readonly macs?: number;
}

/** The content of one `*.cnn.json` file. */
export interface Design {
  readonly version: 1;
  readonly name: string;
  /** In the order of the file. */
  readonly nodes: ReadonlyMap<string, DesignNode>;
  readonly blocks: ReadonlyMap<string, BlockSource>;
  readonly training?: TrainingRecipe;
  readonly budget: Budget;
  /** Only what a person moved. */
  readonly canvas: ReadonlyMap<string, Position>;
}
