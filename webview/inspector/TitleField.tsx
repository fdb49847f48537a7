import type { KeyboardEvent } from "react";
import type { EditOutcome } from "../state/application.ts";
import { useAppState } from "../state/context.ts";
import { useDraft } from "../state/useDraft.ts";

interface TitleFieldProps {
  readonly label: string;
  readonly value: string;
  /** The node that is named; none where it is the design. */
  readonly nodes: readonly string[];
  readonly onCommit: (value: string) => EditOutcome;
}

/** A name that is edited where it stands; Enter or leaving keeps it, Escape does not. */
export function TitleField({ label, nodes, value, onCommit }: TitleFieldProps) {
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const { draft, setDraft } = useDraft(nodes, "name", value);
  const commit = (): void => {
    const wanted = draft?.trim();
    // First, because a draft follows its node to the new name.
    setDraft(undefined);
    const isChange = wanted !== undefined && wanted !== "" && wanted !== value;
    if (isChange && onCommit(wanted).type === "refused") {
      setDraft(wanted);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter") {
      commit();
    } else if (event.key === "Escape" && draft !== undefined) {
      event.stopPropagation();
      setDraft(undefined);
    }
  };
  return (
    <input
      className="title-field"
      aria-label={label}
      value={draft ?? value}
      readOnly={!isEditable}
      spellCheck={false}
      onChange={({ target }) => setDraft(target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (isEditable) {
          commit();
        }
      }}
    />
  );
}
