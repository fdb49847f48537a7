import { Suspense, type ComponentType } from "react";
import type { DialogName } from "../state/appState.ts";
import { useAppState } from "../state/context.ts";
import { lazyStyled } from "../styles/lazyStyled.ts";

// Nobody needs them at the first look.
const dialogs: Readonly<Record<DialogName, ComponentType>> = {
  gallery: lazyStyled(async () => (await import("../gallery/Gallery.tsx")).Gallery),
  keys: lazyStyled(async () => (await import("../keys/KeySheet.tsx")).KeySheet),
  dataset: lazyStyled(async () => (await import("../dataset/DatasetWindow.tsx")).DatasetWindow),
  newBlock: lazyStyled(async () => (await import("../arrange/NewBlock.tsx")).NewBlock),
};

/** The window that stands open over the view, if one does. */
export function Dialogs() {
  const name = useAppState((state) => state.dialog);
  if (name === undefined) {
    return null;
  }
  const Content = dialogs[name];
  return (
    <Suspense fallback={null}>
      <Content />
    </Suspense>
  );
}
