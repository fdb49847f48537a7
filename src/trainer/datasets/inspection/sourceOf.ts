import { sizeOf } from "../../../core/layers/shape.ts";
import type { Dataset, Examples } from "../dataset.ts";
import type { LabelledPixels, SourceDataset } from "../source.ts";

/** A data set that is made on the spot, as if it came from files. */
export function sourceOf({
  name,
  imageShape,
  classes,
  notes,
  training,
  test,
}: Dataset): SourceDataset {
  const size = sizeOf(imageShape);
  const labelled = (examples: Examples): LabelledPixels => ({
    pixels: {
      count: examples.count,
      size,
      type: "float32",
      async read(indices) {
        const values = new Float32Array(indices.length * size);
        const labels = new Float32Array(indices.length * classes);
        for (const [place, index] of indices.entries()) {
          examples.write(index, values, labels, place);
        }
        return values;
      },
    },
    labels: Uint16Array.from({ length: examples.count }, (_, at) => examples.labelOf?.(at) ?? 0),
  });
  return {
    name,
    imageShape,
    classNames: Array.from({ length: classes }, (_, at) => String(at)),
    training: labelled(training),
    test: labelled(test),
    notes,
  };
}
