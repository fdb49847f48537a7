import { t } from "../core/text/t.ts";
import {
  type InspectAnswer,
  type InspectProgress,
  type InspectRequest,
  parseInspectMessage,
} from "../protocol/datasetReport.ts";
import { trainerFileOf } from "./clientProcess.ts";
import { askTrainer } from "./clientQuestion.ts";

/** What is in a data set, why that cannot be known, or that nobody wants to know any more. */
export type InspectionResult = InspectAnswer | { readonly type: "cancelled" };

export interface InspectOptions {
  readonly signal: AbortSignal;
  readonly report: (progress: InspectProgress) => void;
  readonly trainerFile?: string;
}

/** Looks through the data set of a design in a process of its own. */
export async function inspectDataset(
  request: Omit<InspectRequest, "type">,
  { signal, report, trainerFile = trainerFileOf() }: InspectOptions,
): Promise<InspectionResult> {
  const answer = await askTrainer<InspectAnswer>(
    { type: "inspectDataset", ...request } satisfies InspectRequest,
    {
      trainerFile,
      signal,
      hear: (message) => {
        const said = parseInspectMessage(message);
        if (said?.type !== "inspectProgress") return said;
        report(said);
        return undefined;
      },
      otherwise: (why) => ({
        type: "failed",
        code: "crashed",
        message: t("The process that reads the data set was lost. {0}", why),
      }),
    },
  );
  return signal.aborted ? { type: "cancelled" } : answer;
}
