import type { JsonValue } from "../layers/option.ts";
import type { Shape } from "../layers/shape.ts";

/** `affected`: nothing of it was changed, but its numbers follow from what was changed before it. */
export type DifferenceKind = "added" | "removed" | "changed" | "affected";

/** A value on both sides; `undefined` where a side has none. */
export interface BeforeAfter<T> {
  readonly before: T;
  readonly after: T;
}

/** One thing that was changed in a node or in the design: an option, `type`, `name`, `from`, `repeat`, `definition`. */
export interface OptionChange extends BeforeAfter<JsonValue | undefined> {
  readonly option: string;
}

/** What became of one node. */
export interface NodeDifference {
  readonly kind: DifferenceKind;
  /** Ids of the node on both sides; they differ where it was renamed. */
  readonly id: BeforeAfter<string | undefined>;
  readonly type: BeforeAfter<string | undefined>;
  /** Empty unless it was changed itself. */
  readonly changes: readonly OptionChange[];
  readonly outputShape: BeforeAfter<Shape | undefined>;
  /** 0 on the side where it is missing or cannot be known. */
  readonly parameters: BeforeAfter<number>;
  readonly macs: BeforeAfter<number>;
  /** Size of what one value of its output sees of the image; absent where it has none or cannot be known. */
  readonly receptiveField: BeforeAfter<readonly [height: number, width: number] | undefined>;
}

/** Everything in which two designs differ. */
export interface Comparison {
  /** In the order of the second design; what was removed stands behind what it stood behind. */
  readonly nodes: readonly NodeDifference[];
  /** Ids of nodes of the first design by those of the second that they became. */
  readonly matches: ReadonlyMap<string, string>;
  /** What changed outside of the nodes: `name`, `training.epochs`, `budget.macs`. */
  readonly settings: readonly OptionChange[];
  readonly parameters: BeforeAfter<number>;
  readonly macs: BeforeAfter<number>;
}
