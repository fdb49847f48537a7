import type { GraphBuilder } from "./builder.ts";
import type { Tensor } from "./operation.ts";

/** Share of the images whose largest score is at the right class, a scalar. */
export function addAccuracy(graph: GraphBuilder, scores: Tensor, labels: Tensor): Tensor {
  return graph.within("accuracy", () => {
    const winner = (tensor: Tensor): Tensor =>
      graph.add("ArgMax", [tensor], {}, { shape: [-1], dataType: "int32" });
    const right = graph.cast(graph.binary("Equal", winner(scores), winner(labels)), "float32");
    return graph.reduce("Mean", right, [0], false);
  });
}
