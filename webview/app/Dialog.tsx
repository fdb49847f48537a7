import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import { focusCanvas } from "../canvas/focusCard.ts";
import { useApplication } from "../state/context.ts";
import { t } from "../text/t.ts";
import { IconButton } from "./IconButton.tsx";

interface DialogProps {
  readonly title: string;
  readonly className: string;
  readonly testId: string;
  readonly children: ReactNode;
}

/** Keys with a command key go on to VS Code; the others belong to what is in front. */
const keepKeys = (event: KeyboardEvent): void => {
  if (!event.ctrlKey && !event.metaKey) {
    event.stopPropagation();
  }
};

/** A window over the whole view; Escape, its button and a click beside it close it and give the keyboard back. */
export function Dialog({ title, className, testId, children }: DialogProps) {
  const application = useApplication();
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    element.current?.showModal();
    // A field is what a person goes on with; without one the button that closes has the focus.
    element.current?.querySelector("input")?.focus();
  }, []);
  const close = (): void => {
    application.closeDialog();
    focusCanvas(application.store.get().view.selection[0]);
  };
  return (
    <dialog
      ref={element}
      className={`dialog ${className}`}
      aria-labelledby={id}
      data-testid={testId}
      onClose={close}
      onKeyDown={keepKeys}
      onClick={(event) => event.target === element.current && element.current.close()}
    >
      <div className="dialog-title">
        <h1 id={id}>{title}</h1>
        <IconButton icon="close" title={t("Close")} onClick={() => element.current?.close()} />
      </div>
      <div className="dialog-content">{children}</div>
    </dialog>
  );
}
