import { IconButton } from "../app/IconButton.tsx";
import { catalogEntry } from "../catalog/catalog.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { enterBlock } from "../canvas/blockActions.ts";
import { blockTree, innerName } from "../canvas/blockTree.ts";
import { groupNumbers } from "../canvas/sceneCards.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { MadeByBlock } from "./MadeByBlock.tsx";
import { BlockSums } from "./Sums.tsx";

/** What a block inside a block, or a copy of one, costs. */
export function GroupCosts({ path }: { readonly path: string }) {
  const drawn = useAppState((state) => state.drawn);
  const group = blockTree(drawn.network).groups.get(path);
  return group === undefined ? null : (
    <section className="costs" aria-label={t("Costs")}>
      <BlockSums numbers={groupNumbers(group, drawn)} layerCount={group.layers.length} />
    </section>
  );
}

/** A copy of a block, or a block inside a block: its numbers to read; its options follow from the node's. */
export function GroupInspector({ path }: { readonly path: string }) {
  const application = useApplication();
  const drawn = useAppState((state) => state.drawn);
  const group = blockTree(drawn.network).groups.get(path);
  if (group === undefined) {
    return null;
  }
  const entry = catalogEntry(group.type, drawn.parsed.design.blocks);
  return (
    <>
      <header className="inspector-header">
        <div className="inspector-title">
          <Glyph category={entry?.category} />
          <h2>{innerName(path)}</h2>
          <IconButton
            icon="screen-full"
            title={t("Go Inside {0}", innerName(path))}
            onClick={() => enterBlock(application, path)}
          />
        </div>
        <p className="quiet">
          <b>{t(entry?.title ?? group.type)}</b> {t("in")}{" "}
          <button
            type="button"
            className="link-button"
            onClick={() => application.select([group.node])}
          >
            {group.node}
          </button>
        </p>
        <MadeByBlock path={path} />
      </header>
      <GroupCosts path={path} />
    </>
  );
}
