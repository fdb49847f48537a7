import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import {
  type DatasetReport,
  type InspectProgress,
  reportLimits,
} from "../../../protocol/datasetReport.ts";
import { imageExtents, imageFault } from "../decodeImage.ts";
import { eachAbreast } from "../eachAbreast.ts";
import type { FolderDataset } from "../imageFolder.ts";
import type { BrokenImage } from "../prepareImages.ts";
import type { SourceDataset } from "../source.ts";
import { duplicatesReport } from "./duplicates.ts";
import { ImageSizes } from "./imageSizes.ts";
import type { InspectedPart } from "./inspectedParts.ts";
import { SameContent } from "./sameContent.ts";

/** What a person finds an image by: its file, or its number in its part of the files. */
export function nameOf(
  source: SourceDataset | FolderDataset,
  { from }: InspectedPart,
  index: number,
): string {
  const file = "images" in source ? source.images[from]?.[index]?.name : undefined;
  return file ?? `#${index}`;
}

/** Hashes the content of every image, one after the other, and reads how large it is in its file. */
export async function readContents(
  source: SourceDataset | FolderDataset,
  parts: readonly InspectedPart[],
  stop: AbortSignal,
  say: (progress: InspectProgress) => void,
): Promise<Pick<DatasetReport, "sizes" | "broken" | "duplicates">> {
  const starts = parts.map((_, at) => sum(parts.slice(0, at)));
  const total = sum(parts);
  const content = new SameContent(total);
  const sizes = new ImageSizes();
  const broken = "broken" in source ? [...source.broken] : [];
  let done = 0;
  const step = async (): Promise<void> => {
    done += 1;
    stop.throwIfAborted();
    say({ type: "inspectProgress", step: "comparing", done, total });
    // Lets a wish to stop in.
    if (done % breath === 0) await setImmediate();
  };
  for (const [at, part] of parts.entries()) {
    const start = starts[at] ?? 0;
    if ("folder" in source) {
      await eachAbreast(part.indices, filesAbreast, async (index, place) => {
        const name = nameOf(source, part, index);
        const file = await readFile(path.join(source.folder, name));
        if ("why" in file) broken.push({ name, why: file.why });
        else {
          content.add(start + place, file.hash);
          sizes.add(file.extents);
        }
        await step();
      });
    } else {
      const [height, width, channels] = source.imageShape;
      if (height !== undefined && width !== undefined && channels !== undefined) {
        sizes.add({ height, width, channels }, part.indices.length);
      }
      for await (const [place, values] of valuesOf(part)) {
        content.add(start + place, createHash("sha256").update(values).digest());
        await step();
      }
    }
  }
  const imageAt = (image: number) => {
    const at = starts.findLastIndex((start) => start <= image);
    const part = parts[at] as InspectedPart;
    const index = part.indices[image - (starts[at] ?? 0)] ?? 0;
    const label = source.classNames[part.source.labels[index] ?? 0] ?? "";
    return { name: nameOf(source, part, index), part: part.part, label };
  };
  const { report } = sizes;
  return {
    ...(report !== undefined && { sizes: report }),
    broken: brokenReport(broken),
    duplicates: duplicatesReport(content.groups(), imageAt),
  };
}

const filesAbreast = os.availableParallelism() + 1;
const breath = 1_024;

const sum = (parts: readonly InspectedPart[]): number =>
  parts.reduce((images, { indices }) => images + indices.length, 0);

const brokenReport = (broken: readonly BrokenImage[]): DatasetReport["broken"] => ({
  count: broken.length,
  listed: broken.slice(0, reportLimits.broken).map(({ name, why }) => ({ name, why })),
});

/** Hash of all bytes of a file, read as a stream, and the size of its image. */
async function readFile(file: string) {
  try {
    const hash = createHash("sha256");
    await pipeline(fs.createReadStream(file), hash);
    return { hash: hash.digest(), extents: await imageExtents(file) };
  } catch (error) {
    return { why: imageFault(error) };
  }
}

/** Images that are read at once. */
const atOnce = 256;

/** The bytes of each image of a part, with its place in it. */
async function* valuesOf({ source, indices }: InspectedPart): AsyncGenerator<[number, Uint8Array]> {
  const { size } = source.pixels;
  for (let start = 0; start < indices.length; start += atOnce) {
    const some = indices.subarray(start, start + atOnce);
    const values = await source.pixels.read(some);
    for (let at = 0; at < some.length; at += 1) {
      const image = values.subarray(at * size, (at + 1) * size);
      yield [start + at, new Uint8Array(image.buffer, image.byteOffset, image.byteLength)];
    }
  }
}
