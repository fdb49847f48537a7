import { setImmediate } from "node:timers/promises";
import { analyzeText } from "../core/analysis/analyze.ts";
import { defaultRecipe } from "../core/design/parseTraining.ts";
import type { DatasetRecipe } from "../core/design/training.ts";
import {
  type DatasetReport,
  type InspectAnswer,
  type InspectProgress,
  type InspectRequest,
  reportLimits,
} from "../protocol/datasetReport.ts";
import { asFailure } from "./asFailure.ts";
import type { Fit } from "./datasets/dataset.ts";
import { whyUnfit } from "./datasets/fitDataset.ts";
import { datasetCache } from "./datasets/imageCache.ts";
import { type FolderDataset, readImageFolder } from "./datasets/imageFolder.ts";
import { nameOf, readContents } from "./datasets/inspection/contents.ts";
import { type InspectedPart, inspectedParts } from "./datasets/inspection/inspectedParts.ts";
import { sourceOf } from "./datasets/inspection/sourceOf.ts";
import { thumbnails } from "./datasets/inspection/thumbnails.ts";
import { countLabels } from "./datasets/labels.ts";
import { noDataset, readDataset } from "./datasets/loadDataset.ts";
import { measure } from "./datasets/normalization.ts";
import type { SourceDataset, Surroundings } from "./datasets/source.ts";
import type { TrainingFailure } from "./trainingFailure.ts";

type Say = (progress: InspectProgress) => void;

/** Looks through the data set that a design names, as a training would take it, and answers what is in it. */
export async function inspectDataset(
  request: InspectRequest,
  stop: AbortSignal,
  say: Say,
): Promise<InspectAnswer> {
  try {
    return await inspect(request, stop, sparing(say));
  } catch (error) {
    // Always a failure.
    return asFailure(error).toEvent() as InspectAnswer;
  }
}

/** Milliseconds between two words of one step. */
const pause = 200;

function sparing(say: Say): Say {
  let last: (InspectProgress & { readonly at: number }) | undefined;
  return (progress) => {
    const at = performance.now();
    if (last?.step === progress.step && at - last.at < pause) return;
    last = { ...progress, at };
    say(progress);
  };
}

async function inspect(
  { text, directory }: InspectRequest,
  stop: AbortSignal,
  say: Say,
): Promise<DatasetReport> {
  const design = readLeniently(text);
  const { recipe } = design;
  const { source, obstacle } = await readSource(recipe.dataset, design, {
    directory,
    cache: datasetCache(),
    signal: stop,
    report: (progress) => say({ type: "inspectProgress", step: "reading", ...progress }),
  });
  const cut = await inspectedParts(source, recipe, design.inputShape);
  const classes = source.classNames.length;
  const contents = await readContents(source, cut.parts, stop, say);
  say({ type: "inspectProgress", step: "measuring", done: 0, total: 0 });
  await setImmediate();
  const { trained, trainedShape, divisor } = cut;
  const [training] = cut.parts;
  return {
    type: "datasetReport",
    name: source.name,
    ...("folder" in source && { folder: source.folder }),
    imageShape: trainedShape,
    parts: cut.parts.map(({ part, indices, from }) => ({
      part,
      images: indices.length,
      isCut: part !== from,
    })),
    ...classReports(source, cut.parts),
    ...contents,
    ...(trained.indices.length > 0 && {
      normalization: await measure(trained, trainedShape, classes, stop),
    }),
    samples: training
      ? await thumbnails(training, {
          imageShape: source.imageShape,
          classes,
          divisor,
          nameOf: (index) => nameOf(source, training, index),
        })
      : [],
    ...(obstacle !== undefined && {
      obstacle: [obstacle.message, obstacle.hint].filter(Boolean).join(" "),
    }),
  };
}

/** What matters of a design, which may be far from complete. */
function readLeniently(text: string) {
  const { parsed, network } = analyzeText(text);
  const { training } = parsed.design;
  const dataset = training?.dataset;
  if (dataset === undefined) throw noDataset();
  const input = network.layers.find(({ type }) => type === "input");
  return {
    recipe: { ...defaultRecipe(), ...training, dataset },
    inputShape: input?.inference?.outputShape,
    classes: network.byId.get(network.outputs[0] ?? "")?.inference?.outputShape.at(-1),
  };
}

type LenientDesign = ReturnType<typeof readLeniently>;

/** What stands in for a design that takes nothing yet. */
const usualShape = [64, 64, 3];
const usualClasses = 10;

async function readSource(
  dataset: DatasetRecipe,
  { recipe, inputShape, classes }: LenientDesign,
  surroundings: Surroundings,
): Promise<{
  readonly source: SourceDataset | FolderDataset;
  /** Why a training would not start. */
  readonly obstacle: TrainingFailure | undefined;
}> {
  const fit: Fit = {
    inputShape: inputShape ?? usualShape,
    classes: classes ?? usualClasses,
    seed: recipe.seed,
  };
  let obstacle: TrainingFailure | undefined;
  let source: SourceDataset | FolderDataset;
  if (dataset.type === "imageFolder") {
    source = await readImageFolder(dataset, surroundings, fit, (why) => {
      if (why.code !== "datasetMismatch") obstacle ??= why;
    });
  } else {
    const read = await readDataset(dataset, fit, surroundings);
    source = "classNames" in read ? read : sourceOf(read);
  }
  if (inputShape !== undefined && classes !== undefined) obstacle ??= whyUnfit(source, fit);
  return { source, obstacle };
}

function classReports(
  { classNames }: SourceDataset,
  parts: readonly InspectedPart[],
): Pick<DatasetReport, "classCount" | "classes" | "emptyClasses"> {
  const counts = parts.map(({ source, indices }) =>
    countLabels([Uint16Array.from(indices, (at) => source.labels[at] ?? 0)], classNames.length),
  );
  const empty = classNames.filter((_, label) => counts[0]?.[label] === 0);
  return {
    classCount: classNames.length,
    classes: classNames.slice(0, reportLimits.classes).map((name, label) => ({
      name,
      counts: counts.map((ofPart) => ofPart[label] ?? 0),
    })),
    emptyClasses: { count: empty.length, names: empty.slice(0, reportLimits.classes) },
  };
}
