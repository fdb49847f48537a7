import path from "node:path";
import { formatNumber } from "../core/design/words.ts";
import { formatShape } from "../core/layers/shape.ts";
import { hasFaults } from "../protocol/datasetFaults.ts";
import type { DatasetReport } from "../protocol/datasetReport.ts";
import type { inspectDataset } from "../trainer/clientInspect.ts";
import { readDesignFile } from "./readDesignFile.ts";
import { layTable } from "./table.ts";
import { type ExitCode, exitCodes, printable, type Terminal } from "./terminal.ts";
import type { TrainingWorld } from "./trainCommand.ts";

/** Looks through the data set of a design in a process of its own. */
export type InspectDataset = typeof inspectDataset;

/** `cnn-architect dataset FILE [--json]`: shows what is in the data set of a design, and what is wrong with it. */
export async function datasetCommand(
  file: string,
  { json }: { readonly json: boolean },
  terminal: Terminal,
  world: Pick<TrainingWorld, "onInterrupt"> & { readonly inspect: InspectDataset },
): Promise<ExitCode> {
  const text = readDesignFile(file);
  const cancel = new AbortController();
  const forget = world.onInterrupt(() => cancel.abort());
  let step = "";
  const result = await world.inspect(
    { text, directory: path.dirname(path.resolve(file)) },
    {
      signal: cancel.signal,
      report: (progress) => {
        if (progress.step !== step) terminal.complain(`${steps[progress.step]} ...\n`);
        step = progress.step;
      },
    },
  );
  forget();
  if (result.type === "cancelled") return exitCodes.interrupted;
  if (json) {
    // Pictures are for eyes.
    const { samples: _pictures, ...rest } = { samples: undefined, ...result };
    terminal.write(`${JSON.stringify(rest)}\n`);
  }
  if (result.type === "failed") {
    const words = [result.message, result.hint].filter(Boolean).join(" ");
    terminal.complain(`${printable(words)}\n`);
    return exitCodes.failed;
  }
  if (!json) {
    terminal.write(
      datasetLines(result)
        .map((line) => `${printable(line)}\n`)
        .join(""),
    );
  }
  return hasFaults(result) ? exitCodes.failed : exitCodes.ok;
}

const steps = {
  reading: "Reading the data set",
  comparing: "Comparing images",
  measuring: "Measuring mean and deviation",
} as const;

function datasetLines(report: DatasetReport): readonly string[] {
  return [
    overview(report),
    ...classTable(report),
    ...balanceLine(report),
    ...sizeLines(report),
    ...normalizationLine(report),
    ...duplicateLines(report),
    ...brokenLines(report),
    ...emptyLine(report),
    ...(report.obstacle === undefined ? [] : [`A training would not start: ${report.obstacle}`]),
  ];
}

function overview({ name, parts, imageShape, classCount }: DatasetReport): string {
  const images = parts.reduce((sum, part) => sum + part.images, 0);
  return `${name}: ${many(images, "image")} of ${formatShape(imageShape)} in ${many(classCount, "class", "classes")}`;
}

function many(count: number, one: string, several = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : several}`;
}

/** Characters of the longest bar. */
const barLength = 20;

function classTable({ parts, classes, classCount }: DatasetReport): readonly string[] {
  const most = Math.max(1, ...classes.map(({ counts }) => counts[0] ?? 0));
  const totals = parts.map(({ images }) => formatNumber(images));
  const rows = classes.map(({ name, counts }) => [
    printable(name),
    ...counts.map(formatNumber),
    "█".repeat(Math.ceil((barLength * (counts[0] ?? 0)) / most)),
  ]);
  const columns = [
    { title: "class", align: "left" },
    ...parts.map(({ part }) => ({ title: part, align: "right" }) as const),
    { title: "", align: "left" },
  ] as const;
  const cut = parts.filter(({ isCut, images }) => isCut && images > 0).map(({ part }) => part);
  return [
    ...layTable(columns, [...rows, ["all", ...totals]]),
    ...(classCount > classes.length ? [`and ${classCount - classes.length} more classes`] : []),
    ...(cut.length === 0 ? [] : [`Taken from the training images: ${cut.join(", ")}.`]),
  ];
}

/** How far the classes are from even, where more than one has images. */
function balanceLine({ classes }: DatasetReport): readonly string[] {
  const counts = classes.flatMap(({ counts: [count = 0] }) => (count > 0 ? [count] : []));
  if (counts.length < 2) return [];
  const times = Math.max(...counts) / Math.min(...counts);
  return [`The largest class has ${times.toFixed(1)} times the training images of the smallest.`];
}

/** Sizes that fit into a line. */
const sizesNamed = 5;

function sizeLines({ sizes }: DatasetReport): readonly string[] {
  if (sizes === undefined) return [];
  const { smallest, largest, distinct, isComplete, common, channels } = sizes;
  const of = ({ height, width }: typeof smallest): string => `${height} × ${width}`;
  const each = channels
    .map((one) => `${many(one.channels, "channel")} (${formatNumber(one.images)})`)
    .join(", ");
  if (distinct === 1) return [`Images in their files: ${of(smallest)}, ${each}.`];
  const most = common
    .slice(0, sizesNamed)
    .map((size) => `${of(size)} (${formatNumber(size.images)})`)
    .join(", ");
  return [
    `Images in their files: ${of(smallest)} to ${of(largest)}, ${isComplete ? "" : "more than "}${many(distinct, "size")}, ${each}.`,
    `Most frequent: ${most}.`,
  ];
}

function normalizationLine({ normalization }: DatasetReport): readonly string[] {
  if (normalization === undefined) return [];
  const { mean, deviation } = normalization;
  const list = (values: readonly number[]): string =>
    values.map((value) => value.toFixed(4)).join(" ");
  return [`Mean ${list(mean)}, deviation ${list(deviation)} (training images, from 0 to 1).`];
}

/** Contents and files that are named; the JSON has more. */
const linesNamed = 20;

function duplicateLines({ duplicates }: DatasetReport): readonly string[] {
  const { groups, images, acrossParts, acrossClasses, listed } = duplicates;
  if (groups === 0) return ["No image is there twice."];
  const shown = listed.slice(0, linesNamed);
  return [
    `${many(images, "image")} ${images === 1 ? "repeats" : "repeat"} another; of ${many(groups, "content")}, ${formatNumber(acrossParts)} in more than one part, ${formatNumber(acrossClasses)} in more than one class.`,
    ...shown.map(
      (group) =>
        `  ${group.images.map(({ name, part, label }) => `${name} (${part}, ${label})`).join(" = ")}${more(group.count - group.images.length)}`,
    ),
    ...rest(groups - shown.length),
  ];
}

function brokenLines({ broken }: DatasetReport): readonly string[] {
  if (broken.count === 0) return [];
  const shown = broken.listed.slice(0, linesNamed);
  return [
    `${many(broken.count, "image")} cannot be used:`,
    ...shown.map(({ name, why }) => `  ${name} ${why}`),
    ...rest(broken.count - shown.length),
  ];
}

function emptyLine({ emptyClasses: { count, names } }: DatasetReport): readonly string[] {
  if (count === 0) return [];
  const shown = names.slice(0, linesNamed);
  return [`Classes without images to train on: ${shown.join(", ")}${more(count - shown.length)}.`];
}

const more = (count: number): string => (count > 0 ? ` and ${formatNumber(count)} more` : "");
const rest = (count: number): readonly string[] => (count > 0 ? [`  ${more(count).trim()}`] : []);
