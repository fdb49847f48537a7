import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { TrainingFailure } from "../trainingFailure.ts";

/** A file in the IDX format of MNIST: unsigned bytes in a box of `extents` (yann.lecun.com/exdb/mnist). */
export interface IdxFile {
  readonly extents: readonly number[];
  readonly values: Uint8Array;
}

const unsignedByte = 0x08;
/** A packed file may not grow beyond this. */
const mostBytes = 2 ** 31;

/** Reads an IDX file of so many axes, packed (.gz) or not; what is wrong with it is said with its name. */
export async function readIdx(
  file: string,
  axes: readonly number[],
  dataset: string,
): Promise<IdxFile> {
  const name = `${path.basename(file)} of the data set ${dataset}`;
  const broken = (why: string): TrainingFailure =>
    new TrainingFailure(
      "datasetBroken",
      `The file ${name} ${why}.`,
      `Install the data set again, or replace ${file}.`,
    );
  const content = await readFile(file, broken);
  if (content.length < 4) {
    throw broken(`is cut off: it has only ${content.length} bytes`);
  }
  const magic = content.readUInt32BE(0);
  const rank = magic & 0xff;
  if (magic >> 8 !== unsignedByte || !axes.includes(rank)) {
    throw broken(
      `is not an IDX file of ${axes.includes(1) ? "labels" : "images"}: it begins with 0x${magic.toString(16).padStart(8, "0")}`,
    );
  }
  const header = 4 + 4 * rank;
  if (content.length < header) {
    throw broken(`is cut off: it has only ${content.length} bytes`);
  }
  const extents = Array.from({ length: rank }, (_, axis) => content.readUInt32BE(4 + 4 * axis));
  const expected = header + extents.reduce((product, extent) => product * extent, 1);
  if (content.length !== expected) {
    const state = content.length < expected ? "is cut off" : "is too long";
    throw broken(`${state}: it has ${content.length} bytes, and its header announces ${expected}`);
  }
  return { extents, values: content.subarray(header) };
}

async function readFile(file: string, broken: (why: string) => TrainingFailure): Promise<Buffer> {
  const content = await fs.readFile(file).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw broken(code === "ENOENT" ? "is missing" : `cannot be read (${code ?? "unknown error"})`);
  });
  if (content[0] !== 0x1f || content[1] !== 0x8b) {
    return content;
  }
  return promisify(gunzip)(content, { maxOutputLength: mostBytes }).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw broken(
      code === "ERR_BUFFER_TOO_LARGE"
        ? "is larger than 2 GiB once it is unpacked"
        : "is packed, and the pack is damaged or cut off",
    );
  });
}
