import fs from "node:fs";
import path from "node:path";
import { parse } from "csv-parse";
import { t } from "../../core/text/t.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { dataPath, unreadable } from "./dataPath.ts";
import { emptyNotes, labellingOf } from "./labels.ts";
import type { Pixels } from "./pixels.ts";
import { PixelSink } from "./pixelSink.ts";
import type { LabelledPixels, SourceDataset, Surroundings } from "./source.ts";

/** What a recipe says of a CSV file. */
export interface CsvRecipe {
  readonly path: string;
  readonly testPath: string;
  readonly label: string;
}

/** Images from a table: a line an image, a column with its class, every other column one pixel. */
export async function loadCsv(
  { path: named, testPath, label }: CsvRecipe,
  surroundings: Surroundings,
): Promise<SourceDataset> {
  const file = dataPath(named, surroundings.directory);
  const name = path.basename(file);
  const tables = [await readTable(file, label, surroundings)];
  if (testPath !== "") {
    tables.push(await readTable(dataPath(testPath, surroundings.directory), label, surroundings));
  }
  const [training, test] = tables;
  if (training === undefined || (test !== undefined && test.pixels.size !== training.pixels.size)) {
    throw broken(
      name,
      t(
        "has {0} pixels a line and {1} has {2}",
        training?.pixels.size ?? 0,
        testPath,
        test?.pixels.size ?? 0,
      ),
    );
  }
  const { classNames, labels, empty } = labelsOf(name, tables);
  const part = (pixels: Pixels, at: number): LabelledPixels => ({
    pixels,
    labels: labels[at] ?? new Uint16Array(),
  });
  return {
    name,
    imageShape: shapeOf(training.pixels.size),
    classNames,
    training: part(training.pixels, 0),
    ...(test !== undefined && { test: part(test.pixels, 1) }),
    notes: emptyNotes(empty),
  };
}

interface Table {
  readonly pixels: Pixels;
  readonly labels: readonly string[];
}

/** A square in grey or colour where the number of pixels allows it, and otherwise a vector. */
function shapeOf(size: number): readonly number[] {
  for (const channels of [1, 3]) {
    const side = Math.sqrt(size / channels);
    if (side > 1 && Number.isInteger(side)) return [side, side, channels];
  }
  return [size];
}

/** Whole numbers are numbered by their value, any other words by the alphabet. */
function labelsOf(name: string, tables: readonly Table[]): ReturnType<typeof labellingOf> {
  const isNumbered = tables.every(({ labels }) =>
    labels.every((label) => /^\d{1,5}(?:\.0*)?$/.test(label)),
  );
  if (isNumbered) {
    return labellingOf(
      name,
      tables.map(({ labels }) => labels.map(Number)),
    );
  }
  const classNames = [...new Set(tables.flatMap(({ labels }) => labels))].toSorted();
  if (classNames.length > 10_000) {
    throw broken(
      name,
      t("has {0} different labels, which looks like a column of numbers", classNames.length),
    );
  }
  const numbers = new Map(classNames.map((one, at) => [one, at]));
  return {
    classNames,
    labels: tables.map(({ labels }) =>
      Uint16Array.from(labels, (label) => numbers.get(label) ?? 0),
    ),
    empty: [],
  };
}

/** Lines that are looked at to tell bytes from real numbers. */
const linesLookedAt = 1_000;

async function readTable(file: string, label: string, surroundings: Surroundings): Promise<Table> {
  const reader = new TableReader(file, label, surroundings.cache);
  const { size } = await fs.promises.stat(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  let read = 0;
  const input = fs.createReadStream(file, { highWaterMark: 2 ** 20 });
  input.on("data", (chunk) => {
    read += chunk.length;
    surroundings.report({ done: Math.floor(read / 2 ** 20), total: Math.ceil(size / 2 ** 20) });
  });
  const parser = input.pipe(
    parse({
      bom: true,
      delimiter: [",", ";", "\t"],
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 2 ** 26,
    }),
  );
  input.on("error", (error) => parser.destroy(error));
  try {
    for await (const line of parser as AsyncIterable<readonly string[]>) {
      surroundings.signal.throwIfAborted();
      await reader.add(line);
    }
  } catch (error) {
    const isOurs = error instanceof TrainingFailure || surroundings.signal.aborted;
    throw isOurs
      ? error
      : broken(
          path.basename(file),
          t("cannot be read: {0}", error instanceof Error ? error.message : String(error)),
        );
  } finally {
    input.destroy();
  }
  return reader.finish();
}

/** Takes the lines of a table one by one. */
class TableReader {
  readonly #name: string;
  readonly #label: string;
  readonly #cache: string;
  readonly #labels: string[] = [];
  #column = 0;
  #width: number | undefined;
  #line = 0;
  readonly #waiting: Float32Array[] = [];
  #sink: PixelSink | undefined;
  #isBytes = true;

  constructor(file: string, label: string, cache: string) {
    this.#name = path.basename(file);
    this.#label = label;
    this.#cache = cache;
  }

  async add(line: readonly string[]): Promise<void> {
    this.#line += 1;
    if (this.#width === undefined) {
      this.#width = line.length;
      if (line.length < 2) {
        throw broken(
          this.#name,
          t("has lines of one column; it needs one for the class and one for every pixel"),
        );
      }
      if (this.#isHeader(line)) return;
    }
    if (line.length !== this.#width) {
      throw broken(
        this.#name,
        t("has {0} columns in line {1}, and {2} before", line.length, this.#line, this.#width),
      );
    }
    const image = this.#read(line);
    if (this.#sink === undefined) {
      this.#waiting.push(image);
      this.#isBytes &&= image.every(
        (value) => Number.isInteger(value) && value >= 0 && value <= 255,
      );
      if (this.#waiting.length === linesLookedAt) await this.#begin();
    } else {
      await this.#sink.add(this.#checked(image));
    }
  }

  async finish(): Promise<Table> {
    await this.#begin();
    if (this.#sink === undefined || this.#labels.length === 0) {
      throw broken(this.#name, t("has no images"));
    }
    return { pixels: await this.#sink.finish(), labels: this.#labels };
  }

  /** True where the first line names the columns. */
  #isHeader(line: readonly string[]): boolean {
    if (line.filter((cell) => isNumber(cell)).length >= line.length - 1) return false;
    const named = line.findIndex((cell) => cell.trim().toLowerCase() === this.#label.toLowerCase());
    this.#column = Math.max(0, named);
    return true;
  }

  #read(line: readonly string[]): Float32Array {
    const image = new Float32Array(line.length - 1);
    let at = 0;
    for (const [column, cell] of line.entries()) {
      if (column === this.#column) {
        this.#labels.push(cell.trim());
        continue;
      }
      if (!isNumber(cell)) {
        throw broken(
          this.#name,
          t(
            "has {0} in line {1}, column {2}, where a pixel is expected",
            JSON.stringify(cell.slice(0, 40)),
            this.#line,
            column + 1,
          ),
        );
      }
      image[at] = Number(cell);
      at += 1;
    }
    return image;
  }

  async #begin(): Promise<void> {
    const [first] = this.#waiting;
    if (this.#sink !== undefined || first === undefined) return;
    const type = this.#isBytes ? "uint8" : "float32";
    this.#sink = new PixelSink({ size: first.length, type, cache: this.#cache });
    for (const image of this.#waiting.splice(0)) await this.#sink.add(image);
  }

  #checked(image: Float32Array): Float32Array {
    if (this.#isBytes) {
      const wrong = image.find((value) => !Number.isInteger(value) || value < 0 || value > 255);
      if (wrong !== undefined) {
        throw broken(
          this.#name,
          t(
            "has the pixel {0} in line {1}, and whole numbers from 0 to 255 in its first {2} lines",
            wrong,
            this.#line,
            linesLookedAt,
          ),
        );
      }
    }
    return image;
  }
}

const isNumber = (cell: string): boolean => cell.trim() !== "" && Number.isFinite(Number(cell));

const broken = (dataset: string, why: string): TrainingFailure =>
  new TrainingFailure("datasetBroken", t("The data set {0} {1}.", dataset, why));
