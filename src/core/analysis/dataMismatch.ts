import { imagesOf } from "../design/datasetOptions.ts";
import type { ParsedDesign } from "../design/parse.ts";
import type { Problem } from "../design/problem.ts";
import { formatShape } from "../layers/shape.ts";
import type { Network } from "../network/network.ts";
import { t } from "../text/t.ts";
import { dataFix, endsOf, fitsData } from "./dataFix.ts";

/** A warning with its fix where the images of a data set that is known do not fit the design. */
export function dataMismatch(parsed: ParsedDesign, network: Network): readonly Problem[] {
  const { dataset } = parsed.design.training ?? {};
  const images = dataset && imagesOf(dataset);
  const ends = endsOf(network);
  if (dataset === undefined || images === undefined || ends === undefined) return [];
  if (fitsData(ends, images)) return [];
  const range = parsed.rangeOf(["training", "dataset"]);
  const sizes = [dataset.type, formatShape(images.shape), images.classes, formatShape(ends.shape)];
  const fix = dataFix(network, images);
  return [
    {
      severity: "warning",
      code: "dataMismatch",
      message:
        ends.classes === 1
          ? t(
              "The data set {0} has images of {1} and {2} classes, the design takes {3} and gives 1 value.",
              ...sizes,
            )
          : t(
              "The data set {0} has images of {1} and {2} classes, the design takes {3} and gives {4} values.",
              ...sizes,
              ends.classes,
            ),
      ...(range === undefined ? {} : { range }),
      ...(fix === undefined ? {} : { fix }),
    },
  ];
}
