// Stands in for d3-color in the bundle. React Flow moves its view with d3-transition, which brings 10 kB to blend one
// colour into another, and no colour is ever blended here.

function refuse(): never {
  throw new Error("Colours are not blended in this view.");
}

/** No text is a colour, so d3-interpolate takes every text as a text. */
export const color = (): null => null;

export const rgb = refuse;
export const hsl = refuse;
export const lab = refuse;
export const hcl = refuse;
export const cubehelix = refuse;
