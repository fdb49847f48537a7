import { useState, type KeyboardEvent } from "react";
import { useAppState } from "../state/context.ts";

interface TitleFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onCommit: (value: string) => void;
}

/** A name that is edited where it stands; Enter or leaving keeps it, Escape does not. */
export function TitleField({ label, value, onCommit }: TitleFieldProps) {
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const [draft, setDraft] = useState<string>();
  const commit = (): void => {
    const wanted = draft?.trim();
    setDraft(undefined);
    if (wanted !== undefined && wanted !== "" && wanted !== value) {
      onCommit(wanted);
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
      onBlur={commit}
    />
  );
}
