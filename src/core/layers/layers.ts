import { activation } from "./activation.ts";
import { adaptiveAveragePooling2d } from "./adaptiveAveragePooling2d.ts";
import { add } from "./add.ts";
import { average } from "./average.ts";
import { averagePooling2d } from "./averagePooling2d.ts";
import { batchNormalization } from "./batchNormalization.ts";
import { channelPadding } from "./channelPadding.ts";
import { channelShuffle } from "./channelShuffle.ts";
import { concatenate } from "./concatenate.ts";
import { conv2d } from "./conv2d.ts";
import { conv2dTranspose } from "./conv2dTranspose.ts";
import { cropping2d } from "./cropping2d.ts";
import { dense } from "./dense.ts";
import { depthwiseConv2d } from "./depthwiseConv2d.ts";
import { dropout } from "./dropout.ts";
import { flatten } from "./flatten.ts";
import { globalAveragePooling2d } from "./globalAveragePooling2d.ts";
import { globalMaxPooling2d } from "./globalMaxPooling2d.ts";
import { groupNormalization } from "./groupNormalization.ts";
import { input } from "./input.ts";
import type { LayerDefinition } from "./layer.ts";
import { layerNormalization } from "./layerNormalization.ts";
import { localResponseNormalization } from "./localResponseNormalization.ts";
import { maximum } from "./maximum.ts";
import { maxPooling2d } from "./maxPooling2d.ts";
import { multiply } from "./multiply.ts";
import type { OptionValues } from "./option.ts";
import { prelu } from "./prelu.ts";
import { radialBasis } from "./radialBasis.ts";
import { rescaling } from "./rescaling.ts";
import { reshape } from "./reshape.ts";
import { separableConv2d } from "./separableConv2d.ts";
import { spatialDropout2d } from "./spatialDropout2d.ts";
import { subsampling2d } from "./subsampling2d.ts";
import { tableConv2d } from "./tableConv2d.ts";
import { upSampling2d } from "./upSampling2d.ts";
import { zeroPadding2d } from "./zeroPadding2d.ts";

/** Every layer by its type, in the order of the palette; adding one is a file and a line here. */
export const layers = {
  input,
  conv2d,
  depthwiseConv2d,
  separableConv2d,
  conv2dTranspose,
  tableConv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  adaptiveAveragePooling2d,
  subsampling2d,
  batchNormalization,
  layerNormalization,
  groupNormalization,
  localResponseNormalization,
  dropout,
  spatialDropout2d,
  rescaling,
  activation,
  prelu,
  add,
  concatenate,
  multiply,
  average,
  maximum,
  dense,
  radialBasis,
  flatten,
  reshape,
  zeroPadding2d,
  cropping2d,
  upSampling2d,
  channelPadding,
  channelShuffle,
} as const satisfies Readonly<Record<string, LayerDefinition>>;

export type LayerType = keyof typeof layers;

/** Options of one type of layer after reading. */
export type LayerOptions<K extends LayerType> = OptionValues<(typeof layers)[K]["options"]>;

/** The definition of a type, or `undefined` where a file names one that does not exist. */
export function layerDefinition(type: string): LayerDefinition | undefined {
  return Object.hasOwn(layers, type) ? layers[type as LayerType] : undefined;
}
