import type { ParsedDesign } from "../design/parse.ts";
import type { Problem } from "../design/problem.ts";
import { formatNumber } from "../design/words.ts";
import type { Network, NetworkLayer } from "../network/network.ts";
import type { LayerAnalysis, ReceptiveField } from "./analysis.ts";
import type { Hint } from "./hint.ts";
import { misalignedJoins } from "./misalignedJoins.ts";
import { refusedElsewhere } from "./refusedElsewhere.ts";
import { trainingObstacle } from "./trainingObstacle.ts";
import { uselessBiases } from "./uselessBias.ts";
import { uselessOutputPadding } from "./uselessOutputPadding.ts";
import { t } from "../text/t.ts";

/** A map that sees less than this share of the image, or more than this many images, is worth a word. */
const LEAST_SHARE = 0.5;
const MOST_IMAGES = 2;

/**
 * What is not wrong but worth knowing: branches that look at different places, odd receptive fields, options that do
 * nothing, what other frameworks refuse, and what stands in the way of training where the file has a recipe.
 */
export function findHints(
  parsed: ParsedDesign,
  network: Network,
  layerById: ReadonlyMap<string, LayerAnalysis>,
): readonly Problem[] {
  const hints = [
    ...misaligned(network, layerById),
    ...fieldHints(network, layerById),
    ...biasHints(parsed, network),
    ...uselessOutputPadding(network),
    ...refusedElsewhere(network),
    ...trainingHints(parsed, network),
  ];
  return hints.map(({ severity = "information", code, node, message, option, fix }) => {
    const path = option === undefined ? ["nodes", node] : ["nodes", node, option];
    const range = parsed.rangeOf(path);
    return {
      severity,
      code,
      message: `${node}: ${message}`,
      node,
      ...(option === undefined ? {} : { option }),
      ...(range === undefined ? {} : { range }),
      ...(fix === undefined ? {} : { fix }),
    };
  });
}

/** The first join of each node where branches come together that are centred on different pixels. */
function* misaligned(
  network: Network,
  layerById: ReadonlyMap<string, LayerAnalysis>,
): Generator<Hint> {
  const named = new Set<string>();
  for (const { layer, fields } of misalignedJoins(network, layerById)) {
    if (named.has(layer.node)) continue;
    named.add(layer.node);
    yield {
      code: "misalignedBranches",
      node: layer.node,
      message: t(
        "{0} joins branches that look at different places of the image: the first unit of one is centred at {1}, of another at {2}. Pad both alike, for example with the same number on each side.",
        where(layer),
        place(fields[0]),
        place(fields[1]),
      ),
    };
  }
}

function where({ id, node }: NetworkLayer): string {
  return id === node ? t("it") : id.slice(node.length + 1);
}

function place({ center, stride }: ReceptiveField): string {
  return t("{0}, {1} (step {2}, {3})", ...center, ...stride);
}

/** The last map before it is pooled away: what one unit of it sees of the image. */
function* fieldHints(
  network: Network,
  layerById: ReadonlyMap<string, LayerAnalysis>,
): Generator<Hint> {
  const image = network.layers.find((layer) => layer.type === "input")?.inference?.outputShape;
  const [height = 0, width = 0] = image?.length === 3 ? image : [];
  for (const layer of network.layers) {
    const { type, inputs } = layer;
    if (type !== "globalAveragePooling2d" && type !== "globalMaxPooling2d") continue;
    // Inside a block the whole map is looked at to weigh its channels, not to decide.
    if (layer.id !== layer.node) continue;
    const source = layerById.get(inputs[0] ?? "");
    const field = source?.receptiveField;
    if (source === undefined || field === undefined || field.stride[0] === 0) continue;
    const share = Math.min(field.size[0] / height, field.size[1] / width);
    const sizes = t(
      "{0} × {1} pixels of an image of {2} × {3}",
      formatNumber(field.size[0]),
      formatNumber(field.size[1]),
      height,
      width,
    );
    if (share < LEAST_SHARE) {
      yield {
        code: "receptiveField",
        node: source.node,
        message: t(
          "each unit of this last map sees only {0}. More layers, larger filters or more steps let it see the whole.",
          sizes,
        ),
      };
    } else if (share > MOST_IMAGES) {
      yield {
        code: "receptiveField",
        node: source.node,
        message: t(
          "each unit of this last map could see {0}: much of its window is padding.",
          sizes,
        ),
      };
    }
  }
}

function biasHints({ design }: ParsedDesign, network: Network): readonly Hint[] {
  const saved = new Map<string, number>();
  for (const { node, parameters } of uselessBiases(network)) {
    saved.set(node, (saved.get(node) ?? 0) + parameters);
  }
  return [...saved].map(([node, parameters]): Hint => {
    const isOption = design.nodes.get(node)?.options["useBias"] !== undefined;
    const isLayer = network.byId.has(node);
    const hint: Hint = {
      code: "uselessBias",
      node,
      message: t(
        "the batch normalization behind it takes its bias away again; {0} parameters do nothing.",
        formatNumber(parameters),
      ),
    };
    if (!isOption && !isLayer) return hint;
    return {
      ...hint,
      ...(isOption ? { option: "useBias" } : {}),
      fix: {
        title: t("Leave out the Bias"),
        command: { type: "setOption", nodes: [node], option: "useBias", value: false },
      },
    };
  });
}

/** A design that is to be trained says before the start what would stop it. */
function trainingHints({ design }: ParsedDesign, network: Network): readonly Hint[] {
  const obstacle = design.training && trainingObstacle(network, design.training.loss);
  if (obstacle === undefined) return [];
  const { reason: _reason, ...hint } = obstacle;
  return [{ ...hint, code: "notTrainable", severity: "warning" }];
}
