import type { ArrangeAction } from "../../src/protocol/webview.ts";

const arrangeActions: Readonly<Record<ArrangeAction, true>> = {
  selectAll: true,
  copy: true,
  cut: true,
  paste: true,
  duplicate: true,
  createBlock: true,
  expandBlock: true,
  toggleBlock: true,
  alignLeft: true,
  alignCenter: true,
  alignRight: true,
  alignTop: true,
  alignMiddle: true,
  alignBottom: true,
  distributeHorizontally: true,
  distributeVertically: true,
};

/** True for what only the drawn canvas can do with its nodes. */
export const isArrangeAction = (action: string): action is ArrangeAction =>
  Object.hasOwn(arrangeActions, action);
