import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { catalogOf, type CatalogEntry } from "../catalog/catalog.ts";
import { Glyph } from "../catalog/Glyph.tsx";
import { searchCatalog } from "../catalog/searchCatalog.ts";
import { focusCanvas } from "../canvas/focusCard.ts";
import type { QuickInsert as Place } from "../state/appState.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { insertEntry } from "./insertEntry.ts";

/** Size of the list, to keep it inside the window. */
const size = { width: 320, height: 300 };

function placeOf(at: Place["at"]): { readonly left: number; readonly top: number } {
  const [x, y] = at ?? [(globalThis.innerWidth - size.width) / 2, 72];
  return {
    left: Math.max(8, Math.min(x, globalThis.innerWidth - size.width - 8)),
    top: Math.max(8, Math.min(y, globalThis.innerHeight - size.height - 8)),
  };
}

function wiredTo(place: Place, selection: readonly string[]): string {
  const from = place.from ?? (place.position === undefined ? selection : []);
  return from.length === 0 ? t("Insert a layer or block") : t("Insert after {0}", from.join(", "));
}

function Finder({ place }: { readonly place: Place }) {
  const application = useApplication();
  const selection = useAppState((state) => state.view.selection);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState(0);
  const own = useAppState((state) => state.drawn.parsed.design.blocks);
  const found = searchCatalog(catalogOf(own), query);
  const chosen = found[Math.min(index, found.length - 1)];
  useEffect(() => {
    field.current?.focus();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${chosen?.type}`)?.scrollIntoView({ block: "nearest" });
  }, [id, chosen]);
  const close = (): void => {
    application.closeInsert();
    focusCanvas(application.store.get().view.selection[0]);
  };
  const insert = (entry: CatalogEntry): void => {
    application.closeInsert();
    insertEntry(application, entry, place);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setIndex((Math.min(index, found.length - 1) + step + found.length) % found.length);
    } else if (event.key === "Enter" && chosen !== undefined) {
      event.preventDefault();
      insert(chosen);
    } else if (event.key === "Escape") {
      close();
    }
    event.stopPropagation();
  };
  return (
    <div
      className="quick-insert"
      style={placeOf(place.at)}
      data-testid="quick-insert"
      onBlur={(event) =>
        event.currentTarget.contains(event.relatedTarget) || application.closeInsert()
      }
    >
      <input
        ref={field}
        className="field"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${chosen.type}`}
        aria-autocomplete="list"
        aria-label={wiredTo(place, selection)}
        placeholder={wiredTo(place, selection)}
        value={query}
        spellCheck={false}
        onChange={(event) => {
          setQuery(event.target.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={t("Layers and blocks")}>
        {found.map((entry) => (
          <li
            key={entry.type}
            id={`${id}-${entry.type}`}
            role="option"
            aria-selected={entry === chosen}
            // Before the field loses the focus, which would close the list.
            onPointerDown={(event) => {
              event.preventDefault();
              insert(entry);
            }}
          >
            <Glyph category={entry.category} />
            <span className="quick-insert-title">{t(entry.title)}</span>
            <span className="quiet">{t(entry.summary)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The list that `/` and a double click open: type a few letters, Enter inserts. */
export function QuickInsert() {
  const place = useAppState((state) => state.insert);
  return place === undefined ? null : <Finder key={place.at?.join(",")} place={place} />;
}
