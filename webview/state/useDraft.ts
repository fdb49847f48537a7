import { useApplication, useAppState } from "./context.ts";
import { draftAt } from "./drafts.ts";

/** What is being typed into a field that shows `shown`; it outlives what happens to the text meanwhile. */
export function useDraft(nodes: readonly string[], field: string, shown: string) {
  const application = useApplication();
  const draft = useAppState((state) => draftAt(state.drafts, { nodes, field }));
  return {
    draft: draft?.text,
    /** The file has another value by now than the one the typing began with. */
    isOvertaken: draft !== undefined && draft.base !== shown,
    setDraft(text: string | undefined): void {
      application.setDraft({ nodes, field, base: shown }, text);
    },
  };
}
