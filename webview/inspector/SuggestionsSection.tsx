import { useState } from "react";
import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { Suggestion } from "../../src/core/analysis/suggestions.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { formatChange } from "../text/format.ts";
import { t } from "../text/t.ts";

interface Found {
  readonly of: AnalyzedDesign;
  readonly suggestions: readonly Suggestion[];
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
      <div className="suggestion-saves">
        {t("{0} parameters", formatChange(-saves.parameters))},{" "}
        {t("{0} MACs", formatChange(-saves.macs))}
      </div>
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

/** What would make the design cheaper, looked for when asked, because every candidate is tried out. */
export function SuggestionsSection() {
  const shown = useAppState((state) => state.shown);
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const [found, setFound] = useState<Found>();
  if (!isEditable || shown.network.layers.length === 0) {
    return null;
  }
  const look = async (): Promise<void> => {
    const { suggestImprovements } = await import("../../src/core/analysis/suggestions.ts");
    setFound({ of: shown, suggestions: suggestImprovements(shown) });
  };
  const isCurrent = found?.of === shown;
  return (
    <section className="suggestions" aria-label={t("Savings")}>
      <h3>{t("Savings")}</h3>
      {isCurrent && found.suggestions.length === 0 && (
        <p className="quiet">{t("Nothing was found that would make this design cheaper.")}</p>
      )}
      {isCurrent ? (
        <ul>
          {found.suggestions.map((suggestion) => (
            <SuggestionItem key={`${suggestion.kind} ${suggestion.node}`} suggestion={suggestion} />
          ))}
        </ul>
      ) : (
        <button type="button" className="button secondary" onClick={() => void look()}>
          {t("Look for Savings")}
        </button>
      )}
    </section>
  );
}
