import { t } from "../../../core/text/t.ts";
import type {
  Signature,
  SignatureName,
  TrainingGraph,
  Variable,
} from "../../graph/trainingGraph.ts";
import { EngineError } from "../engine.ts";
import {
  computingSignatures,
  type Feed,
  type Outputs,
  type SignatureExecutor,
} from "../signatureSession.ts";
import type { LayerTimer } from "../layerTimes.ts";
import { Heap } from "./heap.ts";
import { type Layout, type Plan, type Value, layOut, settle, variableBytes } from "./plan.ts";
import { schedule } from "./schedule.ts";
import { countOf } from "../shapes.ts";
import { Crew } from "./threads/crew.ts";

/** More parts than threads: one that is held up does not hold up the others for long. */
const partsPerThread = 3;

interface NumberedPlan extends Plan {
  readonly number: number;
}

/** Runs the signatures of one graph in a memory of its own. */
export class Executor implements SignatureExecutor {
  readonly canTime = true;
  readonly #graph: TrainingGraph;
  readonly #heap: Heap;
  readonly #crew: Crew | undefined;
  readonly #variables = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  readonly #plans = new Map<string, NumberedPlan>();
  #planCount = 0;
  /** What all calls share: only one of them runs at a time. */
  #arena = { address: 0, bytes: 0 };

  /**
   * Loads a graph and starts `threads - 1` threads.
   * Throws `EngineError` where the graph asks for something that there is no kernel for.
   */
  static async load(
    graph: TrainingGraph,
    module: WebAssembly.Module,
    threads: number,
  ): Promise<Executor> {
    for (const name of computingSignatures) {
      if (graph.signatures[name] !== undefined) {
        // With a batch of 2, to hear before the start what cannot be done.
        layOut(schedule(graph, graph.signatures[name], 2, 1), graph.signatures[name]);
      }
    }
    const heap = new Heap(module);
    const { memory } = heap;
    return new Executor(
      graph,
      heap,
      threads > 1 ? await Crew.start(threads, { module, memory }) : undefined,
    );
  }

  private constructor(graph: TrainingGraph, heap: Heap, crew: Crew | undefined) {
    this.#graph = graph;
    this.#heap = heap;
    this.#crew = crew;
    for (const { name, shape } of [...graph.weights, ...graph.slots]) {
      this.#variables.set(name, this.#heap.take(variableBytes(shape)));
      this.#counts.set(name, countOf(shape));
    }
  }

  /** Size of the memory in bytes. */
  get memory(): number {
    return this.#heap.size;
  }

  /** Number of regions that are taken in the memory. */
  get regions(): number {
    return this.#heap.regions;
  }

  /** The values of a variable. */
  read({ name }: Variable): Float32Array {
    return this.#heap.read(this.#variables.get(name) ?? 0, this.#counts.get(name) ?? 0);
  }

  write({ name }: Variable, values: Float32Array): void {
    this.#heap.write(this.#variables.get(name) ?? 0, values);
  }

  /** Calls a signature with a batch of a size; returns its outputs by name. */
  call(name: SignatureName, size: number, feed: Feed, timer?: LayerTimer): Outputs {
    const plan = this.#planFor(name, size);
    for (const [input, value] of Object.entries(plan.inputs)) {
      this.#feed(input, value, feed[input]);
    }
    this.#run(plan, timer);
    return Object.fromEntries(
      Object.entries(plan.outputs).map(([output, { address, operand }]) => [
        output,
        this.#heap.read(address, operand.count),
      ]),
    );
  }

  /** Ends the threads; nothing can be called afterwards. */
  dispose(): void {
    this.#crew?.dispose();
  }

  #run(plan: NumberedPlan, timer: LayerTimer | undefined): void {
    try {
      this.#runSteps(plan, timer);
    } catch (error) {
      if (error instanceof EngineError) {
        throw error;
      }
      // A trap: a kernel left its memory.
      const message = error instanceof Error ? error.message : String(error);
      throw new EngineError("failed", message, { cause: error });
    }
  }

  #runSteps(
    { number, steps, checks, operations }: NumberedPlan,
    timer: LayerTimer | undefined,
  ): void {
    const { functions } = this.#heap;
    let before = timer === undefined ? 0 : performance.now();
    for (const [index, step] of steps.entries()) {
      const checked = checks.get(index);
      if (checked !== undefined && !this.#heap.read(checked, 1).every(Number.isFinite)) {
        throw new EngineError("notFinite", t("the loss is not finite"));
      }
      if (step.length > 1 && this.#crew !== undefined) {
        this.#crew.run(number, index, step, functions);
      } else {
        for (const call of step) {
          functions[call.run](...call.with);
        }
      }
      if (timer !== undefined) {
        const now = performance.now();
        timer.add(operations[index] ?? "", now - before);
        before = now;
      }
    }
  }

  #feed(name: string, { address, operand }: Value, given: Feed[string] | undefined): void {
    if (typeof given === "number") {
      if (operand.dataType === "int32") {
        this.#heap.writeInteger(address, given);
      } else {
        this.#heap.write(address, Float32Array.of(given));
      }
      return;
    }
    if (given === undefined || given.length < operand.count) {
      throw new EngineError(
        "failed",
        t(
          "{0} has the shape {1} and got {2} values",
          name,
          operand.shape.join(" × "),
          given?.length ?? 0,
        ),
      );
    }
    this.#heap.write(address, given.subarray(0, operand.count));
  }

  #planFor(name: SignatureName, size: number): NumberedPlan {
    const key = `${name} ${size}`;
    const known = this.#plans.get(key);
    if (known !== undefined) {
      return known;
    }
    const signature = this.#graph.signatures[name];
    if (signature === undefined) {
      throw new EngineError("failed", t("the graph has no {0}", name));
    }
    const layout = this.#layOut(signature, size);
    this.#reserve(layout.bytes);
    const settled = settle(layout, signature, this.#heap, this.#arena.address, this.#variables);
    this.#planCount += 1;
    const plan = { ...settled, number: this.#planCount };
    this.#crew?.teach(plan.number, plan.steps);
    this.#plans.set(key, plan);
    return plan;
  }

  #layOut(signature: Signature, size: number): Layout {
    const parts = this.#crew === undefined ? 1 : partsPerThread * this.#crew.size;
    return layOut(schedule(this.#graph, signature, size, parts), signature);
  }

  /** Makes the shared memory large enough; plans for a smaller one are forgotten. */
  #reserve(bytes: number): void {
    if (bytes <= this.#arena.bytes) {
      return;
    }
    this.#plans.clear();
    this.#crew?.forget();
    if (this.#arena.bytes > 0) {
      this.#heap.free(this.#arena.address);
    }
    this.#arena = { address: 0, bytes: 0 };
    this.#arena = { address: this.#heap.take(bytes), bytes };
  }
}
