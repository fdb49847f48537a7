import type { Operation, Tensor } from "../../graph/operation.ts";
import type { TrainingGraph } from "../../graph/trainingGraph.ts";
import { stretchesOf } from "../layerTimes.ts";
import { lower } from "./lowerings.ts";
import type { SignatureDef } from "./nodeDef.ts";
import type { NodeWriter } from "./nodeWriter.ts";

/**
 * Name of the signature {x, y, step} → {marks, results}: seconds since the start, before and after each of
 * `stretchesOf`, and a value of everything that was computed for nobody else.
 */
export const timingSignature = "layer_times";

const float = { type: "float32" } as const;
const int = { type: "int32" } as const;
const double = { type: "float64" } as const;

/**
 * Writes forward and backward pass a second time, one stretch after the other with TensorFlow's clock read in between;
 * changes no variable. In the graph of the step itself, branches and passes run beside each other, and what waits for a
 * clock would be slower.
 */
export function addTiming(writer: NodeWriter, graph: TrainingGraph): SignatureDef | undefined {
  const { x, y, step } = graph.signatures.gradients?.inputs ?? {};
  const stretches = stretchesOf(graph);
  const operations = stretches.flat();
  if (x === undefined || y === undefined || step === undefined) return undefined;
  const copies = new Map(operations.map(({ name }) => [name, `${timingSignature}/${name}`]));
  const reads = graph.operations.filter(
    ({ type, after }) => type === "ReadVariableOp" && after.length === 0,
  );
  const marks = [mark(writer, reads)];
  for (const stretch of stretches) {
    const again = stretch.map((operation) => copyOf(operation, copies));
    writer.afterNode(marks.at(-1), () => {
      for (const operation of again) writer.define(operation, lower(writer, operation));
    });
    marks.push(mark(writer, again));
  }
  const all = writer.add(`${timingSignature}/all`, "Pack", {
    inputs: marks,
    attributes: { N: { integer: marks.length }, T: double, axis: { integer: 0 } },
  });
  const since = writer.add(`${timingSignature}/since`, "Sub", {
    inputs: [all, marks[0] as string],
    attributes: { T: double },
  });
  const seconds = writer.add(`${timingSignature}/marks`, "Cast", {
    inputs: [since],
    attributes: { SrcT: double, DstT: { type: "float32" }, Truncate: { boolean: false } },
  });
  const untaken = unused(operations);
  const results = writer.add(`${timingSignature}/results`, "Pack", {
    inputs: untaken.map((tensor) => firstValue(writer, copied(tensor, copies))),
    attributes: { N: { integer: untaken.length }, T: float, axis: { integer: 0 } },
  });
  const fed = (tensor: Tensor) => ({ ...tensor, name: `${writer.ref(tensor)}:0` });
  return {
    inputs: { x: fed(x), y: fed(y), step: fed(step) },
    outputs: {
      marks: { name: `${seconds}:0`, dataType: "float32", shape: [marks.length] },
      results: { name: `${results}:0`, dataType: "float32", shape: [-1] },
    },
  };
}

/** Reads the clock once these operations are done. */
const mark = (writer: NodeWriter, operations: readonly Operation[]): string =>
  writer.add(`${timingSignature}/mark`, "Timestamp", {
    inputs: operations.map(({ name }) => `^${writer.nodeOf(name)}`),
    attributes: {},
  });

/** What no other operation takes. TensorFlow leaves out what nobody takes, a gradient with all that it waits for. */
function unused(operations: readonly Operation[]): readonly Tensor[] {
  const used = new Set(
    operations.flatMap(({ inputs }) => inputs.map(({ operation }) => operation)),
  );
  return operations.flatMap(({ name, outputs: [output] }) =>
    used.has(name) || output === undefined ? [] : [output],
  );
}

/** The first of all values of a tensor, as a scalar. */
function firstValue(writer: NodeWriter, tensor: Tensor): string {
  const { operation, shape } = tensor;
  if (shape.length === 0) return writer.ref(tensor);
  const zeros = writer.integers(shape.map(() => 0));
  const ones = writer.integers(shape.map(() => 1));
  const all = (1 << shape.length) - 1;
  return writer.add(`${operation}/first`, "StridedSlice", {
    inputs: [writer.ref(tensor), zeros, ones, ones],
    attributes: { T: float, Index: int, shrink_axis_mask: { integer: all } },
  });
}

const copied = (tensor: Tensor, copies: ReadonlyMap<string, string>): Tensor => ({
  ...tensor,
  operation: copies.get(tensor.operation) ?? tensor.operation,
});

/** The operation under another name, with the copies as its inputs. */
function copyOf(operation: Operation, copies: ReadonlyMap<string, string>): Operation {
  const renamed = (tensor: Tensor): Tensor => copied(tensor, copies);
  return {
    ...operation,
    name: copies.get(operation.name) ?? operation.name,
    inputs: operation.inputs.map(renamed),
    outputs: operation.outputs.map(renamed),
    after: operation.after.map((name) => copies.get(name) ?? name),
  };
}
