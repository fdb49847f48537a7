import type { LayerType } from "../../../core/layers/layers.ts";
import type { LayerRule } from "../rule.ts";
import { batchNormalization } from "./batchNormalization.ts";
import {
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  separableConv2d,
  tableConv2d,
} from "./convolutions.ts";
import { dense, radialBasis } from "./dense.ts";
import { add, average, concatenate, maximum, multiply } from "./joins.ts";
import {
  groupNormalization,
  layerNormalization,
  localResponseNormalization,
} from "./normalizations.ts";
import { activation, dropout, prelu, rescaling, spatialDropout2d } from "./pointwise.ts";
import {
  adaptiveAveragePooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPooling2d,
  subsampling2d,
} from "./pooling.ts";
import {
  channelPadding,
  channelShuffle,
  cropping2d,
  flatten,
  reshape,
  upSampling2d,
  zeroPadding2d,
} from "./shapes.ts";

/** Why a type of layer cannot be trained yet, as the end of a sentence. */
export interface Untrainable {
  readonly untrainable: string;
}

type Rules = { readonly [K in LayerType]: LayerRule<K> | Untrainable };

/** How every layer is computed; a layer without a line here does not compile. */
export const rules: Rules = {
  input: (_context, _layer, [image]) => image as NonNullable<typeof image>,
  conv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  batchNormalization,
  dropout,
  activation,
  add,
  concatenate,
  multiply,
  average,
  maximum,
  dense,
  flatten,
  zeroPadding2d,
  channelPadding,
  depthwiseConv2d,
  separableConv2d,
  conv2dTranspose,
  tableConv2d,
  adaptiveAveragePooling2d,
  subsampling2d,
  layerNormalization,
  groupNormalization,
  localResponseNormalization,
  spatialDropout2d,
  rescaling,
  prelu,
  reshape,
  cropping2d,
  upSampling2d,
  channelShuffle,
  radialBasis,
};
