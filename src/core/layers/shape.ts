/** Shape of one example without the batch: `[height, width, channels]` for a feature map, `[units]` for a vector. */
export type Shape = readonly number[];

/** True for a feature map `[height, width, channels]`. */
export function isFeatureMap(shape: Shape): shape is readonly [number, number, number] {
  return shape.length === 3;
}

/** Number of values in one example of this shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** `28 × 28 × 16`, as shown on nodes and in messages. */
export function formatShape(shape: Shape): string {
  return shape.join(" × ");
}
