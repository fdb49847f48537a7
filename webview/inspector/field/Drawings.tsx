import { FieldSection } from "./FieldSection.tsx";
import { WindowSection } from "./WindowSection.tsx";

interface DrawingsProps {
  /** A layer, or the one that the output of a block comes from. */
  readonly layer: string;
  /** False for a block, whose output layer has a window that says nothing about the block. */
  readonly hasWindow: boolean;
}

/** What is drawn about a layer: its window on its own input, and its receptive field on the image. */
export function Drawings({ layer, hasWindow }: DrawingsProps) {
  return (
    <>
      {hasWindow && <WindowSection layer={layer} />}
      <FieldSection key={layer} layer={layer} />
    </>
  );
}
