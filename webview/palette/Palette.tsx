import { useRef, useState, type DragEvent, type KeyboardEvent } from "react";
import { IconButton } from "../app/IconButton.tsx";
import { catalogOf, categories, categoryTitles, type CatalogEntry } from "../catalog/catalog.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { searchCatalog } from "../catalog/searchCatalog.ts";
import { nodeTypeData, paletteDrag } from "../canvas/usePaletteDrop.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { insertEntry } from "./insertEntry.ts";

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrows move through all items as through one list; Tab leaves it. */
function moveBetweenItems(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("button.palette-item")];
  const current = items.findIndex((item) => item === document.activeElement);
  const step = steps[event.key];
  const next =
    step === undefined
      ? { Home: items[0], End: items.at(-1) }[event.key]
      : items[Math.max(0, Math.min(items.length - 1, current + step))];
  if (next !== undefined) {
    event.preventDefault();
    next.focus();
  }
}

interface ItemProps {
  readonly entry: CatalogEntry;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
}

function PaletteItem({ entry, isTabStop, onFocus }: ItemProps) {
  const application = useApplication();
  const drag = (event: DragEvent): void => {
    event.dataTransfer.setData(nodeTypeData, entry.type);
    event.dataTransfer.effectAllowed = "copy";
    paletteDrag.type = entry.type;
  };
  return (
    <button
      type="button"
      className="palette-item"
      draggable
      tabIndex={isTabStop ? 0 : -1}
      title={t(entry.summary)}
      data-testid={`palette-${entry.type}`}
      onDragStart={drag}
      onFocus={onFocus}
      onClick={() => insertEntry(application, entry, {})}
    >
      <Glyph category={entry.category} />
      <span>{t(entry.title)}</span>
    </button>
  );
}

/** Every layer and block, to drag onto the canvas or to insert after the selection. */
export function Palette() {
  const application = useApplication();
  const [query, setQuery] = useState("");
  const [stop, setStop] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const own = useAppState((state) => state.drawn.parsed.design.blocks);
  const found = searchCatalog(catalogOf(own), query);
  const tabStop = found.some(({ type }) => type === stop) ? stop : found[0]?.type;
  const onSearchKey = (event: KeyboardEvent): void => {
    const [first] = found;
    if (event.key === "Enter" && first !== undefined && query !== "") {
      insertEntry(application, first, {});
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>("button.palette-item[tabindex='0']")?.focus();
    } else if (event.key === "Escape") {
      setQuery("");
    }
  };
  return (
    <aside className="palette" aria-label={t("Palette")} data-testid="palette">
      <div className="palette-search">
        <input
          type="search"
          className="field"
          placeholder={t("Search layers and blocks")}
          aria-label={t("Search layers and blocks")}
          value={query}
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
        />
        <span className="panel-close">
          <IconButton
            icon="close"
            title={t("Close")}
            onClick={() => application.setOverlay(undefined)}
          />
        </span>
      </div>
      <div ref={list} className="palette-list" onKeyDown={moveBetweenItems} role="presentation">
        {categories.map((category) => {
          const entries = found.filter((entry) => entry.category === category);
          return entries.length === 0 ? null : (
            <section key={category} aria-label={t(categoryTitles[category])}>
              <h2>{t(categoryTitles[category])}</h2>
              {entries.map((entry) => (
                <PaletteItem
                  key={entry.type}
                  entry={entry}
                  isTabStop={entry.type === tabStop}
                  onFocus={() => setStop(entry.type)}
                />
              ))}
            </section>
          );
        })}
        {found.length === 0 && (
          <p className="quiet palette-none">{t("Nothing is called {0}.", query)}</p>
        )}
      </div>
    </aside>
  );
}
