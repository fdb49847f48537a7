import { nameFault } from "../parseNodes.ts";

/** `conv` for `conv2d`, `residual` for `residualBlock`: what the names of new nodes begin with. */
function stemOf(type: string): string {
  return type.replace(/(?:\dd|Block)$/, "") || type;
}

/** A name that no node has: the wanted one, one near it, or the type with the first free number. */
export function freeName(
  type: string,
  wanted: string | undefined,
  isTaken: (name: string) => boolean,
): string {
  if (wanted !== undefined && nameFault(wanted) === undefined) {
    if (!isTaken(wanted)) return wanted;
    return numbered(wanted.replace(/\d+$/, "") || wanted, 2, isTaken);
  }
  return numbered(stemOf(type).replaceAll("/", "_"), 1, isTaken);
}

function numbered(stem: string, first: number, isTaken: (name: string) => boolean): string {
  let number = first;
  while (isTaken(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}
