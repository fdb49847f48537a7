import { useUnhurried } from "../../state/useUnhurried.ts";
import { t } from "../../text/t.ts";
import { SlidingWindow } from "./SlidingWindow.tsx";

/** What a convolution or a pooling does at each place, drawn; nothing for layers that work value by value. */
export function WindowSection({ layer: id }: { readonly layer: string }) {
  const { network, analysis } = useUnhurried();
  const layer = network.byId.get(id);
  const numbers = analysis.layerById.get(id);
  const [input] = layer?.inputShapes ?? [];
  const { window, outputShape } = layer?.inference ?? {};
  if (
    numbers === undefined ||
    window?.type !== "local" ||
    input?.length !== 3 ||
    outputShape?.length !== 3
  ) {
    return null;
  }
  const axes = [window.height, window.width];
  const slides = axes.some(({ size }) => size > 1);
  // A spread input or windows spread evenly have no one step to draw.
  const isPlain = axes.every(
    ({ upsampling = 1, evenOver }) => upsampling === 1 && evenOver === undefined,
  );
  return slides && isPlain ? (
    <section className="window-section" aria-label={t("Window")}>
      <SlidingWindow key={id} layer={numbers} input={input} output={outputShape} window={window} />
    </section>
  ) : null;
}
