import { defaultOptimizerRecipe } from "../../../src/core/design/parseTraining.ts";
import { parseDesign } from "../../../src/core/design/parse.ts";
import type { JsonValue } from "../../../src/core/layers/option.ts";
import { expand } from "../../../src/core/network/expand.ts";
import type { CompiledRecipe } from "../../../src/trainer/graph/compile.ts";
import type { Network } from "../../../src/core/network/network.ts";

/** Nodes as a design file writes them; without `from` a node stands behind the one before it. */
export type Nodes = Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;

/** The network of a design with these nodes; throws where the design has a problem. */
export function networkOf(nodes: Nodes): Network {
  let previous: string | undefined;
  const chained = Object.fromEntries(
    Object.entries(nodes).map(([id, node]) => {
      const from = previous === undefined || "from" in node ? {} : { from: previous };
      previous = id;
      return [id, { ...node, ...from }];
    }),
  );
  const parsed = parseDesign(JSON.stringify({ version: 1, name: "test", nodes: chained }));
  const network = expand(parsed);
  const errors = [...parsed.problems, ...network.problems].filter(
    ({ severity }) => severity === "error",
  );
  if (errors.length > 0) {
    throw new Error(errors.map(({ message }) => message).join("\n"));
  }
  return network;
}

/** A recipe of plain gradient descent. */
export const plainRecipe = {
  optimizer: { ...defaultOptimizerRecipe("sgd"), learningRate: 0.01, momentum: 0, nesterov: false },
  loss: "categoricalCrossentropy",
  labelSmoothing: 0,
  auxiliaryWeight: 0.3,
  seed: 1,
} as const satisfies CompiledRecipe;
