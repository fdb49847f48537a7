import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { t } from "../../core/text/t.ts";
import { TrainingFailure } from "../trainingFailure.ts";
import { decodeImage, imageFault, type ImageForm } from "./decodeImage.ts";
import { eachAbreast } from "./eachAbreast.ts";
import { pixelsInFile } from "./filePixels.ts";
import { makeRoom } from "./imageCache.ts";
import { type Pixels, pixelsInMemory } from "./pixels.ts";
import { mostInMemory } from "./pixelSink.ts";
import type { Surroundings } from "./source.ts";

/** An image that could not be decoded. */
export interface BrokenImage {
  readonly name: string;
  readonly why: string;
}

/** Decoded images, with the numbers of those that could be decoded. */
export interface PreparedImages {
  readonly pixels: Pixels;
  readonly usable: Uint32Array;
  readonly broken: readonly BrokenImage[];
}

interface PrepareOptions extends Pick<Surroundings, "cache" | "signal" | "report"> {
  readonly folder: string;
  readonly names: readonly string[];
  readonly form: ImageForm;
}

/** Changes when the same files would give other pixels. */
const decoderVersion = 1;

const pixelFile = "images.bin";
const stateFile = "prepared.json";

/**
 * Decodes images to one size, side by side, and keeps the result on disk under a key of their names, sizes and times,
 * so that the next training finds it. What fits is held in memory, other images are read from there, and where the disk
 * has no room for them either they are decoded whenever they are needed.
 */
export async function prepareImages(options: PrepareOptions): Promise<PreparedImages> {
  const { cache, form, names } = options;
  const size = form.height * form.width * form.channels;
  const target = path.join(cache, await keyOf(options));
  const known = await openPrepared(target, names, size);
  if (known !== undefined) return known;
  const bytes = size * names.length;
  const hasRoom = await makeRoom(cache, bytes).catch(() => false);
  if (hasRoom) {
    await decodeToDisk(options, target, size);
    const prepared = await openPrepared(target, names, size);
    if (prepared !== undefined) return prepared;
  }
  return bytes <= mostInMemory() ? decodeToMemory(options, size) : decodeWhenNeeded(options, size);
}

/** Side by side, one more than the machine has threads, so that none waits. */
const abreast = (): number => os.availableParallelism() + 1;

async function keyOf({ folder, names, form, signal, report }: PrepareOptions): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([decoderVersion, folder, form]));
  const stats: string[] = [];
  await eachAbreast(names, 64, async (name, at) => {
    signal.throwIfAborted();
    const { size, mtimeMs } = await fs
      .stat(path.join(folder, name))
      .catch(() => ({ size: -1, mtimeMs: 0 }));
    stats[at] = `${name}\n${size}\n${mtimeMs}\n`;
    if (at % 1000 === 0) report({ done: 0, total: names.length });
  });
  for (const one of stats) hash.update(one);
  return hash.digest("hex").slice(0, 32);
}

/** Decodes every image once, hands over its pixels, and says which could not be decoded. */
async function decodeAll(
  { folder, names, form, signal, report }: PrepareOptions,
  take: (pixels: Uint8Array, index: number) => Promise<void> | void,
): Promise<readonly BrokenImage[]> {
  const broken: (BrokenImage & { readonly index: number })[] = [];
  let done = 0;
  await eachAbreast(names, abreast(), async (name, index) => {
    signal.throwIfAborted();
    let pixels: Uint8Array | undefined;
    try {
      pixels = await decodeImage(path.join(folder, name), form);
    } catch (error) {
      if (error instanceof TrainingFailure) throw error;
      broken.push({ index, name, why: imageFault(error) });
    }
    if (pixels !== undefined) await take(pixels, index);
    done += 1;
    report({ done, total: names.length });
  });
  return broken.toSorted((a, b) => a.index - b.index).map(({ name, why }) => ({ name, why }));
}

async function decodeToDisk(options: PrepareOptions, target: string, size: number): Promise<void> {
  const staging = `${target}.${process.pid}`;
  await fs.mkdir(staging, { recursive: true });
  try {
    const handle = await fs.open(path.join(staging, pixelFile), "w");
    let broken: readonly BrokenImage[];
    try {
      await handle.truncate(options.names.length * size);
      broken = await decodeAll(options, async (pixels, index) => {
        await handle.write(pixels, 0, size, index * size);
      });
    } finally {
      await handle.close();
    }
    await fs.writeFile(path.join(staging, stateFile), JSON.stringify({ broken }));
    await fs.rm(target, { recursive: true, force: true });
    await fs.rename(staging, target);
  } catch (error) {
    await fs.rm(staging, { recursive: true, force: true });
    // A disk that is full is no reason not to train; anything else is the caller's.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOSPC" && code !== "EDQUOT" && code !== "ENOTEMPTY" && code !== "EEXIST") {
      throw error;
    }
  }
}

async function openPrepared(
  target: string,
  names: readonly string[],
  size: number,
): Promise<PreparedImages | undefined> {
  try {
    const state = JSON.parse(await fs.readFile(path.join(target, stateFile), "utf8")) as {
      readonly broken: readonly BrokenImage[];
    };
    const file = path.join(target, pixelFile);
    const bytes = names.length * size;
    if ((await fs.stat(file)).size !== bytes) return undefined;
    const now = new Date();
    // What was used last is removed last.
    await fs.utimes(target, now, now);
    const layout = { file, count: names.length, size, type: "uint8" } as const;
    const pixels =
      bytes <= mostInMemory()
        ? pixelsInMemory(await readWhole(file, bytes), size)
        : await pixelsInFile(layout);
    return { pixels, broken: state.broken, usable: usableOf(names, state.broken) };
  } catch {
    // Not there, or of a process that was killed: it is made anew.
    return undefined;
  }
}

/** `readFile` ends at 2 GiB. */
async function readWhole(file: string, bytes: number): Promise<Uint8Array> {
  const values = new Uint8Array(bytes);
  const handle = await fs.open(file);
  try {
    for (let at = 0; at < bytes;) {
      const { bytesRead } = await handle.read(values, at, Math.min(2 ** 28, bytes - at), at);
      if (bytesRead === 0) throw new Error("cut off");
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
  return values;
}

async function decodeToMemory(options: PrepareOptions, size: number): Promise<PreparedImages> {
  const values = new Uint8Array(options.names.length * size);
  const broken = await decodeAll(options, (pixels, index) => values.set(pixels, index * size));
  return { pixels: pixelsInMemory(values, size), broken, usable: usableOf(options.names, broken) };
}

async function decodeWhenNeeded(options: PrepareOptions, size: number): Promise<PreparedImages> {
  const { folder, names, form } = options;
  // Once through all of them, so that damaged ones are known before training begins.
  const broken = await decodeAll(options, () => undefined);
  const pixels: Pixels = {
    count: names.length,
    size,
    type: "uint8",
    async read(indices) {
      const values = new Uint8Array(indices.length * size);
      await eachAbreast([...indices], abreast(), async (index, place) => {
        const name = names[index] ?? "";
        const decoded = await decodeImage(path.join(folder, name), form).catch((error: unknown) => {
          throw new TrainingFailure(
            "datasetBroken",
            t("The image {0} {1}; it could be read before.", name, t(imageFault(error))),
          );
        });
        values.set(decoded, place * size);
      });
      return values;
    },
  };
  return { pixels, broken, usable: usableOf(names, broken) };
}

function usableOf(names: readonly string[], broken: readonly BrokenImage[]): Uint32Array {
  const lost = new Set(broken.map(({ name }) => name));
  return Uint32Array.from(names.flatMap((name, index) => (lost.has(name) ? [] : [index])));
}
