import { useCallback, useEffect, useRef, useState } from "react";
import type { CatalogEntry } from "../catalog/catalog.ts";

/** Milliseconds that the pointer rests before the help comes, and that it may be away before the help goes. */
const DELAY = { show: 500, hide: 250 } as const;

/** The help that is shown: of what, and beside which item. */
export interface ShownHelp {
  readonly entry: CatalogEntry;
  readonly item: HTMLElement;
}

/** Help beside the palette: after a while under the pointer, at once by key. */
export function usePaletteHelp() {
  const [shown, setShown] = useState<ShownHelp>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = useCallback((help: ShownHelp | undefined, delay: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(help), delay);
  }, []);
  const now = useCallback((help: ShownHelp | undefined): void => {
    clearTimeout(timer.current);
    setShown(help);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    shown,
    show: now,
    hide: useCallback((): void => now(undefined), [now]),
    point: useCallback((help: ShownHelp): void => later(help, DELAY.show), [later]),
    leave: useCallback((): void => later(undefined, DELAY.hide), [later]),
    /** The pointer is on the help itself, which stays. */
    stay: useCallback((): void => clearTimeout(timer.current), []),
  };
}

export type PaletteHelp = ReturnType<typeof usePaletteHelp>;
