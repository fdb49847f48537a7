import { dataFix } from "../../src/core/analysis/dataFix.ts";
import type { DataNeeds } from "../../src/protocol/trainer.ts";
import { useApplication, useAppState } from "../state/context.ts";

/** Makes the design take and give what the data have, as one step. */
export function FitDesign({ needs: { imageShape, classes } }: { readonly needs: DataNeeds }) {
  const application = useApplication();
  const network = useAppState((state) => state.shown.network);
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const fix = dataFix(network, { shape: imageShape, classes });
  return fix === undefined ? null : (
    <button
      type="button"
      className="button"
      data-testid="fit-design"
      disabled={!isEditable}
      onClick={() => application.edit(fix.command)}
    >
      {fix.title}
    </button>
  );
}
