import { Suspense } from "react";
import { lazyStyled } from "../styles/lazyStyled.ts";
import { useAppState } from "../state/context.ts";

// Loaded when somebody looks for something.
const FindBox = lazyStyled(async () => (await import("./FindBox.tsx")).FindBox);

/** The find box while it is open. */
export function FindBoxWhenOpen() {
  const isOpen = useAppState((state) => state.find.isOpen);
  return isOpen ? (
    <Suspense fallback={null}>
      <FindBox />
    </Suspense>
  ) : null;
}
