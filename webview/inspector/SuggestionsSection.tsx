import { useEffect, useState } from "react";
import type { CombinedSuggestion, Suggestion } from "../../src/core/analysis/suggestions.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { formatShare } from "../text/format.ts";
import { t } from "../text/t.ts";
import type { SavingsSearch } from "./lookForSavings.ts";

interface AfterProps {
  readonly saves: Suggestion["saves"];
}

/** `61,706 → 44,426 parameters, −28.0 %`: the totals as they would be. */
function After({ saves }: AfterProps) {
  const { parameters, macs } = useAppState((state) => state.shown.analysis.totals);
  const lines = [
    { name: t("parameters"), before: parameters.total, saved: saves.parameters },
    { name: t("MACs"), before: macs, saved: saves.macs },
  ];
  return (
    <div className="suggestion-saves">
      {lines
        .filter(({ saved }) => saved !== 0)
        .map(({ name, before, saved }) => (
          <div key={name} className={saved > 0 ? undefined : "quiet"}>
            {formatNumber(before)} → {formatNumber(before - saved)} {name}, {saved > 0 ? "−" : "+"}
            {formatShare(Math.abs(saved) / Math.max(1, before), 1)}
          </div>
        ))}
    </div>
  );
}

function SuggestionItem({ suggestion }: { readonly suggestion: Suggestion }) {
  const application = useApplication();
  const { title, reason, saves, command, node } = suggestion;
  const show = (): void => {
    application.select([node]);
    application.canvasActions.emit("reveal");
  };
  return (
    <li className="suggestion">
      <b>{title}</b>
      <After saves={saves} />
      <div className="quiet">{reason}</div>
      <button type="button" className="link-button" onClick={() => application.edit(command)}>
        {t("Apply")}
      </button>{" "}
      <button type="button" className="link-button" onClick={show}>
        {t("Show")}
      </button>
    </li>
  );
}

function ApplyAll({ together }: { readonly together: CombinedSuggestion }) {
  const application = useApplication();
  return (
    <li className="suggestion">
      <b>{t("{0} of them together", together.suggestions.length)}</b>
      <After saves={together.saves} />
      <button
        type="button"
        className="button secondary"
        onClick={() => application.edit(together.command)}
      >
        {t("Apply All")}
      </button>
    </li>
  );
}

/** A search that starts anew with every change of the text, once a person has asked for it. */
function useSearch() {
  const shown = useAppState((state) => state.shown);
  const [isWanted, setWanted] = useState(false);
  const [search, setSearch] = useState<SavingsSearch>();
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    const ended = new AbortController();
    void (async () => {
      const { lookForSavings } = await import("./lookForSavings.ts");
      await lookForSavings(shown, ended.signal, setSearch);
    })();
    return () => ended.abort();
  }, [isWanted, shown]);
  // What was found is about the text that it was found in.
  return { isWanted, setWanted, search: search?.of === shown ? search : undefined };
}

function Search({ search }: { readonly search: SavingsSearch | undefined }) {
  const result = search?.result;
  if (result === undefined) {
    return (
      <p className="quiet" role="status">
        {search === undefined || search.total === 0
          ? t("Looking")
          : t("Trying {0} of {1}", search.done, search.total)}
      </p>
    );
  }
  return result.suggestions.length === 0 ? (
    <p className="quiet">{t("Nothing was found that would make this design cheaper.")}</p>
  ) : (
    <ul>
      {result.together !== undefined && <ApplyAll together={result.together} />}
      {result.suggestions.map((suggestion) => (
        <SuggestionItem key={`${suggestion.kind} ${suggestion.node}`} suggestion={suggestion} />
      ))}
    </ul>
  );
}

/** What would make the design cheaper, looked for when asked, because every candidate is tried out. */
export function SuggestionsSection() {
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const isEmpty = useAppState((state) => state.shown.network.layers.length === 0);
  const { isWanted, setWanted, search } = useSearch();
  if (!isEditable || isEmpty) {
    return null;
  }
  return (
    <section className="suggestions" aria-label={t("Savings")}>
      <h3>{t("Savings")}</h3>
      {isWanted && <Search search={search} />}
      {isWanted ? (
        <button type="button" className="link-button" onClick={() => setWanted(false)}>
          {t("Stop Looking")}
        </button>
      ) : (
        <button type="button" className="button secondary" onClick={() => setWanted(true)}>
          {t("Look for Savings")}
        </button>
      )}
    </section>
  );
}
