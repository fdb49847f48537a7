import { nearestName } from "../design/nearestName.ts";
import { didYouMean, joinWords } from "../design/words.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { type Place, report, type Scope } from "./scope.ts";
import type { Composition } from "./composition.ts";
import type { Outlet } from "./template.ts";

/** What is wired to a node; a source that is missing or broken has no shape, and a missing one a problem. */
export function inputsOf(
  place: Omit<Place, "inputs">,
  outlets: ReadonlyMap<string, Outlet>,
): readonly Outlet[] {
  const { node, scope } = place;
  return node.from.map((source, index) => {
    const outlet = outlets.get(source);
    if (outlet !== undefined) return outlet;
    // Inside blocks of the file this was checked when the text was read.
    if (scope.isTop && !scope.nodes.has(source)) reportUnknown(place, source, index);
    return { source, shape: undefined };
  });
}

function reportUnknown(place: Omit<Place, "inputs">, source: string, index: number): void {
  const { node, scope } = place;
  const others = [...scope.nodes.keys()].filter((id) => id !== node.id);
  const nearest = nearestName(source, others);
  report(place, {
    code: "unknownInput",
    message: `there is no node ${JSON.stringify(source)} to read from.${didYouMean(nearest)}`,
    option: "from",
    fix:
      nearest === undefined
        ? undefined
        : {
            title: `Read from ${nearest}`,
            command: { type: "connect", from: nearest, to: { node: node.id, index } },
          },
  });
}

/** Names every node of a ring of wires, at its first node. */
export function reportCycle(
  cycle: readonly string[],
  scope: Scope,
  composition: Composition,
): void {
  const [first = ""] = cycle;
  const last = cycle.at(-1) ?? "";
  const node = scope.nodes.get(first);
  if (node === undefined) return;
  report(
    { node, scope, composition },
    {
      code: "cycle",
      message: `it reads from itself: ${[...cycle, first].join(" → ")}. Remove one of these wires.`,
      option: "from",
      fix: {
        title: `Remove the Wire from ${last} to ${first}`,
        command: {
          type: "disconnect",
          from: last,
          to: { node: first, index: node.from.indexOf(last) },
        },
      },
      detail: cycle,
    },
  );
}

/** True where the number of wires fits; says so where it does not. */
export function checkArity(place: Place, { minimum, maximum }: LayerDefinition["inputs"]): boolean {
  const { node } = place;
  const count = node.from.length;
  if (count < minimum) {
    report(place, {
      code: "missingInput",
      message:
        minimum === 1
          ? "it has no input: connect a node to it."
          : `it needs at least ${minimum} inputs and has ${count}: connect more nodes to it.`,
      option: count === 0 ? undefined : "from",
    });
    return false;
  }
  if (count > maximum) {
    const [extra = ""] = node.from.slice(maximum);
    report(place, {
      code: "tooManyInputs",
      message: `${node.type} takes ${amount(maximum)}, but ${joinWords(node.from, "and")} ${count === 1 ? "is" : "are"} wired to it.${maximum === 1 ? " Join them first, for example with add or concatenate." : ""}`,
      option: "from",
      fix: {
        title: `Remove the Wire from ${extra}`,
        command: { type: "disconnect", from: extra, to: { node: node.id, index: maximum } },
      },
    });
    return false;
  }
  return true;
}

function amount(count: number): string {
  if (count === 0) return "no input";
  return count === 1 ? "one input" : `${count} inputs`;
}
