import { t } from "../../../core/text/t.ts";
import type {
  Signature,
  SignatureName,
  TrainingGraph,
  Variable,
} from "../../graph/trainingGraph.ts";
import type { Operation } from "../../graph/operation.ts";
import { EngineError } from "../engine.ts";
import { neededBy } from "../neededBy.ts";
import { countOf } from "../shapes.ts";
import {
  computingSignatures,
  type Feed,
  type Outputs,
  type SignatureExecutor,
} from "../signatureSession.ts";
import type { LayerTimer } from "../layerTimes.ts";
import type { Device } from "./device.ts";
import type { Place, Program } from "./kernels/kernel.ts";
import { Memory } from "./memory.ts";
import { PassClock } from "./passClock.ts";
import type { Pipelines } from "./pipelines.ts";
import { type Plan, planOf, refuseUnknown } from "./plan.ts";

/** What a buffer is written from. */
type Writable = Parameters<GPUQueue["writeBuffer"]>[2];

/** A program that can be encoded. */
interface Prepared {
  /** Name of the operation that it belongs to. */
  readonly operation: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: Program["groups"];
}

/** A plan whose programs are compiled and bound to their buffers, cut where a number must be finite. */
interface PreparedPlan extends Pick<Plan, "inputs" | "outputs"> {
  readonly stretches: readonly { readonly programs: readonly Prepared[]; readonly check?: Place }[];
}

/** Runs the signatures of one graph with all tensors on the device, as compute shaders in their order. */
export class Executor implements SignatureExecutor {
  readonly canTime: boolean;
  readonly #device: Device;
  readonly #gpu: GPUDevice;
  readonly #pipelines: Pipelines;
  readonly #memory: Memory;
  readonly #variables = new Map<string, Place>();
  readonly #tables = new Map<string, Place>();
  readonly #told = new Map<string, GPUBuffer>();
  readonly #programs: ReadonlyMap<
    SignatureName,
    { readonly signature: Signature; readonly operations: readonly Operation[] }
  >;
  readonly #plans = new Map<string, Promise<PreparedPlan>>();

  /** Throws `EngineError` where the graph asks for something that there is no kernel for. */
  constructor(device: Device, pipelines: Pipelines, graph: TrainingGraph) {
    this.#device = device;
    this.#gpu = device.gpu;
    this.canTime = device.hasClock;
    this.#pipelines = pipelines;
    this.#memory = new Memory(device.gpu);
    this.#programs = new Map(
      computingSignatures.flatMap((name) => {
        const signature = graph.signatures[name];
        if (signature === undefined) return [];
        const operations = neededBy(graph.operations, signature);
        refuseUnknown(operations);
        return [[name, { signature, operations }]];
      }),
    );
    for (const { name, shape } of [...graph.weights, ...graph.slots]) {
      const count = countOf(shape);
      this.#variables.set(name, { buffer: this.#memory.take(count), shape, count });
    }
  }

  async read({ name }: Variable): Promise<Float32Array> {
    const { value } = await this.#fetch({ value: this.#variable(name) }, this.#encoder());
    return value as Float32Array;
  }

  write({ name }: Variable, values: Float32Array): void {
    this.#gpu.queue.writeBuffer(this.#variable(name).buffer, 0, values as Writable);
  }

  /** Calls a signature with a batch of a size; returns its outputs by name. */
  async call(name: SignatureName, size: number, feed: Feed, timer?: LayerTimer): Promise<Outputs> {
    const { stretches, inputs, outputs } = await this.#planFor(name, size);
    for (const [input, place] of Object.entries(inputs)) {
      this.#gpu.queue.writeBuffer(place.buffer, 0, valuesFor(input, place, feed[input]));
    }
    let fetched: Outputs = {};
    for (const [index, { programs, check }] of stretches.entries()) {
      const encoder = this.#encoder();
      const clock = timer && new PassClock(this.#gpu, programs.length);
      encode(encoder, programs, clock);
      const isLast = index === stretches.length - 1;
      const wanted = { ...(check && { [checked]: check }), ...(isLast && outputs) };
      fetched = await this.#fetch(wanted, encoder);
      this.#refuse();
      for (const [place, milliseconds] of [...((await clock?.read()) ?? [])].entries()) {
        timer?.add(programs[place]?.operation ?? "", milliseconds);
      }
      if (fetched[checked]?.every(Number.isFinite) === false) {
        throw new EngineError("notFinite", t("the loss is not finite"));
      }
    }
    return fetched;
  }

  dispose(): void {
    this.#memory.dispose();
    for (const { buffer } of this.#tables.values()) buffer.destroy();
    for (const buffer of this.#told.values()) buffer.destroy();
    this.#plans.clear();
  }

  #encoder(): GPUCommandEncoder {
    return this.#gpu.createCommandEncoder();
  }

  #variable(name: string): Place {
    const place = this.#variables.get(name);
    if (place === undefined) {
      throw new EngineError("failed", t("the graph has no variable {0}", name));
    }
    return place;
  }

  #planFor(name: SignatureName, size: number): Promise<PreparedPlan> {
    const key = `${name} ${size}`;
    const plan = this.#plans.get(key) ?? this.#prepare(name, size);
    this.#plans.set(key, plan);
    return plan;
  }

  async #prepare(name: SignatureName, size: number): Promise<PreparedPlan> {
    const found = this.#programs.get(name);
    if (found === undefined) {
      throw new EngineError("failed", t("the graph has no {0}", name));
    }
    const { signature, operations } = found;
    const plan = planOf(operations, signature, size, this.#memory, {
      variable: (variable) => this.#variable(variable),
      table: (table, { shape, count }, values) => this.#table(table, { shape, count }, values),
    });
    const prepared = await Promise.all(
      plan.programs.map(async (program, place) => ({
        operation: plan.operations[place] ?? "",
        ...(await this.#prepareProgram(program)),
      })),
    );
    const cuts = [...plan.checks];
    const stretches = [...cuts, undefined].map((cut, index) => ({
      programs: prepared.slice(cuts[index - 1]?.[0] ?? 0, cut?.[0]),
      ...(cut && { check: cut[1] }),
    }));
    return { stretches, inputs: plan.inputs, outputs: plan.outputs };
  }

  async #prepareProgram({
    code,
    places,
    numbers,
    groups,
  }: Program): Promise<Omit<Prepared, "operation">> {
    const pipeline = await this.#pipelines.compile(code);
    const resources = places.map(({ buffer, count }) => ({ buffer, size: 4 * count }));
    const told = numbers.length === 0 ? [] : [{ buffer: this.#numbers(numbers) }];
    const bindings = this.#gpu.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [...resources, ...told].map((resource, binding) => ({ binding, resource })),
    });
    return { pipeline, bindings, groups };
  }

  /** A buffer with numbers for programs, which share it where they are told the same. */
  #numbers(numbers: readonly number[]): GPUBuffer {
    const key = numbers.join(" ");
    const known = this.#told.get(key);
    if (known !== undefined) return known;
    // A multiple of four numbers.
    const data = new Uint32Array(4 * Math.ceil(numbers.length / 4));
    data.set(numbers);
    const buffer = this.#gpu.createBuffer({
      size: data.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.#gpu.queue.writeBuffer(buffer, 0, data);
    this.#told.set(key, buffer);
    return buffer;
  }

  #table(name: string, shape: Pick<Place, "shape" | "count">, values: readonly number[]): Place {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const data = Float32Array.from(values);
    const buffer = this.#gpu.createBuffer({
      size: data.byteLength,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    this.#gpu.queue.writeBuffer(buffer, 0, data);
    const [constant] = values;
    const place = {
      buffer,
      ...shape,
      ...(values.length === 1 && constant !== undefined && { constant }),
    };
    this.#tables.set(name, place);
    return place;
  }

  /** Sends what was encoded to the device and waits for values. */
  async #fetch(
    wanted: Readonly<Record<string, Place>>,
    encoder: GPUCommandEncoder,
  ): Promise<Record<string, Float32Array>> {
    const places = Object.entries(wanted);
    const counts = places.map(([, { count }]) => count);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const staging = this.#gpu.createBuffer({
      size: 4 * Math.max(total, 1),
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    let offset = 0;
    for (const [, { buffer, count }] of places) {
      encoder.copyBufferToBuffer(buffer, 0, staging, 4 * offset, 4 * count);
      offset += count;
    }
    this.#gpu.queue.submit([encoder.finish()]);
    try {
      await staging.mapAsync(GPUMapMode.READ);
      const values = new Float32Array(staging.getMappedRange().slice(0));
      let start = 0;
      return Object.fromEntries(
        places.map(([name, { count }]) => {
          start += count;
          return [name, values.subarray(start - count, start)];
        }),
      );
    } catch (error) {
      throw new EngineError(
        "failed",
        t(
          "the graphics device gave nothing back: {0}",
          this.#device.takeRefusal() ?? (error instanceof Error ? error.message : String(error)),
        ),
        { cause: error },
      );
    } finally {
      staging.destroy();
    }
  }

  #refuse(): void {
    const refusal = this.#device.takeRefusal();
    if (refusal !== undefined) {
      throw new EngineError("failed", t("the graphics device refused a computation: {0}", refusal));
    }
  }
}

/** Name of the number that must be finite among what is fetched. */
const checked = "checked";

/** One pass with all programs, or one for each where a clock is given. */
function encode(
  encoder: GPUCommandEncoder,
  programs: readonly Prepared[],
  clock: PassClock | undefined,
): void {
  let pass = clock === undefined ? encoder.beginComputePass() : undefined;
  for (const [place, { pipeline, bindings, groups }] of programs.entries()) {
    if (clock !== undefined) {
      pass?.end();
      pass = encoder.beginComputePass(clock.describe(place));
    }
    pass?.setPipeline(pipeline);
    pass?.setBindGroup(0, bindings);
    pass?.dispatchWorkgroups(...groups);
  }
  pass?.end();
  clock?.resolve(encoder);
}

/** What is fed to an input; the device has a copy of it as soon as it is written. */
function valuesFor(
  name: string,
  { shape, count }: Place,
  given: Feed[string] | undefined,
): Writable {
  if (typeof given === "number") {
    return Float32Array.of(given);
  }
  if (given === undefined || given.length < count) {
    throw new EngineError(
      "failed",
      t("{0} has the shape {1} and got {2} values", name, shape.join(" × "), given?.length ?? 0),
    );
  }
  return given.subarray(0, count) as Writable;
}
