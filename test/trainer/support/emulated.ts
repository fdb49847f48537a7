import type { Operation, Tensor } from "../../../src/trainer/graph/operation.ts";
import type { TrainingGraph } from "../../../src/trainer/graph/trainingGraph.ts";

/**
 * The same graph in float32 alone, which rounds by arithmetic wherever the given one casts: c − (c − x) with
 * c = (2¹⁶ + 1) · x keeps the first 8 bits of x (Dekker 1971).
 */
export function emulated(graph: TrainingGraph): TrainingGraph {
  return { ...graph, operations: graph.operations.flatMap(inFloat32) };
}

const plain = (tensor: Tensor): Tensor =>
  tensor.dataType === "bfloat16" ? { ...tensor, dataType: "float32" } : tensor;

function inFloat32(operation: Operation): readonly Operation[] {
  const isRounding = [...operation.inputs, ...operation.outputs].some(
    ({ dataType }) => dataType === "bfloat16",
  );
  const [inputs, outputs] = [operation.inputs.map(plain), operation.outputs.map(plain)];
  return isRounding && operation.type === "Cast"
    ? rounding({ ...operation, inputs, outputs })
    : [{ ...operation, inputs, outputs }];
}

function rounding({ name, inputs, outputs }: Operation): readonly Operation[] {
  const [x, y] = [inputs[0] as Tensor, outputs[0] as Tensor];
  const factor: Tensor = { operation: `${name}/factor`, index: 0, shape: [], dataType: "float32" };
  const large = { ...y, operation: `${name}/large` };
  const rest = { ...y, operation: `${name}/rest` };
  const subtract = (a: Tensor, b: Tensor, output: Tensor): Operation => ({
    name: output.operation,
    type: "Sub",
    inputs: [a, b],
    attributes: {},
    outputs: [output],
    after: [],
  });
  return [
    {
      name: factor.operation,
      type: "Const",
      inputs: [],
      attributes: { values: [2 ** 16 + 1] },
      outputs: [factor],
      after: [],
    },
    {
      name: large.operation,
      type: "Mul",
      inputs: [x, factor],
      attributes: {},
      outputs: [large],
      after: [],
    },
    subtract(large, x, rest),
    subtract(large, rest, y),
  ];
}
