import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useApplication } from "../state/context.ts";
import { t } from "../text/t.ts";
import { focusCard } from "./focusCard.ts";

/** The name of a node while it is being changed on its card; Enter or leaving keeps it, Escape does not. */
export function NameField({ node }: { readonly node: string }) {
  const application = useApplication();
  const [name, setName] = useState(node);
  const field = useRef<HTMLInputElement>(null);
  const isFinished = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const finish = (wanted: string): void => {
    // Taking the field away may blur it once more.
    if (isFinished.current) {
      return;
    }
    isFinished.current = true;
    application.stopRenaming();
    const trimmed = wanted.trim();
    const isKept =
      trimmed !== "" && trimmed !== node && application.rename(node, trimmed).type === "done";
    focusCard(isKept ? trimmed : node);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") {
      finish(name);
    } else if (event.key === "Escape") {
      finish(node);
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
      onChange={(event) => setName(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => finish(name)}
    />
  );
}
