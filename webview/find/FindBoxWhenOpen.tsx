import { lazy, Suspense } from "react";
import { useAppState } from "../state/context.ts";

// Loaded when somebody looks for something.
const FindBox = lazy(async () => ({ default: (await import("./FindBox.tsx")).FindBox }));

/** The find box while it is open. */
export function FindBoxWhenOpen() {
  const isOpen = useAppState((state) => state.find.isOpen);
  return isOpen ? (
    <Suspense fallback={null}>
      <FindBox />
    </Suspense>
  ) : null;
}
