import { Heap } from "../../wasm/heap.ts";
import { compileKernels } from "../../wasm/kernelModule.ts";
import type { Kernel } from "./kernel.ts";

let heap: Heap | undefined;

/** The same numbers as on the other engines: the generator of the WASM engine draws them. */
export const randomUniform: Kernel<"StatelessRandomUniform"> = ({
  tf,
  outputs: [output],
  attributes: { seed },
  step,
}) => {
  const { shape = [], count = 0 } = output ?? {};
  const vectors = Math.ceil(count / 4);
  heap ??= new Heap(compileKernels());
  const [numbers, place] = [heap.take(16 * vectors), heap.take(16)];
  try {
    heap.writeInteger(place, step);
    heap.functions.randomUniform(numbers, seed, place, 0, vectors);
    return tf.tensor(heap.read(numbers, count), [...shape]);
  } finally {
    heap.free(numbers);
    heap.free(place);
  }
};
