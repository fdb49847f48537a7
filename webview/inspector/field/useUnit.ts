import { useState, type KeyboardEvent, type PointerEvent } from "react";

/** A unit of a map by its row and column. */
export type Unit = readonly [row: number, column: number];

/** A place on a drawing, both from 0 to 1. */
export type DrawingPlace = readonly [y: number, x: number];

const steps: Readonly<Record<string, Unit>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** Where the pointer is on a drawing. */
export function placeOn(event: PointerEvent<SVGSVGElement>): DrawingPlace {
  const { top, left, width, height } = event.currentTarget.getBoundingClientRect();
  return [(event.clientY - top) / height, (event.clientX - left) / width];
}

/** The unit that is looked at: in the middle at first, then wherever the pointer or the arrow keys lead. */
export function useUnit(rows: number, columns: number, first?: Unit) {
  const [chosen, setChosen] = useState<Unit>();
  const [row, column] = chosen ?? first ?? [(rows - 1) >> 1, (columns - 1) >> 1];
  const unit: Unit = [clamp(row, rows), clamp(column, columns)];
  const look = ([toRow, toColumn]: Unit): void =>
    setChosen([clamp(Math.round(toRow), rows), clamp(Math.round(toColumn), columns)]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      look([unit[0] + step[0], unit[1] + step[1]]);
    }
  };
  return { unit, look, onKeyDown };
}
