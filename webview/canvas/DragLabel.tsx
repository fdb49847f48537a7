import { useAppState } from "../state/context.ts";

/** Beside the pointer: what a drop would do, or why a wire cannot end where it is. */
export function DragLabel() {
  const preview = useAppState((state) => state.preview);
  const refusal = useAppState((state) => state.wiring?.refusal);
  const at = preview?.at ?? refusal?.at;
  if (at === undefined) {
    return null;
  }
  return (
    <div
      className="drag-label"
      style={{ left: at[0] + 16, top: at[1] + 18 }}
      data-testid="drag-label"
    >
      {preview === undefined ? (
        <div className="is-error">{refusal?.message}</div>
      ) : (
        <>
          <b>{preview.change}</b>
          <div className="quiet">{preview.effect}</div>
          {preview.problem !== undefined && <div className="is-error">{preview.problem}</div>}
        </>
      )}
    </div>
  );
}
