import { formatNumber } from "../../src/core/design/words.ts";
import type { Design, DesignNode } from "../../src/core/design/design.ts";
import type { JsonValue, Option } from "../../src/core/layers/option.ts";
import { catalogEntry } from "../catalog/catalog.ts";
import { isEqual } from "../canvas/isEqual.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { OptionList } from "./OptionList.tsx";

interface SharedOption {
  readonly name: string;
  readonly option: Option;
  readonly value: JsonValue | undefined;
  readonly isMixed: boolean;
}

const valueOf = (node: DesignNode, name: string): JsonValue | undefined =>
  name === "repeat" && node.repeat > 1 ? node.repeat : node.options[name];

/** Options that all of these nodes have, read in the same way. */
export function sharedOptions(
  nodes: readonly DesignNode[],
  own: Design["blocks"],
): readonly SharedOption[] {
  const [first, ...others] = nodes;
  if (first === undefined) {
    return [];
  }
  const tables = others.map(({ type }) => catalogEntry(type, own)?.options ?? {});
  return Object.entries(catalogEntry(first.type, own)?.options ?? {})
    .filter(([name, option]) => tables.every((table) => table[name]?.kind === option.kind))
    .map(([name, option]) => {
      const value = valueOf(first, name);
      const isMixed = others.some((node) => !isEqual(valueOf(node, name), value));
      return { name, option, value: isMixed ? undefined : value, isMixed };
    });
}

/** Several nodes edited together: what they share. */
export function NodesInspector() {
  const application = useApplication();
  const selection = useAppState((state) => state.view.selection);
  const drawn = useAppState((state) => state.drawn);
  const nodes = selection.flatMap((id) => drawn.parsed.design.nodes.get(id) ?? []);
  const ids = nodes.map(({ id }) => id);
  const parameters = ids.reduce(
    (sum, id) => sum + (drawn.analysis.nodes.get(id)?.parameters.total ?? 0),
    0,
  );
  const macs = ids.reduce((sum, id) => sum + (drawn.analysis.nodes.get(id)?.macs ?? 0), 0);
  const shared = sharedOptions(nodes, drawn.parsed.design.blocks);
  return (
    <>
      <header className="inspector-header">
        <h2>{t("{0} nodes", nodes.length)}</h2>
        <p className="quiet">{ids.join(", ")}</p>
        <p>
          {t("{0} parameters, {1} MACs together", formatNumber(parameters), formatNumber(macs))}
        </p>
      </header>
      {shared.length === 0 ? (
        <p className="quiet">{t("These nodes share no option.")}</p>
      ) : (
        <OptionList
          key={ids.join(" ")}
          label={t("Shared options")}
          fields={shared.map(({ name, option, value, isMixed }) => ({
            nodes: ids,
            name,
            option,
            value,
            isMixed,
            commandFor: (wanted) => ({
              type: "setOption",
              nodes: ids,
              option: name,
              ...(wanted === undefined ? {} : { value: wanted }),
            }),
          }))}
        />
      )}
      <div className="inspector-actions">
        <button
          type="button"
          className="button secondary"
          onClick={() => application.edit({ type: "resetPositions", nodes: ids })}
        >
          {t("Lay Out Again")}
        </button>
        <button
          type="button"
          className="button secondary"
          onClick={() => application.removeSelection()}
        >
          {t("Delete")}
        </button>
      </div>
    </>
  );
}
