import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { EditCommand } from "../../src/core/design/command.ts";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applySmall } from "../../src/core/design/editSmall.ts";
import type { Shape } from "../../src/core/layers/shape.ts";
import { effectOf } from "../inspector/editEffect.ts";
import { analyzeRemembering } from "../state/showText.ts";
import { formatTightShape } from "../text/format.ts";

/** What would be if that which is dragged were dropped where it is. */
export interface DropPreview {
  /** Place of the pointer on the page in pixels. */
  readonly at: readonly [x: number, y: number];
  /** `28×28×6 → 14×14×6` at the new node; empty where that cannot be known. */
  readonly change: string;
  /** Change of the network's numbers. */
  readonly effect: string;
  readonly problem: string | undefined;
  /** Shapes that would be others than they are, by the ids of nodes and layers. */
  readonly shapes: ReadonlyMap<string, string>;
}

const shapeWords = (shape: Shape | undefined): string =>
  shape === undefined ? "?" : formatTightShape(shape);

function changedShapes(before: AnalyzedDesign, after: AnalyzedDesign): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const part of ["nodes", "layerById"] as const) {
    for (const [id, { outputShape }] of before.analysis[part]) {
      const fresh = after.analysis[part].get(id);
      const words = shapeWords(fresh?.outputShape);
      if (fresh !== undefined && words !== shapeWords(outputShape)) {
        changed.set(id, words);
      }
    }
  }
  return changed;
}

/** Works out a drop on the text as it stands; `node` is what is dragged where it is no new node. */
export function previewDrop(
  before: AnalyzedDesign,
  command: EditCommand,
  at: DropPreview["at"],
  node?: string,
): DropPreview | undefined {
  const result = applySmall(before.parsed, command);
  const effect = effectOf(before, command);
  if (result.type === "refused" || effect === undefined) {
    return undefined;
  }
  const after = analyzeRemembering(applyEdits(before.parsed.text, result.edits));
  const dropped = node ?? result.created ?? "";
  const [source] = after.parsed.design.nodes.get(dropped)?.from ?? [];
  const from = after.analysis.nodes.get(source ?? "")?.outputShape;
  const to = after.analysis.nodes.get(dropped)?.outputShape;
  return {
    at,
    change: from === undefined ? "" : `${shapeWords(from)} → ${shapeWords(to)}`,
    effect: effect.words,
    problem: effect.problem,
    shapes: changedShapes(before, after),
  };
}
