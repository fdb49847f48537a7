import fs from "node:fs";
import path from "node:path";
import { TrainingFailure } from "../trainingFailure.ts";

/** A file in the IDX format of MNIST: unsigned bytes in a box of `extents` (yann.lecun.com/exdb/mnist). */
export interface IdxFile {
  readonly extents: readonly number[];
  readonly values: Uint8Array;
}

const unsignedByte = 0x08;

/** Reads an IDX file of so many axes; what is wrong with it is said with its name. */
export function readIdx(file: string, axes: number, dataset: string): IdxFile {
  const name = `${path.basename(file)} of the data set ${dataset}`;
  const broken = (why: string): TrainingFailure =>
    new TrainingFailure(
      "datasetBroken",
      `The file ${name} ${why}.`,
      `Install the data set again, or replace ${file}.`,
    );
  const content = readFile(file, broken);
  const header = 4 + 4 * axes;
  if (content.length < header) {
    throw broken(`is cut off: it has only ${content.length} bytes`);
  }
  const magic = content.readUInt32BE(0);
  if (magic !== ((unsignedByte << 8) | axes)) {
    throw broken(
      `is not an IDX file of ${axes === 1 ? "labels" : "images"}: it begins with 0x${magic.toString(16).padStart(8, "0")}`,
    );
  }
  const extents = Array.from({ length: axes }, (_, axis) => content.readUInt32BE(4 + 4 * axis));
  const expected = header + extents.reduce((product, extent) => product * extent, 1);
  if (content.length !== expected) {
    const state = content.length < expected ? "is cut off" : "is too long";
    throw broken(`${state}: it has ${content.length} bytes, and its header announces ${expected}`);
  }
  return { extents, values: content.subarray(header) };
}

function readFile(file: string, broken: (why: string) => TrainingFailure): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw broken(code === "ENOENT" ? "is missing" : `cannot be read (${code ?? "unknown error"})`);
  }
}
