import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { makeRoom } from "./imageCache.ts";
import { pixelsInFile } from "./filePixels.ts";
import { arrayOf, type PixelArray, type Pixels, pixelsInMemory } from "./pixels.ts";

/** What a data set may take of the memory, in bytes; beyond it the images lie in a file. */
export const mostInMemory = (): number => Math.min(2 ** 31, os.totalmem() / 4);

const bytesPer = { uint8: 1, float32: 4 } as const;

interface SinkOptions {
  readonly size: number;
  readonly type: Pixels["type"];
  /** Folder for a file, where the images do not fit into memory. */
  readonly cache: string;
  readonly limit?: number;
}

/** Takes images one after the other and keeps them in memory, or in a file once there are too many. */
export class PixelSink {
  readonly #options: Required<SinkOptions>;
  #chunks: PixelArray[] = [];
  #chunk: PixelArray;
  #used = 0;
  #count = 0;
  #file: { readonly handle: fs.FileHandle; readonly name: string } | undefined;

  constructor(options: SinkOptions) {
    this.#options = { limit: mostInMemory(), ...options };
    const perChunk = Math.max(1, Math.floor(2 ** 22 / options.size));
    this.#chunk = arrayOf(options.type, perChunk * options.size);
  }

  get count(): number {
    return this.#count;
  }

  /** Takes the values of one image. */
  async add(image: ArrayLike<number>): Promise<void> {
    this.#chunk.set(image, this.#used);
    this.#used += this.#options.size;
    this.#count += 1;
    if (this.#used === this.#chunk.length) {
      await this.#flush();
    }
  }

  async finish(): Promise<Pixels> {
    const { size, type } = this.#options;
    if (this.#file === undefined) {
      const values = arrayOf(type, this.#count * size);
      let at = 0;
      for (const chunk of this.#chunks) {
        values.set(chunk, at);
        at += chunk.length;
      }
      values.set(this.#chunk.subarray(0, this.#used), at);
      this.#chunks = [];
      return pixelsInMemory(values, size);
    }
    await this.#write(this.#chunk.subarray(0, this.#used));
    await this.#file.handle.close();
    return pixelsInFile({ file: this.#file.name, count: this.#count, size, type });
  }

  async #flush(): Promise<void> {
    const { limit, type, size } = this.#options;
    if (this.#file === undefined && this.#count * size * bytesPer[type] <= limit) {
      this.#chunks.push(this.#chunk);
      this.#chunk = arrayOf(type, this.#chunk.length);
    } else {
      await this.#write(this.#chunk);
    }
    this.#used = 0;
  }

  async #write(values: PixelArray): Promise<void> {
    this.#file ??= await this.#openFile();
    await this.#file.handle.write(bytesOf(values));
  }

  async #openFile(): Promise<{ readonly handle: fs.FileHandle; readonly name: string }> {
    const { cache, size, type } = this.#options;
    await makeRoom(cache, 0);
    const folder = path.join(
      cache,
      `passing-${createHash("sha256").update(randomUUID()).digest("hex").slice(0, 12)}`,
    );
    await fs.mkdir(folder, { recursive: true });
    const name = path.join(folder, `${type}-${size}.bin`);
    const handle = await fs.open(name, "w");
    for (const chunk of this.#chunks.splice(0)) {
      await handle.write(bytesOf(chunk));
    }
    return { handle, name };
  }
}

const bytesOf = (values: PixelArray): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
