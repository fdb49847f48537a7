import type { Problem } from "../../src/core/design/problem.ts";
import { useApplication, useAppState } from "../state/context.ts";
import type { AppState } from "../state/appState.ts";
import { t } from "../text/t.ts";
import { Icon } from "./Icon.tsx";

const isReadable = (state: AppState): boolean => state.shown.parsed.isJson;

const firstOfText = (state: AppState): Problem | undefined =>
  state.shown.analysis.problems.find(({ code }) => code === "invalidJson") ??
  state.shown.analysis.problems[0];

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Says where a text cannot be read, while the last state that could be read stays below. */
export function Banner() {
  const application = useApplication();
  const isFine = useAppState(isReadable);
  const problem = useAppState(firstOfText);
  const isKept = useAppState((state) => state.shown !== state.drawn);
  const text = useAppState((state) => state.shown.parsed.text);
  if (isFine) {
    return null;
  }
  const range = problem?.range ?? { offset: 0, length: 0 };
  return (
    <div className="banner" role="alert" data-testid="banner">
      <Icon name="error" />
      <span className="banner-text">
        <b>{t("Line {0}:", lineOf(text, range.offset))}</b> {problem?.message}{" "}
        <span className="quiet">
          {isKept
            ? t(
                "The canvas shows the last state that could be read; editing waits until the text is mended.",
              )
            : t("The canvas shows what could be read; editing waits until the text is mended.")}
        </span>
      </span>
      <button
        type="button"
        className="button secondary"
        onClick={() => application.revealText(range)}
      >
        {t("Show in Text")}
      </button>
    </div>
  );
}
