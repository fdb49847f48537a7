import type { Network } from "../network/network.ts";
import type { Hint } from "./hint.ts";
import { t } from "../text/t.ts";

/** Transposed convolutions whose `outputPadding` does nothing, because their padding is a word that decides the size. */
export function* uselessOutputPadding(network: Network): Generator<Hint> {
  for (const layer of network.layers) {
    if (layer.type !== "conv2dTranspose" || layer.id !== layer.node) continue;
    const { padding, outputPadding } = layer.options;
    if (typeof padding !== "string" || outputPadding.every((rows) => rows === 0)) continue;
    yield {
      code: "uselessOption",
      severity: "warning",
      node: layer.node,
      message: t(
        "outputPadding does nothing, because padding {0} decides the size of the output. Give the padding as a number, or leave outputPadding out.",
        JSON.stringify(padding),
      ),
      option: "outputPadding",
      fix: {
        title: t("Leave out the Output Padding"),
        command: { type: "setOption", nodes: [layer.node], option: "outputPadding" },
      },
    };
  }
}
