import fs from "node:fs";
import path from "node:path";
import { analyze } from "../../src/core/analysis/analyze.ts";
import { parseDesign } from "../../src/core/design/parse.ts";
import { expand } from "../../src/core/network/expand.ts";
import type { Network, NetworkLayer } from "../../src/core/network/network.ts";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";

/** Networks that are measured, by names without a comma, with where they stand: an id of the zoo, or a design beside this file. */
const sources = {
  "LeNet-5": { zoo: "lenet5" },
  "ResNet-20": { zoo: "resnet20Projection" },
  "GoogLeNet small": { design: "googlenet" },
  "DenseNet-22": { design: "densenet" },
  "MobileNet small": { design: "mobilenet" },
} as const;

export type NetworkName = keyof typeof sources;

export const networkNames = Object.keys(sources) as readonly NetworkName[];

/** What the peers are told of a network: its layers with their options, nothing that was computed from them. */
export interface NetworkDescription {
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly classes: number;
  /** Multiply-accumulates of one image forward. */
  readonly macs: number;
  /** Trained weights; a peer that builds something else has another number. */
  readonly trainable: number;
  readonly layers: readonly LayerDescription[];
}

/** One layer as the peers are told of it. */
export interface LayerDescription {
  readonly id: string;
  readonly type: string;
  readonly inputs: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly outputShape: readonly number[];
}

function textOf(name: NetworkName): string {
  const source = sources[name];
  if ("design" in source) {
    // The benchmark is started at the root of the clone, wherever its bundle lies.
    return fs.readFileSync(
      path.resolve("bench/training/designs", `${source.design}.cnn.json`),
      "utf8",
    );
  }
  const found = zoo.find(({ id }) => id === source.zoo);
  if (found === undefined) {
    throw new Error(`the zoo has no ${source.zoo}`);
  }
  return zooText(found);
}

/** The layers of a network. */
export const networkOf = (name: NetworkName): Network => expand(parseDesign(textOf(name)));

/**
 * Options of a layer as the peers' users would write them: `same` in place of explicit padding to the same size, which
 * they would otherwise do in an operation of its own.
 */
function peerOptions({
  options,
  inputShapes,
  inference,
}: NetworkLayer): LayerDescription["options"] {
  const written: LayerDescription["options"] = { ...options };
  const { padding, strides } = written;
  const [input] = inputShapes;
  const isExplicit = typeof padding === "object" && padding !== null;
  const isSame =
    isExplicit &&
    Array.isArray(strides) &&
    strides.every(
      (stride, axis) =>
        Math.ceil((input?.[axis] ?? 0) / Number(stride)) === inference?.outputShape[axis],
    );
  return isSame ? { ...written, padding: "same" } : written;
}

/** The same for programs in other languages. */
export function describe(name: NetworkName): NetworkDescription {
  const parsed = parseDesign(textOf(name));
  const network = expand(parsed);
  const { totals } = analyze(parsed, network);
  const shapeOf = (id: string | undefined) =>
    network.byId.get(id ?? "")?.inference?.outputShape ?? [];
  return {
    name,
    inputShape: shapeOf(network.layers[0]?.id),
    classes: shapeOf(network.layers.at(-1)?.id)[0] ?? 0,
    macs: totals.macs,
    trainable: totals.parameters.trainable,
    layers: network.layers.map((layer) => ({
      id: layer.id,
      type: layer.type,
      inputs: layer.inputs,
      options: peerOptions(layer),
      outputShape: shapeOf(layer.id),
    })),
  };
}
