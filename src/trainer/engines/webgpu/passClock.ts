/** Passes that one query set can time: as many as every device has room for. */
const passesOfSet = 2048;
const bytesOfPass = 16;

/** Times compute passes on the device itself, which works through a queue while nobody here waits. */
export class PassClock {
  readonly #sets: readonly GPUQuerySet[];
  readonly #resolved: GPUBuffer;
  readonly #staging: GPUBuffer;
  readonly #count: number;

  /** For so many passes, on a device with the feature `timestamp-query`. */
  constructor(gpu: GPUDevice, count: number) {
    this.#count = count;
    this.#sets = Array.from({ length: Math.ceil(count / passesOfSet) }, () =>
      gpu.createQuerySet({ type: "timestamp", count: 2 * passesOfSet }),
    );
    const size = bytesOfPass * passesOfSet * Math.max(this.#sets.length, 1);
    this.#resolved = gpu.createBuffer({
      size,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    this.#staging = gpu.createBuffer({
      size,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
  }

  /** How to begin the n-th pass. */
  describe(pass: number): GPUComputePassDescriptor {
    const querySet = this.#sets[Math.floor(pass / passesOfSet)] as GPUQuerySet;
    const beginningOfPassWriteIndex = 2 * (pass % passesOfSet);
    return {
      timestampWrites: {
        querySet,
        beginningOfPassWriteIndex,
        endOfPassWriteIndex: beginningOfPassWriteIndex + 1,
      },
    };
  }

  /** To be encoded behind the passes. */
  resolve(encoder: GPUCommandEncoder): void {
    for (const [index, set] of this.#sets.entries()) {
      encoder.resolveQuerySet(set, 0, set.count, this.#resolved, index * passesOfSet * bytesOfPass);
    }
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, this.#staging.size);
  }

  /** Milliseconds of each pass, once what was encoded is done. Can be called once. */
  async read(): Promise<readonly number[]> {
    await this.#staging.mapAsync(GPUMapMode.READ);
    const stamps = new BigUint64Array(this.#staging.getMappedRange().slice(0));
    for (const held of [...this.#sets, this.#resolved, this.#staging]) held.destroy();
    return Array.from({ length: this.#count }, (_, pass) => {
      const nanoseconds = (stamps[2 * pass + 1] ?? 0n) - (stamps[2 * pass] ?? 0n);
      // Some devices start their counter anew now and then.
      return Math.max(Number(nanoseconds), 0) / 1e6;
    });
  }
}
