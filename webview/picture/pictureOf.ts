import type { AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import { formatNumber } from "../../src/core/design/words.ts";
import type { PictureOptions } from "../../src/protocol/picture.ts";
import { layOut, type Flow } from "../canvas/layOut.ts";
import { absolutePlaces } from "../canvas/places.ts";
import { createScene } from "../canvas/scene.ts";
import type { ViewState } from "../state/viewState.ts";
import { t } from "../text/t.ts";
import { drawPicture, type Picture } from "./drawPicture.ts";
import { palettes } from "./palettes.ts";

/** What of the view decides what is drawn. */
export type PictureView = Pick<ViewState, "openBlocks" | "measure" | "inside"> & {
  readonly flow: Flow;
};

/** The network as it stands on the canvas, without the canvas. */
export function pictureOf(
  drawn: AnalyzedDesign,
  view: PictureView,
  { palette, hasMeasures }: PictureOptions,
): Picture {
  const { parsed, analysis } = drawn;
  const scene = createScene(drawn, view.openBlocks, view.measure, view.inside);
  const layout = layOut(scene, view.flow, parsed.design.canvas);
  const { parameters, macs } = analysis.totals;
  const totals = t("{0} parameters, {1} MACs", formatNumber(parameters.total), formatNumber(macs));
  return drawPicture(
    {
      name: parsed.design.name,
      caption: hasMeasures ? [parsed.design.name, totals].filter(Boolean).join(": ") : "",
      scene,
      places: absolutePlaces(scene, layout),
      flow: view.flow,
    },
    { palette: palettes[palette], hasMeasures },
  );
}
