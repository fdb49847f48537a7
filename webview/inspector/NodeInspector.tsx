import { useMemo } from "react";
import { IconButton } from "../app/IconButton.tsx";
import { catalogEntry } from "../catalog/catalog.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import { useUnhurried } from "../state/useUnhurried.ts";
import { t } from "../text/t.ts";
import { LayerDrawings } from "./LayerDrawings.tsx";
import { OptionList } from "./OptionList.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { SavingBox } from "./SavingBox.tsx";
import { BlockSums, LayerSums } from "./Sums.tsx";
import { TitleField } from "./TitleField.tsx";
import { Wires } from "./Wires.tsx";

interface NodeProps {
  readonly node: string;
}

function Header({ node }: NodeProps) {
  const application = useApplication();
  const type = useAppState((state) => state.drawn.parsed.design.nodes.get(node)?.type ?? "");
  const own = useAppState((state) => state.drawn.parsed.design.blocks);
  const entry = catalogEntry(type, own);
  const showText = (): void => {
    const range = application.store.get().drawn.parsed.keyRangeOf(["nodes", node]);
    if (range !== undefined) {
      application.revealText(range);
    }
  };
  return (
    <header className="inspector-header">
      <div className="inspector-title">
        <Glyph category={entry?.category} />
        <TitleField
          label={t("Name")}
          nodes={[node]}
          value={node}
          onCommit={(name) => application.rename(node, name)}
        />
        <IconButton icon="go-to-file" title={t("Show in Text")} onClick={showText} />
        <IconButton
          icon="trash"
          title={t("Delete {0}", node)}
          onClick={() => application.removeSelection()}
        />
      </div>
      <p className="quiet">
        <b>{t(entry?.title ?? type)}</b> {entry === undefined ? "" : t(entry.summary)}
      </p>
    </header>
  );
}

function Options({ node }: NodeProps) {
  const designNode = useAppState((state) => state.drawn.parsed.design.nodes.get(node));
  const own = useAppState((state) => state.drawn.parsed.design.blocks);
  const entry = catalogEntry(designNode?.type ?? "", own);
  if (designNode === undefined || entry === undefined) {
    return null;
  }
  const { options, repeat } = designNode;
  if (Object.keys(entry.options).length === 0) {
    return null;
  }
  return (
    <OptionList
      label={t("Options")}
      fields={Object.entries(entry.options).map(([name, option]) => ({
        nodes: [node],
        name,
        option,
        value: name === "repeat" && repeat > 1 ? repeat : options[name],
        commandFor: (value) => ({
          type: "setOption",
          nodes: [node],
          option: name,
          ...(value === undefined ? {} : { value }),
        }),
      }))}
    />
  );
}

function Costs({ node }: NodeProps) {
  const { analysis, network } = useUnhurried();
  const numbers = analysis.nodes.get(node);
  const layer = analysis.layerById.get(node);
  const output = network.outputOf.get(node);
  const savings = useMemo(
    () => analysis.savings.filter((saving) => saving.node.split("/")[0] === node),
    [analysis, node],
  );
  if (numbers === undefined) {
    return null;
  }
  return (
    <section className="costs" aria-label={t("Costs")}>
      {layer === undefined ? (
        <BlockSums numbers={numbers} layerCount={numbers.layerCount} />
      ) : (
        <LayerSums layer={layer} />
      )}
      {savings.map((saving) => (
        <SavingBox key={saving.layers.join()} saving={saving} />
      ))}
      {output !== undefined && <LayerDrawings layer={output} hasWindow={layer !== undefined} />}
    </section>
  );
}

function Problems({ node }: NodeProps) {
  const all = useAppState((state) => state.drawn.analysis.problems);
  const problems = all.filter((problem) => problem.node === node);
  return problems.length > 0 && <ProblemList problems={problems} />;
}

/** One node: its name, options, sums, window and wires. */
export function NodeInspector({ node }: NodeProps) {
  return (
    <>
      <Header node={node} />
      <Problems node={node} />
      <Options node={node} />
      <Costs node={node} />
      <Wires node={node} />
    </>
  );
}
