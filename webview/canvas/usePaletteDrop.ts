import { useReactFlow } from "@xyflow/react";
import { useState, type DragEvent } from "react";
import { catalogEntry } from "../catalog/catalog.ts";
import { insertEntry } from "../palette/insertEntry.ts";
import { useApplication } from "../state/context.ts";
import { cardSize, roundPosition } from "./geometry.ts";
import { insertion } from "./insertion.ts";
import { focusCard } from "./focusCard.ts";
import type { Scene } from "./scene.ts";

/** Kind of data that the palette drags: the type of a node. */
export const nodeTypeData = "application/x-cnn-architect-node";

function wireUnder({ clientX, clientY }: { clientX: number; clientY: number }): string | undefined {
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const wire = element.closest<SVGElement>(".react-flow__edge");
    if (wire !== null) {
      return wire.dataset["id"];
    }
  }
  return undefined;
}

/** Takes what is dragged from the palette, onto a wire or onto the free canvas. */
export function usePaletteDrop(scene: Scene) {
  const application = useApplication();
  const { screenToFlowPosition } = useReactFlow();
  const [target, setTarget] = useState<string>();
  const onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer.types.includes(nodeTypeData)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setTarget(wireUnder(event));
    }
  };
  const onDrop = (event: DragEvent): void => {
    setTarget(undefined);
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
    const wire = scene.wires.find(({ id }) => id === wireUnder(event));
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const position = roundPosition({ x: x - cardSize.width / 2, y: y - cardSize.height / 2 });
    const place =
      wire?.port === undefined
        ? { selection: [], position }
        : { selection: [], position, onto: wire.port };
    const outcome = application.edit(insertion(entry, parsed.design, place));
    if (outcome.type === "done" && outcome.created !== undefined) {
      application.select([outcome.created]);
      focusCard(outcome.created);
    }
  };
  return { target, onDragOver, onDrop, onDragLeave: () => setTarget(undefined) };
}
