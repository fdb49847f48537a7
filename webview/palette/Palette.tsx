import { useRef, useState, type DragEvent, type KeyboardEvent } from "react";
import { IconButton } from "../app/IconButton.tsx";
import {
  catalogEntry,
  catalogOf,
  categories,
  categoryTitles,
  type CatalogEntry,
} from "../catalog/catalog.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { searchCatalog } from "../catalog/searchCatalog.ts";
import { nodeTypeData, paletteDrag } from "../canvas/usePaletteDrop.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { HelpPopover, helpId } from "./HelpPopover.tsx";
import { insertEntry } from "./insertEntry.ts";
import { usePaletteHelp, type PaletteHelp } from "./usePaletteHelp.ts";

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

/** A group of the palette with a heading of its own. */
interface Group {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly CatalogEntry[];
}

interface ItemProps {
  readonly entry: CatalogEntry;
  readonly testId: string;
  readonly isTabStop: boolean;
  readonly help: PaletteHelp;
  readonly onFocus: () => void;
}

function PaletteItem({ entry, testId, isTabStop, help, onFocus }: ItemProps) {
  const application = useApplication();
  const drag = (event: DragEvent): void => {
    help.hide();
    event.dataTransfer.setData(nodeTypeData, entry.type);
    event.dataTransfer.effectAllowed = "copy";
    paletteDrag.type = entry.type;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === "ArrowRight") {
      help.show({ entry, item: event.currentTarget });
      application.say(t(entry.summary));
    } else if (help.shown !== undefined && (event.key === "ArrowLeft" || event.key === "Escape")) {
      help.hide();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      type="button"
      className="palette-item"
      draggable
      tabIndex={isTabStop ? 0 : -1}
      aria-describedby={help.shown?.entry === entry ? helpId : undefined}
      aria-keyshortcuts="ArrowRight"
      data-testid={testId}
      onDragStart={drag}
      onKeyDown={onKeyDown}
      onFocus={({ currentTarget: item }) => {
        onFocus();
        // Help that was asked for by key goes along.
        if (help.shown !== undefined && help.shown.item !== item) {
          help.show({ entry, item });
        }
      }}
      onPointerEnter={({ currentTarget: item }) => help.point({ entry, item })}
      onPointerLeave={help.leave}
      onClick={() => {
        help.hide();
        insertEntry(application, entry, {});
      }}
    >
      <Glyph category={entry.category} />
      <span>{t(entry.title)}</span>
    </button>
  );
}

/** What was used lately and the blocks of the file first, then everything by category. */
function useGroups(query: string, recent: readonly string[]): readonly Group[] {
  const own = useAppState((state) => state.drawn.parsed.design.blocks);
  const found = searchCatalog(catalogOf(own), query);
  const used = recent.flatMap((type) => catalogEntry(type, own) ?? []);
  return [
    { id: "recent-", title: t("Recently Used"), entries: query === "" ? used : [] },
    { id: "", title: t("Blocks of This File"), entries: found.filter(({ isOwn }) => isOwn) },
    ...categories.map((category) => ({
      id: "",
      title: t(categoryTitles[category]),
      entries: found.filter((entry) => entry.category === category && entry.isOwn !== true),
    })),
  ].filter(({ entries }) => entries.length > 0);
}

/** Every layer and block, to drag onto the canvas or to insert after the selection. */
export function Palette() {
  const application = useApplication();
  const [query, setQuery] = useState("");
  const [stop, setStop] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const help = usePaletteHelp();
  // They change places only while nobody points at them.
  const [recent, setRecent] = useState(application.store.get().recent);
  const groups = useGroups(query, recent);
  const items = groups.flatMap(({ id, entries }) => entries.map(({ type }) => id + type));
  const tabStop = stop !== undefined && items.includes(stop) ? stop : items[0];
  const onSearchKey = (event: KeyboardEvent): void => {
    const first = groups[0]?.entries[0];
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
    <aside
      className="palette"
      aria-label={t("Palette")}
      data-testid="palette"
      onPointerLeave={() => setRecent(application.store.get().recent)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) {
          help.hide();
          if (!currentTarget.matches(":hover")) {
            setRecent(application.store.get().recent);
          }
        }
      }}
    >
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
      <div
        ref={list}
        className="palette-list"
        onKeyDown={moveBetweenItems}
        onScroll={help.hide}
        role="presentation"
      >
        {groups.map(({ id, title, entries }) => (
          <section key={title} aria-label={title}>
            <h2>{title}</h2>
            {entries.map((entry) => (
              <PaletteItem
                key={entry.type}
                entry={entry}
                testId={`palette-${id}${entry.type}`}
                isTabStop={id + entry.type === tabStop}
                help={help}
                onFocus={() => setStop(id + entry.type)}
              />
            ))}
          </section>
        ))}
        {groups.length === 0 && (
          <p className="quiet palette-none">{t("Nothing is called {0}.", query)}</p>
        )}
      </div>
      <button
        type="button"
        className="palette-gallery link-button"
        onClick={() => application.openDialog("gallery")}
      >
        {t("Published Networks")}…
      </button>
      <HelpPopover help={help} />
    </aside>
  );
}
