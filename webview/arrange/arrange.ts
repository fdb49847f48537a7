import type { Position } from "../../src/core/design/command.ts";
import {
  type Fragment,
  fragmentOf,
  printFragment,
  readFragment,
} from "../../src/core/design/fragment.ts";
import type { Design } from "../../src/core/design/design.ts";
import { planBlock } from "../../src/core/design/grouping/planBlock.ts";
import type { CopiedNodes } from "../../src/protocol/copiedNodes.ts";
import type { Alignment, ArrangeAction } from "../../src/protocol/webview.ts";
import { roundPosition } from "../canvas/geometry.ts";
import { focusCard } from "../canvas/focusCard.ts";
import { absolutePlaces } from "../canvas/places.ts";
import type { CanvasScene } from "../canvas/useCanvasScene.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import type { Application } from "../state/application.ts";
import { bringCommands } from "../state/applyRemembering.ts";
import { t } from "../text/t.ts";
import { alignNodes } from "./alignNodes.ts";
import { pastePlaces, type PasteTarget } from "./pastePlaces.ts";
import { selectedNodes } from "./selectedNodes.ts";

bringCommands(applyCommand);

/** What gestures with many nodes work with. */
export interface Arranging {
  readonly application: Application;
  readonly canvas: CanvasScene;
}

/** The selected nodes with their blocks and places, or nothing and a sentence where no node is selected. */
function selectedFragment({ application, canvas }: Arranging): Fragment | undefined {
  const ids = selectedNodes(application.store.get());
  if (ids.length === 0) {
    application.notify({
      severity: "information",
      text: t("Select one or more nodes first; layers inside a block come with their block."),
      actions: [],
    });
    return undefined;
  }
  const places = absolutePlaces(canvas.scene, canvas.layout);
  const positions = ids.flatMap((id) => {
    const place = places.get(id);
    const closed = place && canvas.layout.expansion.close(id, place);
    return closed === undefined ? [] : [[id, roundPosition(closed)] as const];
  });
  const { parsed } = application.store.get().drawn;
  return { ...fragmentOf(parsed, ids), positions: Object.fromEntries(positions) };
}

/** What needs the code of this file; the others are carried out where the keys are. */
type Gesture = Exclude<ArrangeAction, "selectAll" | "toggleBlock" | "paste">;

/** Carries out a gesture with the selected nodes. */
export function arrange(gesture: Gesture, arranging: Arranging, target: PasteTarget): void {
  switch (gesture) {
    case "copy":
      copySelection(arranging);
      return;
    case "cut":
      cutSelection(arranging);
      return;
    case "createBlock":
      startBlock(arranging);
      return;
    case "expandBlock":
      expandSelection(arranging);
      return;
    case "duplicate":
      duplicateSelection(arranging, target);
      return;
    case "alignLeft":
    case "alignCenter":
    case "alignRight":
    case "alignTop":
    case "alignMiddle":
    case "alignBottom":
    case "distributeHorizontally":
    case "distributeVertically":
      alignSelection(arranging, gesture);
  }
}

/** Puts the selected nodes on the clipboard; false where nothing is selected. */
function copySelection(arranging: Arranging): boolean {
  const fragment = selectedFragment(arranging);
  if (fragment === undefined) {
    return false;
  }
  const { blocks, positions } = fragment;
  arranging.application.send({
    type: "copy",
    copied: { text: printFragment(fragment), blocks, positions },
  });
  const [first, ...more] = fragment.nodes.map(({ name }) => name);
  arranging.application.say(
    more.length === 0 ? t("{0} copied.", first ?? "") : t("{0} nodes copied.", more.length + 1),
  );
  return true;
}

/** Puts the selected nodes on the clipboard and takes them away. */
function cutSelection(arranging: Arranging): void {
  if (copySelection(arranging)) {
    arranging.application.removeSelection();
  }
}

/** Adds what the clipboard holds. */
export function pasteNodes(
  arranging: Arranging,
  { text, blocks, positions }: CopiedNodes,
  target: PasteTarget,
): void {
  const { application } = arranging;
  const read = readFragment(text);
  if (read.type === "refused") {
    application.notify({ severity: "information", text: read.message, actions: [] });
    return;
  }
  const { fragment } = read;
  insert(
    arranging,
    {
      nodes: fragment.nodes,
      blocks: blocks.length > 0 ? blocks : fragment.blocks,
      positions: Object.keys(positions).length > 0 ? positions : fragment.positions,
    },
    target,
  );
}

/** Adds a copy of the selected nodes beside them. */
function duplicateSelection(arranging: Arranging, target: PasteTarget): void {
  const fragment = selectedFragment(arranging);
  if (fragment !== undefined) {
    insert(arranging, fragment, { ...target, isPointed: false });
  }
}

function insert({ application, canvas }: Arranging, fragment: Fragment, target: PasteTarget): void {
  const { drawn, view } = application.store.get();
  const before = drawn.parsed.design.nodes;
  const { expansion } = canvas.layout;
  // Inside of a block other places are shown than those of the design, so the layout finds some.
  const places = view.inside === undefined ? fragment.positions : {};
  const positions: Record<string, Position> = Object.fromEntries(
    [...pastePlaces(places, target)].map(([id, place]) => [
      id,
      roundPosition(expansion.close("", place)),
    ]),
  );
  const { nodes, blocks } = fragment;
  const outcome = application.edit({ type: "pasteNodes", nodes, blocks, positions });
  if (outcome.type === "refused") {
    return;
  }
  selectAdded(application, before);
}

/** Selects the nodes that were not there before. */
function selectAdded(application: Application, before: Design["nodes"]): void {
  const after = application.store.get().drawn.parsed.design.nodes;
  const added = [...after.keys()].filter((id) => !before.has(id));
  const [first] = added;
  if (first !== undefined) {
    application.select(added);
    application.canvasActions.emit("reveal");
    focusCard(first);
    application.say(
      added.length === 1 ? t("{0} added.", first) : t("{0} nodes added.", added.length),
    );
  }
}

/** Asks for the name of the block that the selection becomes, or says why it cannot be one. */
function startBlock({ application }: Arranging): void {
  const state = application.store.get();
  const planned = planBlock(state.drawn.parsed.design, selectedNodes(state));
  if (planned.type === "refused") {
    application.notify({ severity: "information", text: planned.message, actions: [] });
  } else {
    application.openDialog("newBlock");
  }
}

/** Puts what the selected blocks stand for in their place. */
function expandSelection({ application }: Arranging): void {
  const state = application.store.get();
  const before = state.drawn.parsed.design.nodes;
  const isBlock = new Set(state.drawn.network.blocks.map(({ id }) => id));
  const nodes = selectedNodes(state).filter((id) => isBlock.has(id));
  if (nodes.length === 0) {
    const text = t("Select a block first: it is replaced by the nodes that it stands for.");
    application.notify({ severity: "information", text, actions: [] });
  } else if (application.edit({ type: "expandBlocks", nodes }).type === "done") {
    selectAdded(application, before);
  }
}

/** Lines up the selected nodes; the file then holds the places of all of them. */
function alignSelection({ application, canvas }: Arranging, alignment: Alignment): void {
  const all = absolutePlaces(canvas.scene, canvas.layout);
  const selected = new Map(
    selectedNodes(application.store.get()).flatMap((id) => {
      const place = all.get(id);
      return place === undefined ? [] : [[id, place] as const];
    }),
  );
  const positions = [...alignNodes(alignment, selected)].map(
    ([id, place]) => [id, roundPosition(canvas.layout.expansion.close(id, place))] as const,
  );
  if (positions.length > 1) {
    application.edit({ type: "moveNodes", positions: Object.fromEntries(positions) });
  }
}
