import type { TableRow } from "../../src/core/table/layerTable.ts";
import type { Network } from "../../src/core/network/network.ts";
import { blockTree, pathOf } from "../canvas/blockTree.ts";
import type { ViewState } from "../state/viewState.ts";

/** The part of the canvas that is a row: the canvas leaves out blocks that are the only part of another. */
export function partOfRow(row: TableRow, network: Network): string {
  const isPart = network.byId.has(row.id) || blockTree(network).groups.has(row.id);
  return isPart ? row.id : (row.parent ?? row.id);
}

/** What of the canvas stands for a row at this moment: its own card, or the closed block that holds it. */
export function cardOfRow(
  row: TableRow,
  network: Network,
  { openBlocks, inside }: Pick<ViewState, "openBlocks" | "inside">,
): string {
  const part = partOfRow(row, network);
  const around = pathOf(blockTree(network), part);
  const shown = inside === undefined ? around : around.slice(around.indexOf(inside) + 1);
  return shown.find((id) => !openBlocks.includes(id)) ?? part;
}

/** Ids of the rows around a row, from the inside out. */
export function rowsAround(id: string, rowById: ReadonlyMap<string, TableRow>): readonly string[] {
  const around: string[] = [];
  for (let outer = rowById.get(id)?.parent; outer !== undefined;) {
    around.push(outer);
    outer = rowById.get(outer)?.parent;
  }
  return around;
}
