import {
  type DuplicatesReport,
  reportLimits,
  type SameImage,
} from "../../../protocol/datasetReport.ts";

interface Group {
  readonly images: Uint32Array;
  readonly isAcrossParts: boolean;
  readonly isAcrossClasses: boolean;
}

/** Counts contents that several images have, and names the worst; `imageOf` says what an image is. */
export function duplicatesReport(
  groups: Iterable<Uint32Array>,
  imageOf: (image: number) => SameImage,
): DuplicatesReport {
  const counts = { groups: 0, images: 0, acrossParts: 0, acrossClasses: 0 };
  let worst: Group[] = [];
  for (const images of groups) {
    const group = groupOf(images, imageOf);
    counts.groups += 1;
    counts.images += images.length - 1;
    counts.acrossParts += Number(group.isAcrossParts);
    counts.acrossClasses += Number(group.isAcrossClasses);
    worst.push(group);
    if (worst.length >= 8 * reportLimits.duplicates) worst = worstOf(worst);
  }
  return {
    ...counts,
    listed: worstOf(worst).map(({ images }) => ({
      count: images.length,
      images: Array.from(images.subarray(0, reportLimits.sameImages), imageOf),
    })),
  };
}

function groupOf(images: Uint32Array, imageOf: (image: number) => SameImage): Group {
  const first = imageOf(images[0] ?? 0);
  let [isAcrossParts, isAcrossClasses] = [false, false];
  for (const image of images) {
    const { part, label } = imageOf(image);
    isAcrossParts ||= part !== first.part;
    isAcrossClasses ||= label !== first.label;
  }
  return { images, isAcrossParts, isAcrossClasses };
}

const worstOf = (groups: readonly Group[]): Group[] =>
  groups
    .toSorted(
      (a, b) =>
        Number(b.isAcrossParts) - Number(a.isAcrossParts) ||
        Number(b.isAcrossClasses) - Number(a.isAcrossClasses) ||
        b.images.length - a.images.length ||
        (a.images[0] ?? 0) - (b.images[0] ?? 0),
    )
    .slice(0, reportLimits.duplicates);
