/** Values of images one behind the other: bytes as files hold them, or real numbers. */
export type PixelArray = Uint8Array | Float32Array;

/** Images of one size, by their numbers. */
export interface Pixels {
  readonly count: number;
  /** Values in one image. */
  readonly size: number;
  readonly type: "uint8" | "float32";
  /** All of them; absent where they are not in memory. */
  readonly values?: PixelArray;
  /** These images one behind the other, in the order in which they are asked for. */
  read(indices: Uint32Array): Promise<PixelArray>;
}

/** Images that are in memory. */
export function pixelsInMemory(values: PixelArray, size: number): Pixels {
  return {
    count: size === 0 ? 0 : values.length / size,
    size,
    type: values instanceof Uint8Array ? "uint8" : "float32",
    values,
    async read(indices) {
      const found = arrayOf(
        values instanceof Uint8Array ? "uint8" : "float32",
        indices.length * size,
      );
      for (const [place, index] of indices.entries()) {
        found.set(values.subarray(index * size, (index + 1) * size), place * size);
      }
      return found;
    },
  };
}

/** An array for so many values. */
export const arrayOf = (type: Pixels["type"], length: number): PixelArray =>
  type === "uint8" ? new Uint8Array(length) : new Float32Array(length);
