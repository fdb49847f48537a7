import { useRef, type KeyboardEvent, type ReactNode } from "react";

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

const itemsOf = (toolbar: HTMLElement): readonly HTMLElement[] =>
  [...toolbar.querySelectorAll<HTMLElement>("button, select")].filter(
    (item) => !item.hasAttribute("disabled"),
  );

function target(items: readonly HTMLElement[], key: string): HTMLElement | undefined {
  const current = items.findIndex((item) => item === document.activeElement);
  if (key === "Home") {
    return items[0];
  }
  if (key === "End") {
    return items.at(-1);
  }
  const step = steps[key];
  return step === undefined || current === -1
    ? undefined
    : items[(current + step + items.length) % items.length];
}

interface ToolbarProps {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Buttons that are one tab stop together: arrows, Home and End move between them. */
export function Toolbar({ label, className = "", children }: ToolbarProps) {
  const element = useRef<HTMLDivElement>(null);
  const keepOneTabStop = (stop: HTMLElement): void => {
    for (const item of element.current === null ? [] : itemsOf(element.current)) {
      item.tabIndex = item === stop ? 0 : -1;
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    // Up and down choose inside a list box of its own.
    if (event.target instanceof HTMLSelectElement && /^Arrow(Up|Down)$/.test(event.key)) {
      return;
    }
    const next = element.current === null ? undefined : target(itemsOf(element.current), event.key);
    if (next !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      next.focus();
    }
  };
  return (
    <div
      ref={element}
      className={`toolbar ${className}`}
      role="toolbar"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={(event) => keepOneTabStop(event.target)}
    >
      {children}
    </div>
  );
}
