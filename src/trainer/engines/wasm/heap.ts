import { t } from "../../../core/text/t.ts";
import { EngineError } from "../engine.ts";
import { type KernelFunctions, bindKernels } from "./kernelModule.ts";
import type { Table } from "./kernels/kernel.ts";
import { Regions, alignment } from "./regions.ts";

const pageBytes = 65_536;
/** 4 GiB, all that 32 bits can address. */
const mostPages = 65_536;
/** Whole vectors may be read a little past the end of the last region. */
const slack = 4 * alignment;

/** The memory that kernels work in, with what stays there from call to call; addresses and sizes are in bytes. */
export class Heap {
  readonly functions: KernelFunctions;
  /** Shared, so that threads can work in it. */
  readonly memory: WebAssembly.Memory;
  // Address 0 means "nothing" to the kernels.
  readonly #regions = new Regions(alignment);
  readonly #tables = new Map<string, number>();
  #bytes: Uint8Array;

  constructor(module: WebAssembly.Module) {
    this.memory = reserve();
    this.functions = bindKernels(module, this.memory);
    this.#bytes = new Uint8Array(this.memory.buffer);
  }

  /** Size of the memory. */
  get size(): number {
    return this.memory.buffer.byteLength;
  }

  /** Number of regions that are taken. */
  get regions(): number {
    return this.#regions.count;
  }

  /** Takes a region; throws `EngineError` where memory has run out, and then nothing has changed. */
  take(bytes: number): number {
    const address = this.#regions.take(bytes);
    try {
      this.#grow(this.#regions.end + slack);
    } catch (error) {
      this.#regions.free(address);
      throw error;
    }
    return address;
  }

  free(address: number): void {
    this.#regions.free(address);
  }

  /** Address of a table; equal keys share one copy. */
  keep({ key, make }: Table): number {
    const known = this.#tables.get(key);
    if (known !== undefined) {
      return known;
    }
    const values = make();
    const address = this.take(values.byteLength);
    this.#current().set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      address,
    );
    this.#tables.set(key, address);
    return address;
  }

  /** A copy of floats in memory. */
  read(address: number, count: number): Float32Array {
    return this.#floats(address, count).slice();
  }

  write(address: number, values: Float32Array): void {
    this.#floats(address, values.length).set(values);
  }

  writeInteger(address: number, value: number): void {
    new Int32Array(this.memory.buffer, address, 1)[0] = value;
  }

  #floats(address: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, count);
  }

  /** Growing the memory leaves earlier views behind. */
  #current(): Uint8Array {
    if (this.#bytes.buffer !== this.memory.buffer) {
      this.#bytes = new Uint8Array(this.memory.buffer);
    }
    return this.#bytes;
  }

  #grow(bytes: number): void {
    const missing = Math.ceil((bytes - this.size) / pageBytes);
    if (missing <= 0) {
      return;
    }
    if (bytes > mostPages * pageBytes) {
      throw new EngineError(
        "tooLarge",
        t(
          "A batch of this design needs {0} GiB, and the WASM engine has 4 GiB at most.",
          gibibytes(bytes),
        ),
      );
    }
    try {
      this.memory.grow(missing);
    } catch (error) {
      throw new EngineError("outOfMemory", t("there are no {0} GiB of memory", gibibytes(bytes)), {
        cause: error,
      });
    }
  }
}

function reserve(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true });
  } catch (error) {
    throw new EngineError("outOfMemory", t("4 GiB of addresses cannot be reserved"), {
      cause: error,
    });
  }
}

const gibibytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
