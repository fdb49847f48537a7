import { useEffect, useRef, type KeyboardEvent } from "react";
import { useApplication } from "../state/context.ts";
import { useDraft } from "../state/useDraft.ts";
import { t } from "../text/t.ts";
import { focusCard } from "./focusCard.ts";

/** The name of a node while it is being changed on its card; Enter or leaving keeps it, Escape does not. */
export function NameField({ node }: { readonly node: string }) {
  const application = useApplication();
  const { draft, setDraft } = useDraft([node], "name", node);
  const hadDraft = useRef(draft !== undefined);
  const name = draft ?? node;
  const field = useRef<HTMLInputElement>(null);
  const isFinished = useRef(false);
  useEffect(() => {
    field.current?.focus();
    // Typing goes on where the node was renamed in the text meanwhile.
    if (!hadDraft.current) {
      field.current?.select();
    }
  }, []);
  const close = (id: string): void => {
    isFinished.current = true;
    application.stopRenaming();
    focusCard(id);
  };
  /** Keeps the name; one that cannot be stays in the field to be mended. */
  const keep = (): void => {
    const wanted = name.trim();
    // First, because a draft follows its node to the new name.
    setDraft(undefined);
    if (wanted === "" || wanted === node) {
      close(node);
    } else if (application.rename(node, wanted).type === "done") {
      close(wanted);
    } else {
      setDraft(wanted);
    }
  };
  const onBlur = (): void => {
    const { nodes } = application.store.get().drawn.parsed.design;
    // Taking the field away may blur it once more.
    if (!isFinished.current && nodes.has(node)) {
      keep();
      setDraft(undefined);
      application.stopRenaming();
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") {
      keep();
    } else if (event.key === "Escape") {
      setDraft(undefined);
      close(node);
    }
    event.stopPropagation();
  };
  return (
    <input
      ref={field}
      className="card-name-field nodrag nopan"
      aria-label={t("Name of {0}", node)}
      value={name}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    />
  );
}
