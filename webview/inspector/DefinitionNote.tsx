import { usesWords } from "../canvas/definition.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";

/** Says whose definition an edit changes, and leads to it in the text. */
export function DefinitionNote({ block }: { readonly block: string }) {
  const application = useApplication();
  const words = useAppState(({ drawn }) => usesWords(drawn.network, block));
  const show = (): void => {
    const range = application.store.get().drawn.parsed.keyRangeOf(["blocks", block]);
    if (range !== undefined) application.revealText(range);
  };
  return (
    <p className="definition-note" data-testid="definition-note">
      {words}{" "}
      <button type="button" className="link-button" onClick={show}>
        {t("Show Definition")}
      </button>
    </p>
  );
}
