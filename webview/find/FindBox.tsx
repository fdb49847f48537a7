import { useEffect, useMemo, useRef, type KeyboardEvent } from "react";
import { IconButton } from "../app/IconButton.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { closeFind, currentMatch, keepMatches, lookFor, stepFind } from "./findActions.ts";
import { findables } from "./findable.ts";
import { findMatches } from "./findMatches.ts";

const examples = ["conv1", "type:pool", "filters>=256", "params>1M", "macs>100M", "rf>64", "#12"];

/** Works out the matches anew with every letter and every change of the design. */
function useMatches(query: string): void {
  const application = useApplication();
  const drawn = useAppState((state) => state.drawn);
  const items = useMemo(() => findables(drawn), [drawn]);
  useEffect(() => {
    const found = findMatches(items, query);
    if (found.type === "found") {
      keepMatches(application, found.ids);
    } else {
      keepMatches(application, [], found.message);
    }
  }, [application, items, query]);
}

function countWords(query: string, count: number, current: number): string {
  if (query.trim() === "") {
    return "";
  }
  if (count === 0) {
    return t("No results");
  }
  return t("{0} of {1}", current === 0 ? "?" : current, count);
}

function Count() {
  const { query, matches } = useAppState((state) => state.find);
  const current = useAppState((state) => currentMatch(state.find.matches, state.view.selection));
  const words = countWords(query, matches.length, current);
  const isInVain = matches.length === 0 && words !== "";
  return (
    <span className={isInVain ? "find-count is-error" : "find-count"} role="status">
      {words}
    </span>
  );
}

function Hint() {
  const application = useApplication();
  const { query, message } = useAppState((state) => state.find);
  if (message !== "") {
    return (
      <p className="find-hint" role="alert">
        {message}
      </p>
    );
  }
  return query.trim() === "" ? (
    <p className="find-hint quiet">
      {t("Name, type or number:")}{" "}
      {examples.map((example) => (
        <button
          key={example}
          type="button"
          className="link-button"
          onClick={() => lookFor(application, example)}
        >
          {example}
        </button>
      ))}
    </p>
  ) : null;
}

/** Finds nodes, layers and blocks at every depth, in the look of VS Code's own find box. */
export function FindBox() {
  const application = useApplication();
  const query = useAppState((state) => state.find.query);
  const opened = useAppState((state) => state.find.opened);
  const hasMatches = useAppState((state) => state.find.matches.length > 0);
  const field = useRef<HTMLInputElement>(null);
  useMatches(query);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [opened]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      closeFind(application);
    } else if (event.key === "F3" || (event.key === "Enter" && event.target === field.current)) {
      event.preventDefault();
      stepFind(application, event.shiftKey ? -1 : 1);
    } else {
      return;
    }
    event.stopPropagation();
  };
  return (
    <div className="find-box" role="search" data-testid="find" onKeyDown={onKeyDown}>
      <div className="find-row">
        <input
          ref={field}
          className="field"
          aria-label={t("Find in the network")}
          placeholder={t("Find in the network")}
          value={query}
          spellCheck={false}
          onChange={(event) => lookFor(application, event.target.value)}
        />
        <Count />
        <IconButton
          icon="arrow-up"
          title={t("Previous Match (Shift+Enter)")}
          isDisabled={!hasMatches}
          onClick={() => stepFind(application, -1)}
        />
        <IconButton
          icon="arrow-down"
          title={t("Next Match (Enter)")}
          isDisabled={!hasMatches}
          onClick={() => stepFind(application, 1)}
        />
        <IconButton icon="close" title={t("Close")} onClick={() => closeFind(application)} />
      </div>
      <Hint />
    </div>
  );
}
