import { t } from "../core/text/t.ts";
import { parseExportAnswer } from "../protocol/parseTrainerMessage.ts";
import type { ExportAnswer, TrainerRequest } from "../protocol/trainer.ts";
import { forkTrainer, trainerFileOf } from "./clientProcess.ts";

/** Which run is exported, and where to. */
export type ExportRequest = Omit<TrainerRequest & { readonly type: "export" }, "type">;

/** Exports the best weights of a run with their graph, in a process of its own. */
export async function exportRun(
  request: ExportRequest,
  options: { readonly trainerFile?: string } = {},
): Promise<ExportAnswer> {
  const child = forkTrainer(options.trainerFile ?? trainerFileOf());
  return new Promise((resolve) => {
    let answer: ExportAnswer = {
      type: "failed",
      code: "crashed",
      message: t("The process that exports ended before it was done."),
    };
    child.on("message", (message) => {
      answer = parseExportAnswer(message) ?? answer;
    });
    child.on("error", (error) => {
      resolve({ type: "failed", code: "crashed", message: error.message });
    });
    child.on("close", () => resolve(answer));
    child.send({ type: "export", ...request }, () => undefined);
  });
}
