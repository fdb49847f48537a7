import { selectedNodes } from "../arrange/selectedNodes.ts";
import { stepFind } from "../find/findActions.ts";
import type { KeyGroup } from "../keys/keyGroups.ts";
import { blockInside } from "./blockActions.ts";
import type { CanvasOrder } from "../state/application.ts";
import {
  goInside,
  leave,
  moveFocus,
  nudge,
  removeSelected,
  rename,
  selectAll,
  toggleBlock,
  type KeyContext,
} from "./keyActions.ts";

/** What some keys of the canvas do; the handler and the sheet of shortcuts are both made from it. */
export interface CanvasKey {
  /** In the words of `pressedKey`; each of them does it. */
  readonly keys: readonly string[];
  /** In English; translated where it is shown. Keys with the same title are one line of the sheet. */
  readonly title: string;
  readonly group: KeyGroup;
  /** Only while a block fills the canvas; then it comes before what the key does else. */
  readonly isInside?: true;
  /** Returns false where there was nothing to do, so that the key goes on to VS Code. */
  readonly act: (context: KeyContext) => boolean | void;
}

const goTo = "Go to the next card along a wire or that way";
const extend = "Add the next card that way to the selection";
const move = "Move the selected nodes";

const order =
  (name: CanvasOrder) =>
  ({ application }: KeyContext): void =>
    application.canvasActions.emit(name);

/** Leaves the key to VS Code where no node is selected, for then a text may be meant. */
const withSelection =
  (name: CanvasOrder) =>
  (context: KeyContext): boolean => {
    const isMeant = selectedNodes(context.application.store.get()).length > 0;
    if (isMeant) {
      order(name)(context);
    }
    return isMeant;
  };

/** Every key of the canvas: a new one is a line here. Keys of VS Code commands stand in `workbenchKeys`. */
export const canvasKeys: readonly CanvasKey[] = [
  { keys: ["ArrowLeft"], title: goTo, group: "move", act: moveFocus("left") },
  { keys: ["ArrowRight"], title: goTo, group: "move", act: moveFocus("right") },
  { keys: ["ArrowUp"], title: goTo, group: "move", act: moveFocus("up") },
  { keys: ["ArrowDown"], title: goTo, group: "move", act: moveFocus("down") },
  { keys: ["Shift+ArrowLeft"], title: extend, group: "move", act: moveFocus("left", true) },
  { keys: ["Shift+ArrowRight"], title: extend, group: "move", act: moveFocus("right", true) },
  { keys: ["Shift+ArrowUp"], title: extend, group: "move", act: moveFocus("up", true) },
  { keys: ["Shift+ArrowDown"], title: extend, group: "move", act: moveFocus("down", true) },
  { keys: ["Mod+A"], title: "Select all", group: "move", act: selectAll },
  { keys: ["Escape"], title: "Close the message, or select nothing", group: "move", act: leave },
  {
    keys: ["/"],
    title: "Insert a layer or block after the selection",
    group: "draw",
    act: ({ application }) => application.openInsert({}),
  },
  {
    keys: ["Enter"],
    title: "Go to the options of the selected node",
    group: "draw",
    act: order("focusInspector"),
  },
  { keys: ["F2"], title: "Rename", group: "draw", act: rename },
  {
    keys: ["Delete", "Backspace"],
    title: "Delete the selected nodes or the selected wire",
    group: "draw",
    act: removeSelected,
  },
  { keys: ["Mod+C"], title: "Copy", group: "draw", act: withSelection("copy") },
  { keys: ["Mod+X"], title: "Cut", group: "draw", act: withSelection("cut") },
  { keys: ["Mod+V"], title: "Paste", group: "draw", act: order("paste") },
  { keys: ["Mod+D"], title: "Duplicate", group: "draw", act: order("duplicate") },
  {
    keys: ["Mod+G"],
    title: "Create Block From Selection",
    group: "blocks",
    act: withSelection("createBlock"),
  },
  { keys: ["Alt+ArrowLeft"], title: move, group: "draw", act: nudge("left") },
  { keys: ["Alt+ArrowRight"], title: move, group: "draw", act: nudge("right") },
  { keys: ["Alt+ArrowUp"], title: move, group: "draw", act: nudge("up") },
  { keys: ["Alt+ArrowDown"], title: move, group: "draw", act: nudge("down") },
  {
    keys: ["Space"],
    title: "Open or close the selected block in its place",
    group: "blocks",
    act: toggleBlock,
  },
  { keys: ["Mod+Enter"], title: "Go inside the selected block", group: "blocks", act: goInside },
  {
    keys: ["Alt+ArrowUp", "Escape"],
    title: "Go out of the block, one level up",
    group: "blocks",
    isInside: true,
    act: leave,
  },
  {
    keys: ["F3"],
    title: "Next match of the find box",
    group: "view",
    act: ({ application }) => stepFind(application, 1),
  },
  {
    keys: ["Shift+F3"],
    title: "Previous match of the find box",
    group: "view",
    act: ({ application }) => stepFind(application, -1),
  },
  {
    keys: ["?"],
    title: "Show keyboard shortcuts",
    group: "view",
    act: ({ application }) => application.openDialog("keys"),
  },
];

const byKey = (isInside: boolean): ReadonlyMap<string, CanvasKey> =>
  new Map(
    canvasKeys
      .filter((entry) => (entry.isInside === true) === isInside)
      .flatMap((entry) => entry.keys.map((key) => [key, entry])),
  );

const [inside, anywhere] = [byKey(true), byKey(false)];

/** Does what a key in the words of `pressedKey` does; false where that is nothing. */
export function pressCanvasKey(key: string, context: KeyContext): boolean {
  const isInside = blockInside(context.application) !== undefined;
  const entry = (isInside ? inside.get(key) : undefined) ?? anywhere.get(key);
  return entry !== undefined && entry.act(context) !== false;
}
