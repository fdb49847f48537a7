import type { EditCommand } from "../../src/core/design/command.ts";
import { Icon } from "../app/Icon.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";

const input = (shape: readonly number[]): EditCommand => ({
  type: "addNode",
  nodeType: "input",
  id: "image",
  options: { shape: [...shape] },
});

/** What a design without nodes shows: three ways to begin. */
export function EmptyCanvas() {
  const application = useApplication();
  const isWritable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const begin = (shape: readonly number[]) => (): void => {
    const outcome = application.edit(input(shape));
    if (outcome.type === "done" && outcome.created !== undefined) {
      application.select([outcome.created]);
      application.openInsert({});
    }
  };
  return (
    <div className="empty" data-testid="empty">
      <h1>{t("An empty design")}</h1>
      <p>
        {t(
          "A network begins with the image that enters it. Layers and blocks follow from the palette.",
        )}
      </p>
      <div className="empty-actions">
        <button
          type="button"
          className="button"
          disabled={!isWritable}
          onClick={begin([28, 28, 1])}
        >
          {t("Start with 28 × 28 Grey Images")}
        </button>
        <button
          type="button"
          className="button secondary"
          disabled={!isWritable}
          onClick={begin([224, 224, 3])}
        >
          {t("Start with 224 × 224 Colour Images")}
        </button>
        <button
          type="button"
          className="button secondary"
          disabled={!isWritable}
          onClick={() => application.openInsert({})}
        >
          {t("Choose a Layer or Block")}
        </button>
        <button
          type="button"
          className="button secondary"
          onClick={() => application.openDialog("gallery")}
        >
          {t("Look at Published Networks")}
        </button>
      </div>
      <p className="quiet">
        <Icon name="info" /> {t("Press / or double-click anywhere to insert.")}
      </p>
    </div>
  );
}
