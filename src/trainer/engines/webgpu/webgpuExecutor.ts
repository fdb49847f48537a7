import type { Operation, OperationOf, OperationType } from "../../graph/operation.ts";
import type {
  Signature,
  SignatureName,
  TrainingGraph,
  Variable,
} from "../../graph/trainingGraph.ts";
import { EngineError } from "../engine.ts";
import { neededBy } from "../neededBy.ts";
import { keyOf, type Operand, resolveShapes } from "../shapes.ts";
import {
  computingSignatures,
  type Feed,
  type Outputs,
  type SignatureExecutor,
} from "../signatureSession.ts";
import { unsupported } from "../unsupported.ts";
import type { Kernel, Missing, Tf, Value, Variables } from "./kernels/kernel.ts";
import { type GivenType, kernels } from "./kernels/kernels.ts";
import type { WebgpuDevice } from "./loadTfjs.ts";

/** The operations of a signature in their order, with when each tensor is needed last. */
interface Program {
  readonly signature: Signature;
  readonly operations: readonly Operation[];
  /** Tensors that nobody needs after the n-th operation. */
  readonly freedAfter: readonly (readonly string[])[];
}

const isGiven = (type: OperationType): type is GivenType =>
  type === "Placeholder" || type === "Const" || type === "Size";

function kernelOf(operation: Operation): Kernel<OperationType> | undefined {
  if (isGiven(operation.type)) {
    return undefined;
  }
  // The table pairs every type with its kernel; TypeScript cannot follow that through the union.
  const kernel = kernels[operation.type] as Kernel<OperationType> | Missing;
  if (typeof kernel === "object") {
    throw unsupported("WebGPU", operation, kernel.missing);
  }
  return kernel;
}

/** Runs the signatures of one graph, operation by operation, with tensors on the device. */
export class WebgpuExecutor implements SignatureExecutor, Variables {
  /** The device works through a queue: what is asked of it here takes no time. */
  readonly canTime = false;
  readonly #device: WebgpuDevice;
  readonly #tf: Tf;
  readonly #variables = new Map<string, Value>();
  readonly #constants = new Map<string, Value>();
  readonly #programs = new Map<SignatureName, Program>();
  readonly #shapes = new Map<string, ReadonlyMap<string, Operand>>();

  /** Throws `EngineError` where the graph asks for something that there is no kernel for. */
  constructor(device: WebgpuDevice, graph: TrainingGraph) {
    this.#device = device;
    this.#tf = device.tf;
    for (const name of computingSignatures) {
      const signature = graph.signatures[name];
      if (signature !== undefined) {
        const operations = neededBy(graph.operations, signature);
        for (const operation of operations) kernelOf(operation);
        const freedAfter = lastUses(operations, signature);
        this.#programs.set(name, { signature, operations, freedAfter });
      }
    }
  }

  async read({ name }: Variable): Promise<Float32Array> {
    return floatsOf(this.valueOf(name));
  }

  write({ name, shape }: Variable, values: Float32Array): void {
    this.replace(name, this.#tf.tensor(values.slice(), [...shape], "float32"));
  }

  valueOf(name: string): Value {
    const value = this.#variables.get(name);
    if (value === undefined) {
      throw new EngineError("failed", `${name} has no value yet`);
    }
    return value;
  }

  replace(name: string, value: Value): void {
    const before = this.#variables.get(name);
    this.#variables.set(name, this.#tf.keep(value));
    before?.dispose();
  }

  /** Calls a signature with a batch of a size; returns its outputs by name. */
  async call(name: SignatureName, size: number, feed: Feed): Promise<Outputs> {
    const program = this.#programs.get(name);
    if (program === undefined) {
      throw new EngineError("failed", `the graph has no ${name}`);
    }
    const outputs = await this.#run(program, this.#shapesFor(name, program, size), feed);
    try {
      const values = await Promise.all(
        outputs.map(async ([output, value]) => [output, await floatsOf(value)] as const),
      );
      const refusal = this.#device.takeRefusal();
      if (refusal !== undefined) {
        throw new EngineError("failed", `the graphics device refused a computation: ${refusal}`);
      }
      return Object.fromEntries(values);
    } finally {
      this.#tf.dispose(outputs.map(([, value]) => value));
    }
  }

  dispose(): void {
    this.#tf.dispose([...this.#variables.values(), ...this.#constants.values()]);
    this.#variables.clear();
    this.#constants.clear();
  }

  #shapesFor(name: string, program: Program, size: number): ReadonlyMap<string, Operand> {
    const key = `${name} ${size}`;
    const known = this.#shapes.get(key);
    const shapes = known ?? resolveShapes(program.operations, size);
    this.#shapes.set(key, shapes);
    return shapes;
  }

  /** Runs a program; the outputs belong to the caller. */
  async #run(
    { signature, operations, freedAfter }: Program,
    shapes: ReadonlyMap<string, Operand>,
    feed: Feed,
  ): Promise<readonly (readonly [string, Value])[]> {
    const values = new Map<string, Value>();
    const step = typeof feed["step"] === "number" ? feed["step"] : 0;
    const placeholders = new Map(
      Object.entries(signature.inputs).map(([name, tensor]) => [keyOf(tensor), name]),
    );
    for (const [place, operation] of operations.entries()) {
      const outputs = operation.outputs.map((output) => shapes.get(keyOf(output)) as Operand);
      const made = this.#do(operation, {
        inputs: operation.inputs.map((tensor) => values.get(keyOf(tensor)) as Value),
        outputs,
        step,
        given: () => feed[placeholders.get(`${operation.name}:0`) ?? ""],
        inputCount: operation.inputs.map((tensor) => shapes.get(keyOf(tensor))?.count ?? 0)[0],
      });
      if (operation.type === "CheckNumerics") {
        await this.#check(made, [...values.values()]);
      }
      for (const [index, value] of made.entries()) {
        values.set(`${operation.name}:${index}`, value);
      }
      for (const key of freedAfter[place] ?? []) {
        values.get(key)?.dispose();
        values.delete(key);
      }
    }
    return Object.entries(signature.outputs).map(([name, tensor]) => [
      name,
      values.get(keyOf(tensor)) as Value,
    ]);
  }

  /** Waits for the device, so that what follows is not done where the number is not finite. */
  async #check([made]: readonly Value[], values: readonly Value[]): Promise<void> {
    if (made !== undefined && !(await made.data()).every(Number.isFinite)) {
      this.#tf.dispose([made, ...values]);
      throw new EngineError("notFinite", "the loss is not finite");
    }
  }

  #do(operation: Operation, turn: Turn): readonly Value[] {
    const tf = this.#tf;
    const [output] = turn.outputs;
    if (operation.type === "Placeholder") {
      return [this.#fed(operation.name, output, turn.given())];
    }
    if (operation.type === "Const") {
      return [tf.clone(this.#constant(operation, output))];
    }
    if (operation.type === "Size") {
      return [tf.scalar(turn.inputCount ?? 0, "int32")];
    }
    const kernel = kernelOf(operation) as Kernel<OperationType>;
    const { attributes } = operation as OperationOf<OperationType>;
    const { inputs, outputs, step } = turn;
    const task = { tf, attributes, inputs, outputs, variables: this, step };
    return tf.tidy(() => {
      const made = kernel(task);
      return Array.isArray(made) ? (made as Value[]) : [made as Value];
    });
  }

  #fed(name: string, output: Operand | undefined, given: Feed[string] | undefined): Value {
    if (typeof given === "number") {
      return this.#tf.scalar(given, output?.dataType ?? "float32");
    }
    const { shape = [], count = 0 } = output ?? {};
    if (given === undefined || given.length < count) {
      throw new EngineError(
        "failed",
        `${name} has the shape ${shape.join(" × ")} and got ${given?.length ?? 0} values`,
      );
    }
    // The device reads it later, and the caller fills its array anew for the next batch.
    return this.#tf.tensor(given.slice(0, count), [...shape], "float32");
  }

  #constant({ name, attributes }: OperationOf<"Const">, output: Operand | undefined): Value {
    const known = this.#constants.get(name);
    const { shape = [], dataType } = output ?? {};
    const value =
      known ?? this.#tf.keep(this.#tf.tensor([...attributes.values], [...shape], dataType));
    this.#constants.set(name, value);
    return value;
  }
}

/** One operation in its turn. */
interface Turn {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Operand[];
  readonly step: number;
  /** What is fed to a placeholder. */
  readonly given: () => Feed[string] | undefined;
  readonly inputCount: number | undefined;
}

function lastUses(
  operations: readonly Operation[],
  { outputs }: Signature,
): readonly (readonly string[])[] {
  const last = new Map<string, number>();
  for (const [place, { name, inputs, outputs: made }] of operations.entries()) {
    for (const index of made.keys()) last.set(`${name}:${index}`, place);
    for (const tensor of inputs) last.set(keyOf(tensor), place);
  }
  for (const tensor of Object.values(outputs)) last.delete(keyOf(tensor));
  const freed: string[][] = operations.map(() => []);
  for (const [key, place] of last) freed[place]?.push(key);
  return freed;
}

const floatsOf = async (value: Value): Promise<Float32Array> =>
  Float32Array.from(await value.data());
