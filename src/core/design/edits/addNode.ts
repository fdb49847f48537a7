import { blocks } from "../../blocks/blocks.ts";
import { layers } from "../../layers/layers.ts";
import type { JsonValue } from "../../layers/option.ts";
import type { EditCommand, InputPort, TextEdit } from "../command.ts";
import { nearestName } from "../nearestName.ts";
import { didYouMean } from "../words.ts";
import {
  addToSection,
  type DesignText,
  isNameTaken,
  nodeTree,
  Refusal,
  wiresOf,
} from "./designText.ts";
import { freeName } from "./freeName.ts";
import { inputsOf } from "./nodeInputs.ts";
import { placeNodes } from "./placeNodes.ts";
import { startOptions } from "./startOptions.ts";
import { checkNoCycle, checkNode, setWire } from "./wires.ts";
import { t } from "../../text/t.ts";

type AddNode = Extract<EditCommand, { readonly type: "addNode" }>;

/** Adds a node at the end of the file's nodes, wired and placed as the command says. */
export function addNode(
  document: DesignText,
  command: AddNode,
): { readonly edits: readonly TextEdit[]; readonly created: string } {
  const { design } = document;
  const { nodeType, onto, position } = command;
  const inputs = inputsOf(nodeType, design);
  if (inputs === undefined) throw new Refusal(unknownType(nodeType, document));
  if (onto !== undefined) checkNode(document, onto.node);
  const id = freeName(nodeType, command.id, (name) => isNameTaken(document, name));
  const from = sourcesOf(document, command);
  if (from.length > inputs.maximum) {
    throw new Refusal(
      inputs.maximum === 0
        ? t("{0} takes no wire, and {1} would end at it.", nodeType, from.length)
        : t(
            "{0} takes {1} wires at most, and {2} would end at it.",
            nodeType,
            inputs.maximum,
            from.length,
          ),
    );
  }
  const node: Readonly<Record<string, JsonValue>> = {
    type: nodeType,
    ...fromOption(from, inputs.maximum),
    ...startOptions(nodeType),
    ...command.options,
  };
  return {
    created: id,
    edits: [
      ...(onto === undefined ? [] : setWire(document, id, onto)),
      ...addToSection(document, "nodes", { [id]: node }),
      ...(position === undefined ? [] : placeNodes(document, { [id]: position })),
    ],
  };
}

function unknownType(type: string, { design }: DesignText): string {
  const names = [...Object.keys(layers), ...Object.keys(blocks), ...design.blocks.keys()].filter(
    (name) => inputsOf(name, design) !== undefined,
  );
  return `${t("There is no layer or block {0}.", JSON.stringify(type))}${didYouMean(nearestName(type, names))}`;
}

/** What the new node reads: the source of the wire it is put on, then what the command names. */
function sourcesOf(document: DesignText, { from = [], onto }: AddNode): readonly string[] {
  for (const source of from) {
    checkNode(document, source);
    if (onto !== undefined) checkNoCycle(document, source, onto.node);
  }
  const replaced = onto && sourceAt(document, onto);
  return replaced === undefined ? from : [replaced, ...from.filter((name) => name !== replaced)];
}

function sourceAt(document: DesignText, { node, index }: InputPort): string | undefined {
  return wiresOf(nodeTree(document, node))[index]?.source;
}

/** `from` as people write it: a name where one wire is all there can be, else a list. */
function fromOption(from: readonly string[], maximum: number): Readonly<Record<string, JsonValue>> {
  const [first] = from;
  if (first === undefined) return {};
  return { from: from.length === 1 && maximum === 1 ? first : from };
}
