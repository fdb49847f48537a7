import type { LayerType } from "../../../core/layers/layers.ts";
import type { LayerRule } from "../rule.ts";
import { batchNormalization } from "./batchNormalization.ts";
import { conv2d } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { add, average, concatenate, maximum, multiply } from "./joins.ts";
import { activation, dropout } from "./pointwise.ts";
import {
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPooling2d,
} from "./pooling.ts";
import { channelPadding, flatten, zeroPadding2d } from "./shapes.ts";

/** Why a type of layer cannot be trained yet, as the end of a sentence. */
export interface Untrainable {
  readonly untrainable: string;
}

const notYet: Untrainable = { untrainable: "its gradient is not written yet" };

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
  depthwiseConv2d: notYet,
  separableConv2d: notYet,
  conv2dTranspose: notYet,
  tableConv2d: notYet,
  adaptiveAveragePooling2d: notYet,
  subsampling2d: notYet,
  layerNormalization: notYet,
  groupNormalization: notYet,
  localResponseNormalization: notYet,
  spatialDropout2d: notYet,
  rescaling: notYet,
  prelu: notYet,
  reshape: notYet,
  cropping2d: notYet,
  upSampling2d: notYet,
  channelShuffle: notYet,
};
