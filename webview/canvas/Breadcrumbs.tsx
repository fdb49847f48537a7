import { Icon } from "../app/Icon.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import type { AppState } from "../state/appState.ts";
import { t } from "../text/t.ts";
import { leaveTo } from "./blockActions.ts";
import { usesWords } from "./definition.ts";
import { blockTree, nearestGroup, pathOf } from "./blockTree.ts";

/** Paths of the blocks from the network to the one that fills the canvas, as one string that stays the same. */
function pathInside({ drawn, view }: AppState): string {
  const tree = blockTree(drawn.network);
  const inside = nearestGroup(tree, view.inside);
  return inside === undefined ? "" : JSON.stringify([...pathOf(tree, inside.id), inside.id]);
}

/** What a level is called behind the one before it: `layer/3` in `dense`. */
const nameBehind = (path: string, before: string | undefined): string =>
  before === undefined ? path : path.slice(before.length + 1);

/** Leads to the definition of a block that the file defines, which is what its inside follows from. */
function DefinitionButton({ path }: { readonly path: string }) {
  const application = useApplication();
  const type = useAppState(({ drawn }) => {
    const group = blockTree(drawn.network).groups.get(path);
    return group !== undefined && drawn.parsed.design.blocks.has(group.type) ? group.type : "";
  });
  const show = (): void => {
    const range = application.store.get().drawn.parsed.keyRangeOf(["blocks", type]);
    if (range !== undefined) {
      application.revealText(range);
    }
  };
  const words = useAppState(({ drawn }) => (type === "" ? "" : usesWords(drawn.network, type)));
  return type === "" ? null : (
    <>
      <span className="quiet">{words}</span>
      <button type="button" className="link-button" onClick={show}>
        {t("Show Definition")}
      </button>
    </>
  );
}

/** Where the canvas is, while it shows the inside of a block: each level is the way back to it. */
export function Breadcrumbs() {
  const application = useApplication();
  const name = useAppState((state) => state.drawn.parsed.design.name);
  const path = useAppState(pathInside);
  if (path === "") {
    return null;
  }
  const levels = JSON.parse(path) as readonly string[];
  return (
    <nav className="breadcrumbs" aria-label={t("Blocks around")} data-testid="breadcrumbs">
      <ol>
        <li>
          <button
            type="button"
            className="breadcrumb"
            onClick={() => leaveTo(application, undefined)}
          >
            {name}
          </button>
        </li>
        {levels.map((level, depth) => (
          <li key={level}>
            <Icon name="chevron-right" />
            <button
              type="button"
              className="breadcrumb"
              aria-current={depth === levels.length - 1 ? "location" : undefined}
              onClick={() => leaveTo(application, level)}
            >
              {nameBehind(level, levels[depth - 1])}
            </button>
          </li>
        ))}
      </ol>
      <DefinitionButton path={levels.at(-1) ?? ""} />
    </nav>
  );
}
