/** Id of the wire at a place on the page, also where a card lies over it. */
export function wireUnder(x: number, y: number): string | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const wire = element.closest<SVGElement>(".react-flow__edge");
    if (wire !== null) {
      return wire.dataset["id"];
    }
  }
  return undefined;
}
