import type { EditCommand, InputPort, Position } from "../../src/core/design/command.ts";
import type { Design } from "../../src/core/design/design.ts";
import type { CatalogEntry } from "../catalog/catalog.ts";

/** What is known about the place of a new node. */
export interface InsertionPlace {
  readonly selection: readonly string[];
  readonly position?: Position;
  /** Nodes that feed it, where the gesture names them. */
  readonly from?: readonly string[];
  /** Wire that it is put on, where the gesture names one. */
  readonly onto?: InputPort;
}

function readers(design: Design, node: string): readonly InputPort[] {
  return [...design.nodes.values()].flatMap(({ id, from }) =>
    from.flatMap((source, index) => (source === node ? [{ node: id, index }] : [])),
  );
}

/** The nodes nothing reads, which is where a network goes on. */
function ends(design: Design): readonly string[] {
  return [...design.nodes.keys()].filter((id) => readers(design, id).length === 0);
}

function feeding(
  entry: CatalogEntry,
  design: Design,
  place: InsertionPlace,
): Pick<EditCommand & { readonly type: "addNode" }, "from" | "onto"> {
  if (entry.inputs.maximum === 0) {
    return {};
  }
  if (place.onto !== undefined) {
    return { onto: place.onto };
  }
  if (place.from !== undefined) {
    return { from: place.from };
  }
  const selected = place.selection.filter((id) => design.nodes.has(id));
  // A node that is put down somewhere by hand is only wired where the person says so.
  if (selected.length === 0 && place.position !== undefined) {
    return {};
  }
  const from = (selected.length > 0 ? selected : ends(design).slice(-1)).slice(
    0,
    entry.inputs.maximum,
  );
  const [source] = from;
  if (source === undefined) {
    return {};
  }
  const [reader, ...more] = from.length === 1 ? readers(design, source) : [];
  return reader !== undefined && more.length === 0 ? { onto: reader } : { from };
}

/** The command that adds a node of this type: after the selection, onto a wire, or where the gesture says. */
export function insertion(
  entry: CatalogEntry,
  design: Design,
  place: InsertionPlace,
): EditCommand & { readonly type: "addNode" } {
  return {
    type: "addNode",
    nodeType: entry.type,
    ...(place.position === undefined ? {} : { position: place.position }),
    ...feeding(entry, design, place),
  };
}
