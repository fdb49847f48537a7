import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { t } from "../../core/text/t.ts";
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
  const broken = (why: string): TrainingFailure =>
    new TrainingFailure(
      "datasetBroken",
      t("The file {0} of the data set {1} {2}.", path.basename(file), dataset, why),
      t("Install the data set again, or replace {0}.", file),
    );
  const content = await readFile(file, broken);
  if (content.length < 4) {
    throw broken(t("is cut off: it has only {0} bytes", content.length));
  }
  const magic = content.readUInt32BE(0);
  const rank = magic & 0xff;
  if (magic >> 8 !== unsignedByte || !axes.includes(rank)) {
    const start = magic.toString(16).padStart(8, "0");
    throw broken(
      axes.includes(1)
        ? t("is not an IDX file of labels: it begins with 0x{0}", start)
        : t("is not an IDX file of images: it begins with 0x{0}", start),
    );
  }
  const header = 4 + 4 * rank;
  if (content.length < header) {
    throw broken(t("is cut off: it has only {0} bytes", content.length));
  }
  const extents = Array.from({ length: rank }, (_, axis) => content.readUInt32BE(4 + 4 * axis));
  const expected = header + extents.reduce((product, extent) => product * extent, 1);
  if (content.length !== expected) {
    const { length } = content;
    throw broken(
      length < expected
        ? t("is cut off: it has {0} bytes, and its header announces {1}", length, expected)
        : t("is too long: it has {0} bytes, and its header announces {1}", length, expected),
    );
  }
  return { extents, values: content.subarray(header) };
}

async function readFile(file: string, broken: (why: string) => TrainingFailure): Promise<Buffer> {
  const content = await fs.readFile(file).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw broken(
      code === "ENOENT" ? t("is missing") : t("cannot be read ({0})", code ?? t("unknown error")),
    );
  });
  if (content[0] !== 0x1f || content[1] !== 0x8b) {
    return content;
  }
  return promisify(gunzip)(content, { maxOutputLength: mostBytes }).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw broken(
      code === "ERR_BUFFER_TOO_LARGE"
        ? t("is larger than 2 GiB once it is unpacked")
        : t("is packed, and the pack is damaged or cut off"),
    );
  });
}
