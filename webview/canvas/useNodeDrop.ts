import { useState } from "react";
import type { EditCommand, Position } from "../../src/core/design/command.ts";
import type { Design } from "../../src/core/design/design.ts";
import { catalogEntry } from "../catalog/catalog.ts";
import { useApplication } from "../state/context.ts";
import { previewDrop } from "./dropPreview.ts";
import type { Scene, Wire } from "./scene.ts";
import { wireUnder } from "./wireUnder.ts";

/** A node that has no wires yet is what a person may want to put on one. */
function isLoose(design: Design, id: string): boolean {
  const node = design.nodes.get(id);
  const entry = catalogEntry(node?.type ?? "", design.blocks);
  const hasReaders = [...design.nodes.values()].some(({ from }) => from.includes(id));
  return node?.from.length === 0 && !hasReaders && entry?.inputs.maximum !== 0;
}

/** Puts a node on a wire: it reads what the wire came from, and the wire's end reads it. */
export function ontoWire(design: Design, id: string, wire: Wire): EditCommand | undefined {
  if (wire.port === undefined || wire.from === undefined || !isLoose(design, id)) {
    return undefined;
  }
  return {
    type: "sequence",
    commands: [
      { type: "connect", from: wire.from, to: { node: id, index: 0 } },
      { type: "connect", from: id, to: wire.port },
    ],
  };
}

/** Takes a loose node that is dragged over a wire. */
export function useNodeDrop(scene: Scene) {
  const application = useApplication();
  const [target, setTarget] = useState<string>();
  const commandAt = (id: string, wireId: string | undefined): EditCommand | undefined => {
    const wire = scene.wires.find((each) => each.id === wireId);
    return wire && ontoWire(application.store.get().drawn.parsed.design, id, wire);
  };
  const drag = (event: MouseEvent | TouchEvent, dragged: readonly { readonly id: string }[]) => {
    const [node, ...more] = dragged;
    if (!("clientX" in event) || node === undefined || more.length > 0) {
      return;
    }
    const { clientX, clientY } = event;
    const wire = wireUnder(clientX, clientY);
    if (wire === target) {
      return;
    }
    const command = commandAt(node.id, wire);
    setTarget(command === undefined ? undefined : wire);
    application.setPreview(
      command && previewDrop(application.store.get().drawn, command, [clientX, clientY], node.id),
    );
  };
  /** The command of a drop that moves a node there and puts it on the wire below it. */
  const drop = (moved: Readonly<Record<string, Position>>): EditCommand => {
    const move = { type: "moveNodes", positions: moved } as const;
    const [id = "", ...more] = Object.keys(moved);
    const onto = more.length === 0 ? commandAt(id, target) : undefined;
    setTarget(undefined);
    application.setPreview(undefined);
    return onto === undefined ? move : { type: "sequence", commands: [move, onto] };
  };
  return { target, drag, drop };
}
