/** Takes a buffer again only where it is not more than so many times as large as what it is for. */
const mostSlack = 2;

/** Buffers of a device that are used again and again; whoever takes one gives it back. */
export class Memory {
  readonly #gpu: GPUDevice;
  readonly #all: GPUBuffer[] = [];
  readonly #free: GPUBuffer[] = [];

  constructor(gpu: GPUDevice) {
    this.#gpu = gpu;
  }

  /** A buffer for at least so many floats, with anything in it. */
  take(count: number): GPUBuffer {
    const bytes = 4 * Math.max(count, 1);
    const fitting = this.#free
      .filter(({ size }) => size >= bytes && size <= mostSlack * bytes)
      .toSorted((first, second) => first.size - second.size)[0];
    if (fitting !== undefined) {
      this.#free.splice(this.#free.indexOf(fitting), 1);
      return fitting;
    }
    const made = this.#gpu.createBuffer({
      size: bytes,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    this.#all.push(made);
    return made;
  }

  give(buffer: GPUBuffer): void {
    this.#free.push(buffer);
  }

  dispose(): void {
    for (const buffer of this.#all) buffer.destroy();
    this.#all.length = 0;
    this.#free.length = 0;
  }
}
