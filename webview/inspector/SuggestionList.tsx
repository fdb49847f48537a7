import { useEffect, useState } from "react";
import { suggestImprovements, type Suggestion } from "../../src/core/analysis/suggestions.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { formatChange } from "../text/format.ts";
import { t } from "../text/t.ts";

/** Each candidate takes an analysis of its own, so typing goes first. */
const PAUSE_MS = 300;

const MOST_SHOWN = 5;

/** Cheaper ways to the same end, found once the design has stood still for a moment. */
function useSuggestions(): readonly Suggestion[] {
  const shown = useAppState((state) => state.shown);
  const [found, setFound] = useState<{
    readonly of: typeof shown;
    readonly suggestions: readonly Suggestion[];
  }>();
  useEffect(() => {
    const timer = setTimeout(
      () => setFound({ of: shown, suggestions: suggestImprovements(shown) }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [shown]);
  // Numbers of another text would be stale.
  return found?.of === shown ? found.suggestions : [];
}

const savedWords = ({ saves }: Suggestion): string =>
  [
    saves.parameters === 0 ? "" : t("{0} parameters", formatChange(-saves.parameters)),
    saves.macs === 0 ? "" : t("{0} MACs", formatChange(-saves.macs)),
  ]
    .filter((words) => words !== "")
    .join(", ");

/** What would make the design cheaper, each with its numbers and a button that does it in one undo step. */
export function SuggestionList() {
  const application = useApplication();
  const suggestions = useSuggestions();
  if (suggestions.length === 0) {
    return null;
  }
  return (
    <section aria-label={t("Suggestions")} data-testid="suggestions">
      <h3>{t("Suggestions")}</h3>
      <ul className="suggestion-list">
        {suggestions.slice(0, MOST_SHOWN).map((suggestion) => (
          <li key={`${suggestion.kind} ${suggestion.node}`}>
            <b>{suggestion.title}</b>
            <span className="saved">{savedWords(suggestion)}</span>
            <p className="quiet">{suggestion.reason}</p>
            <button
              type="button"
              className="link-button"
              aria-label={t("Apply: {0}", suggestion.title)}
              onClick={() => application.edit(suggestion.command)}
            >
              {t("Apply")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
