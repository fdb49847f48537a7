import type { ExplicitPadding, Padding, Pair } from "../layers/option.ts";
import type { Network, NetworkLayer } from "../network/network.ts";
import type { Hint } from "./hint.ts";
import { t } from "../text/t.ts";

/** What one layer asks for that another framework refuses. */
interface Finding {
  readonly option: string;
  readonly message: string;
}

/** Layers that run here but are refused by Keras or PyTorch, once for each node and option. */
export function* refusedElsewhere(network: Network): Generator<Hint> {
  const named = new Set<string>();
  for (const layer of network.layers) {
    for (const { option, message } of findingsOf(layer)) {
      const key = `${layer.node}/${option}`;
      if (named.has(key)) continue;
      named.add(key);
      const { id, node } = layer;
      const isPlain = id === node;
      yield {
        code: "refusedElsewhere",
        node,
        message: isPlain ? message : `${id.slice(node.length + 1)} ${message}`,
        ...(isPlain ? { option } : {}),
      };
    }
  }
}

function findingsOf(layer: NetworkLayer): readonly Finding[] {
  const { type } = layer;
  if (type === "conv2d" || type === "conv2dTranspose") return stridesWithDilation(layer.options);
  if (type === "maxPooling2d" || type === "averagePooling2d") return widePadding(layer.options);
  return nothing;
}

const nothing: readonly Finding[] = [];

const isAboveOne = ([height, width]: Pair): boolean => height > 1 || width > 1;

const both = ([height, width]: Pair): string =>
  height === width ? String(height) : `${height} × ${width}`;

/** Keras' `BaseConv` raises for it, though not its depthwise convolutions; PyTorch computes it. */
function stridesWithDilation({
  strides,
  dilationRate,
}: {
  readonly strides: Pair;
  readonly dilationRate: Pair;
}): readonly Finding[] {
  if (!isAboveOne(strides) || !isAboveOne(dilationRate)) return nothing;
  const message = t(
    "has strides of {0} together with a dilation of {1}, which Keras refuses; PyTorch takes it. For Keras set one of the two to 1.",
    both(strides),
    both(dilationRate),
  );
  return [{ option: "dilationRate", message }];
}

/** PyTorch: "pad should be at most half of effective kernel size". */
function widePadding({
  poolSize,
  padding,
}: {
  readonly poolSize: Pair;
  readonly padding: Padding;
}): readonly Finding[] {
  if (typeof padding === "string" || !isWide(padding, poolSize)) return nothing;
  const message = t(
    "pads by more than half of its window of {0}, which PyTorch refuses. Pad with zeroPadding2d before it, or by less.",
    both(poolSize),
  );
  return [{ option: "padding", message }];
}

function isWide({ top, bottom, left, right }: ExplicitPadding, [height, width]: Pair): boolean {
  return Math.max(top, bottom) > height / 2 || Math.max(left, right) > width / 2;
}
