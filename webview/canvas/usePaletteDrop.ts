import { useReactFlow } from "@xyflow/react";
import { useState, type DragEvent } from "react";
import { catalogEntry } from "../catalog/catalog.ts";
import { insertEntry } from "../palette/insertEntry.ts";
import { useApplication } from "../state/context.ts";
import { previewDrop } from "./dropPreview.ts";
import { cardSize, roundPosition } from "./geometry.ts";
import { insertion } from "./insertion.ts";
import { focusCard } from "./focusCard.ts";
import type { Scene } from "./scene.ts";
import { wireUnder } from "./wireUnder.ts";

/** Kind of data that the palette drags: the type of a node. */
export const nodeTypeData = "application/x-cnn-architect-node";

/** What the palette drags at this moment; a page may read the data of a drag only when it ends. */
export const paletteDrag: { type: string | undefined } = { type: undefined };

/** Takes what is dragged from the palette, onto a wire or onto the free canvas. */
export function usePaletteDrop(scene: Scene) {
  const application = useApplication();
  const { screenToFlowPosition } = useReactFlow();
  const [target, setTarget] = useState<string>();
  const hover = (wireId: string | undefined, at: readonly [number, number]): void => {
    if (wireId === target) {
      return;
    }
    const { drawn } = application.store.get();
    const { design } = drawn.parsed;
    const onto = scene.wires.find(({ id }) => id === wireId)?.port;
    const entry = catalogEntry(paletteDrag.type ?? "", design.blocks);
    setTarget(wireId);
    application.setPreview(
      onto === undefined || entry === undefined
        ? undefined
        : previewDrop(drawn, insertion(entry, design, { selection: [], onto }), at),
    );
  };
  const leave = (): void => {
    setTarget(undefined);
    application.setPreview(undefined);
  };
  const onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer.types.includes(nodeTypeData)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      hover(wireUnder(event.clientX, event.clientY), [event.clientX, event.clientY]);
    }
  };
  const onDrop = (event: DragEvent): void => {
    leave();
    const { parsed } = application.store.get().drawn;
    const entry = catalogEntry(event.dataTransfer.getData(nodeTypeData), parsed.design.blocks);
    if (entry === undefined) {
      return;
    }
    event.preventDefault();
    if (application.store.get().view.inside !== undefined) {
      insertEntry(application, entry, {});
      return;
    }
    const wireId = wireUnder(event.clientX, event.clientY);
    const wire = scene.wires.find(({ id }) => id === wireId);
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const position = roundPosition({ x: x - cardSize.width / 2, y: y - cardSize.height / 2 });
    const place =
      wire?.port === undefined
        ? { selection: [], position }
        : { selection: [], position, onto: wire.port };
    const outcome = application.edit(insertion(entry, parsed.design, place));
    if (outcome.type === "done" && outcome.created !== undefined) {
      application.remember(entry.type);
      application.select([outcome.created]);
      focusCard(outcome.created);
    }
  };
  return { target, onDragOver, onDrop, onDragLeave: leave };
}
