import type { DatasetReport } from "./datasetReport.ts";

/** True where a person should mend something: broken images, a class without images, or images in more than one part. */
export const hasFaults = ({ broken, emptyClasses, duplicates, obstacle }: DatasetReport): boolean =>
  broken.count > 0 ||
  emptyClasses.count > 0 ||
  duplicates.acrossParts > 0 ||
  obstacle !== undefined;
