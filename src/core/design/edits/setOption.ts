import type { JsonValue } from "../../layers/option.ts";
import type { TextEdit } from "../command.ts";
import { type DesignText, nodeTree, Refusal, removeKeys, setKey } from "./designText.ts";
import { t } from "../../text/t.ts";

/** Sets an option of several nodes, or takes it out where there is no value, so that the default holds. */
export function setOption(
  document: DesignText,
  nodes: readonly string[],
  option: string,
  value: JsonValue | undefined,
): readonly TextEdit[] {
  if (option === "from") {
    throw new Refusal(t("Wires are drawn with connect, not set as an option."));
  }
  if (option === "type" && (typeof value !== "string" || value === "")) {
    throw new Refusal(t("A node cannot be without a type."));
  }
  return [...new Set(nodes)].flatMap((id) => {
    const object = nodeTree(document, id);
    return value === undefined
      ? removeKeys(document, object, new Set([option]))
      : setKey(document, object, option, value);
  });
}
