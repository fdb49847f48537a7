import type { DesignNode } from "../design/design.ts";
import { nearestName } from "../design/nearestName.ts";
import { didYouMean, joinWords } from "../design/words.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { type Place, report, type Scope } from "./scope.ts";
import type { Composition } from "./composition.ts";
import type { Outlet } from "./template.ts";
import { t } from "../text/t.ts";

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
    message: `${t("there is no node {0} to read from.", JSON.stringify(source))}${didYouMean(nearest)}`,
    option: "from",
    fix:
      nearest === undefined
        ? undefined
        : {
            title: t("Read from {0}", nearest),
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
      message: t(
        "it reads from itself: {0}. Remove one of these wires.",
        [...cycle, first].join(" → "),
      ),
      option: "from",
      fix: {
        title: t("Remove the Wire from {0} to {1}", last, first),
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
          ? t("it has no input: connect a node to it.")
          : t(
              "it needs at least {0} inputs and has {1}: connect more nodes to it.",
              minimum,
              count,
            ),
      option: count === 0 ? undefined : "from",
    });
    return false;
  }
  if (count > maximum) {
    const [extra = ""] = node.from.slice(maximum);
    report(place, {
      code: "tooManyInputs",
      message: tooMany(node, maximum),
      option: "from",
      fix: {
        title: t("Remove the Wire from {0}", extra),
        command: { type: "disconnect", from: extra, to: { node: node.id, index: maximum } },
      },
    });
    return false;
  }
  return true;
}

function tooMany({ type, from }: DesignNode, maximum: number): string {
  const sources = joinWords(from, "and");
  switch (maximum) {
    case 0:
      return from.length === 1
        ? t("{0} takes no input, but {1} is wired to it.", type, sources)
        : t("{0} takes no input, but {1} are wired to it.", type, sources);
    case 1:
      return t(
        "{0} takes one input, but {1} are wired to it. Join them first, for example with add or concatenate.",
        type,
        sources,
      );
    default:
      return t("{0} takes {1} inputs, but {2} are wired to it.", type, maximum, sources);
  }
}
