import type { Fix, ProblemCode, Severity } from "../design/problem.ts";
import type { Inference } from "../layers/layer.ts";
import type { LayerType } from "../layers/layers.ts";
import type { JsonValue, OptionValues } from "../layers/option.ts";
import type { Shape } from "../layers/shape.ts";

/**
 * What leaves a node of a template: the index of a layer of it, `-1 - n` for what is wired to its input `n`, or the
 * id of a part that is broken and has no output.
 */
export type Source = number | string;

/** A source with the shape that leaves it, as far as it is known. */
export interface Outlet {
  readonly source: Source;
  readonly shape: Shape | undefined;
}

/** A layer with an id relative to where the template is placed. */
export interface TemplateLayer {
  readonly id: string;
  readonly type: LayerType;
  /** Read by the table of this very type. */
  readonly options: OptionValues;
  readonly inputs: readonly Source[];
  readonly inputShapes: readonly (Shape | undefined)[];
  readonly inference: Inference | undefined;
}

/** A block with an id relative to where the template is placed. */
export interface TemplateBlock {
  readonly id: string;
  readonly type: string;
  readonly parent: string | undefined;
  readonly repeat: number;
  readonly children: readonly string[];
  readonly output: Source | undefined;
}

/** Something wrong inside a template. */
export interface TemplateProblem {
  readonly severity: Severity;
  readonly code: ProblemCode;
  /** The node, as a path from where the template is placed. */
  readonly subject: string;
  /** The same with the copies of blocks that repeat, as in the ids of layers. */
  readonly part: string;
  /** What is said of the subject. */
  readonly message: string;
  /** Where it stands in the file; absent inside built-in blocks, which have no text. */
  readonly path: readonly (string | number)[] | undefined;
  readonly option: string | undefined;
  readonly fix: Fix | undefined;
  readonly detail: JsonValue | undefined;
}

/** Nodes after expansion, with all shapes; made once for the same block, options and input shapes. */
export interface Template {
  readonly layers: readonly TemplateLayer[];
  readonly blocks: readonly TemplateBlock[];
  /** Ids of the layers and blocks directly inside. */
  readonly children: readonly string[];
  readonly output: Outlet | undefined;
  readonly problems: readonly TemplateProblem[];
}
