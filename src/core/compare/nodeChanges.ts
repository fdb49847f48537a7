import type { Design, DesignNode } from "../design/design.ts";
import type { OptionChange } from "./comparison.ts";
import { canonical, countingOptions, definitionOf, shownOption } from "./nodeOptions.ts";

/** One node in its design. */
export interface PlacedNode {
  readonly node: DesignNode;
  readonly design: Design;
}

/** What was changed in a node itself; `toAfter` says which node of the second design one of the first became. */
export function nodeChanges(
  before: PlacedNode,
  after: PlacedNode,
  toAfter: ReadonlyMap<string, string>,
): readonly OptionChange[] {
  const [one, other] = [before.node, after.node];
  const wires = one.from.map((id) => toAfter.get(id) ?? id);
  return [
    ...change("name", one.id, other.id),
    ...change("type", one.type, other.type),
    ...(canonical(wires) === canonical(other.from)
      ? []
      : [{ option: "from", before: one.from, after: other.from }]),
    ...change("repeat", one.repeatExpression ?? one.repeat, other.repeatExpression ?? other.repeat),
    ...optionChanges(before, after),
    ...definitionChange(before, after),
  ];
}

function change(
  option: string,
  before: string | number,
  after: string | number,
): readonly OptionChange[] {
  return before === after ? [] : [{ option, before, after }];
}

function optionChanges(before: PlacedNode, after: PlacedNode): readonly OptionChange[] {
  const one = countingOptions(before.node, before.design);
  const other = countingOptions(after.node, after.design);
  // Another type has other defaults, of which nobody has changed anything.
  const isSameType = before.node.type === after.node.type;
  const names = isSameType
    ? [...Object.keys(one), ...Object.keys(other)]
    : [...Object.keys(before.node.options), ...Object.keys(after.node.options)];
  return [...new Set(names)].flatMap((option) => {
    if (canonical(one[option]) === canonical(other[option])) return [];
    return [
      {
        option,
        before: shownOption(before.node, one, option),
        after: shownOption(after.node, other, option),
      },
    ];
  });
}

/** The file may define its block anew while the node stays as it is. */
function definitionChange(before: PlacedNode, after: PlacedNode): readonly OptionChange[] {
  const isSame =
    before.node.type !== after.node.type ||
    definitionOf(before.node.type, before.design) === definitionOf(after.node.type, after.design);
  return isSame ? [] : [{ option: "definition", before: undefined, after: undefined }];
}
