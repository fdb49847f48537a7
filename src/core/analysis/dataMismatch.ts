import { imagesOf } from "../design/datasetOptions.ts";
import type { ParsedDesign } from "../design/parse.ts";
import type { Problem } from "../design/problem.ts";
import { formatShape } from "../layers/shape.ts";
import type { Network } from "../network/network.ts";
import { dataFix, endsOf, fitsData } from "./dataFix.ts";

/** A warning with its fix where the images of a data set that is known do not fit the design. */
export function dataMismatch(parsed: ParsedDesign, network: Network): readonly Problem[] {
  const { dataset } = parsed.design.training ?? {};
  const images = dataset && imagesOf(dataset);
  const ends = endsOf(network);
  if (dataset === undefined || images === undefined || ends === undefined) return [];
  if (fitsData(ends, images)) return [];
  const range = parsed.rangeOf(["training", "dataset"]);
  const fix = dataFix(network, images);
  return [
    {
      severity: "warning",
      code: "dataMismatch",
      message:
        `The data set ${dataset.type} has images of ${formatShape(images.shape)} and ${images.classes} classes, ` +
        `the design takes ${formatShape(ends.shape)} and gives ${ends.classes} ${ends.classes === 1 ? "value" : "values"}.`,
      ...(range === undefined ? {} : { range }),
      ...(fix === undefined ? {} : { fix }),
    },
  ];
}
