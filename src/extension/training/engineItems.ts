import * as vscode from "vscode";
import type { Measurement } from "../../protocol/measurement.ts";
import type { EngineChoice } from "../../protocol/trainer.ts";
import type { MeasuredResult } from "../../trainer/clientMeasure.ts";
import { engineSetting } from "../engineSetting.ts";

/** A row of the comparison; a separator has no choice. */
export interface EngineItem extends vscode.QuickPickItem {
  readonly choice?: EngineChoice;
}

/** An engine as people call it. */
export function engineTitle(choice: EngineChoice): string {
  switch (choice) {
    case "auto":
      return vscode.l10n.t("Automatic");
    case "tfjs-node":
      return vscode.l10n.t("Native (tfjs-node)");
    case "wasm":
      return "WASM";
    case "webgpu":
      return "WebGPU";
  }
}

/** The measured engines, the fastest first, then those that cannot, and how to leave the choice to us. */
export function engineItems(results: readonly MeasuredResult[]): readonly EngineItem[] {
  const measured = results
    .filter(isMeasured)
    .toSorted((a, b) => b.answer.imagesPerSecond - a.answer.imagesPerSecond);
  const [fastest] = measured;
  return [
    ...measured.map((result) => measuredItem(result, fastest?.answer ?? result.answer)),
    ...results.filter((result) => !isMeasured(result)).map(failedItem),
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    {
      choice: "auto",
      ...labelled("auto"),
      detail: indented(
        vscode.l10n.t("The native engine where it is installed, and WASM otherwise."),
      ),
    },
  ];
}

/** What the engines were measured with, in a line. */
export function measuredWords(results: readonly MeasuredResult[], isBusy: boolean): string {
  const answer = results.find(isMeasured)?.answer;
  const parts = [
    ...(answer === undefined
      ? [vscode.l10n.t("No engine can train this design here.")]
      : [
          vscode.l10n.t("Batches of {0}", answer.batchSize),
          answer.substituted === undefined
            ? answer.dataset
            : vscode.l10n.t("made-up images: {0}", answer.substituted),
          vscode.l10n.t("choose the engine to train with"),
        ]),
    ...(isBusy ? [vscode.l10n.t("slowed down by another training")] : []),
  ];
  return parts.join(" · ");
}

type MeasuredWell = MeasuredResult & { readonly answer: Measurement };

const isMeasured = (result: MeasuredResult): result is MeasuredWell =>
  result.answer.type === "measured";

function measuredItem({ engine, answer }: MeasuredWell, fastest: Measurement): EngineItem {
  const { imagesPerSecond, stepSeconds, peakBytes } = answer;
  const share = imagesPerSecond / fastest.imagesPerSecond;
  const speed =
    answer === fastest
      ? vscode.l10n.t("the fastest")
      : vscode.l10n.t("{0} × the fastest", number(share, 2));
  return {
    choice: engine,
    ...labelled(engine, vscode.l10n.t("{0} images/s", number(imagesPerSecond, 0)), speed),
    detail: indented(
      [
        vscode.l10n.t("{0} ms a step", number(1000 * stepSeconds, 1)),
        vscode.l10n.t("{0} MB at most", number(peakBytes / 1e6, 0)),
        answer.engine.detail,
      ].join(" · "),
    ),
  };
}

const failedItem = ({ engine, answer }: MeasuredResult): EngineItem => ({
  choice: engine,
  ...labelled(engine, vscode.l10n.t("not here")),
  detail: indented(answer.type === "failed" ? answer.message : ""),
});

/** The name with a tick where trainings use it now, which the description says as well. */
function labelled(choice: EngineChoice, ...words: readonly string[]): vscode.QuickPickItem {
  const isCurrent = engineSetting() === choice;
  return {
    label: `$(${isCurrent ? "check" : "blank"}) ${engineTitle(choice)}`,
    description: [...words, ...(isCurrent ? [vscode.l10n.t("in use")] : [])].join(" · "),
  };
}

/** Below the name rather than below its tick. */
const indented = (words: string): string => `$(blank) ${words}`;

const number = (value: number, digits: number): string =>
  value.toLocaleString(vscode.env.language, { maximumFractionDigits: digits });
