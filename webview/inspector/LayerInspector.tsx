import { catalogEntry } from "../catalog/catalog.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { LayerDrawings } from "./LayerDrawings.tsx";
import { formatOption, type ShownValue } from "./optionText.ts";
import { SavingBox } from "./SavingBox.tsx";
import { MadeByBlock } from "./MadeByBlock.tsx";
import { LayerSums } from "./Sums.tsx";

/** What a layer inside a block costs, and its drawings. */
export function LayerCosts({ layer: id }: { readonly layer: string }) {
  const analysis = useAppState((state) => state.drawn.analysis);
  const numbers = analysis.layerById.get(id);
  const savings = analysis.savings.filter(({ layers }) => layers.includes(id));
  return numbers === undefined ? null : (
    <section className="costs" aria-label={t("Costs")}>
      <LayerSums layer={numbers} />
      {savings.map((saving) => (
        <SavingBox key={saving.layers.join()} saving={saving} />
      ))}
      <LayerDrawings layer={id} hasWindow />
    </section>
  );
}

/** A layer inside a block: its numbers to read; its options follow from the block's. */
export function LayerInspector({ layer: id }: { readonly layer: string }) {
  const application = useApplication();
  const layer = useAppState((state) => state.drawn.network.byId.get(id));
  if (layer === undefined) {
    return null;
  }
  const entry = catalogEntry(layer.type);
  const options = Object.entries<ShownValue>(layer.options);
  return (
    <>
      <header className="inspector-header">
        <div className="inspector-title">
          <Glyph category={entry?.category} />
          <h2>{id.slice(layer.node.length + 1)}</h2>
        </div>
        <p className="quiet">
          <b>{t(entry?.title ?? layer.type)}</b> {t("in")}{" "}
          <button
            type="button"
            className="link-button"
            onClick={() => application.select([layer.node])}
          >
            {layer.node}
          </button>
        </p>
        <MadeByBlock path={id} />
      </header>
      <dl className="sums options-read">
        {options.map(([name, value]) => (
          <div className="sum" key={name}>
            <dt>{name}</dt>
            <dd>{formatOption(value)}</dd>
          </div>
        ))}
      </dl>
      <LayerCosts layer={id} />
    </>
  );
}
