import type { DatasetPart } from "../../src/protocol/datasetReport.ts";
import { t } from "../text/t.ts";

/** The name of a part. */
export function partTitle(part: DatasetPart): string {
  switch (part) {
    case "training":
      return t("Training");
    case "validation":
      return t("Validation");
    case "test":
      return t("Test");
  }
}
