import { Suspense, useLayoutEffect, useRef } from "react";
import { lazyStyled } from "../styles/lazyStyled.ts";
import { t } from "../text/t.ts";
import type { PaletteHelp } from "./usePaletteHelp.ts";

// Pictures and formulas are read by those who ask for them.
const EntryHelp = lazyStyled(async () => (await import("../help/EntryHelp.tsx")).EntryHelp);

/** Id of the help, which describes the item that it is about. */
export const helpId = "palette-help";

const GAP = 6;

/** Beside the palette at the height of the item, and inside the window. */
function place(popover: HTMLElement, item: HTMLElement): void {
  const palette = item.closest(".palette")?.getBoundingClientRect();
  const top = item.getBoundingClientRect().top - 8;
  const lowest = globalThis.innerHeight - popover.offsetHeight - GAP;
  popover.style.left = `${(palette?.right ?? 0) + GAP}px`;
  popover.style.top = `${Math.max(GAP, Math.min(top, lowest))}px`;
}

/** What a layer or block of the palette does, while somebody asks for it. */
export function HelpPopover({ help }: { readonly help: PaletteHelp }) {
  const { shown } = help;
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const popover = element.current;
    if (popover === null || shown === undefined) {
      return undefined;
    }
    place(popover, shown.item);
    // Its content comes later, and grows it.
    const resized = new ResizeObserver(() => place(popover, shown.item));
    resized.observe(popover);
    return () => resized.disconnect();
  }, [shown]);
  if (shown === undefined) {
    return null;
  }
  return (
    <div
      ref={element}
      id={helpId}
      className="entry-help"
      role="region"
      aria-label={t("Help for {0}", t(shown.entry.title))}
      // It may be longer than the window, and is then scrolled by keys.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      data-testid="entry-help"
      onPointerEnter={help.stay}
      onPointerLeave={help.leave}
      onKeyDown={(event) => {
        if (event.key === "Escape" || event.key === "ArrowLeft") {
          event.stopPropagation();
          shown.item.focus();
          help.hide();
        }
      }}
    >
      <Suspense fallback={<p>{t(shown.entry.summary)}</p>}>
        <EntryHelp entry={shown.entry} />
      </Suspense>
    </div>
  );
}
