import type { ReactNode } from "react";
import type { Category } from "../../src/core/layers/layer.ts";
import {
  Border,
  Connected,
  Curve,
  Dropped,
  Joined,
  Normalized,
  OwnWindows,
  Resized,
  Shuffled,
  SlidingWindow,
  Stacked,
  Unrolled,
} from "./drawings.tsx";

const convolution = <SlidingWindow kernel={3} step={1} word="Σ w·x" />;
const pooled = (word: string): ReactNode => <SlidingWindow kernel={2} step={2} word={word} />;

/** What a layer does, drawn; blocks draw their own inside. */
const pictures: Readonly<Record<string, ReactNode>> = {
  depthwiseConv2d: <OwnWindows />,
  separableConv2d: <OwnWindows mixes />,
  conv2dTranspose: <Resized from={3} to={6} word="k × k" />,
  maxPooling2d: pooled("max"),
  averagePooling2d: pooled("mean"),
  subsampling2d: pooled("a·Σ + b"),
  adaptiveAveragePooling2d: <Resized from={6} to={2} word="mean" />,
  globalAveragePooling2d: <Resized from={6} to={1} word="mean" />,
  globalMaxPooling2d: <Resized from={6} to={1} word="max" />,
  dropout: <Dropped />,
  spatialDropout2d: <Dropped whole />,
  activation: <Curve path="M62 50H120L168 10" word="relu" />,
  prelu: <Curve path="M62 62L120 50L168 10" word="α·x" />,
  rescaling: <Curve path="M66 66L174 14" word="a·x + b" />,
  add: <Joined sign="+" />,
  average: <Joined sign="⌀" />,
  maximum: <Joined sign="max" />,
  multiply: <Joined sign="×" />,
  concatenate: <Stacked />,
  channelPadding: <Stacked />,
  channelShuffle: <Shuffled />,
  flatten: <Unrolled />,
  reshape: <Unrolled />,
  zeroPadding2d: <Border />,
  cropping2d: <Border isCut />,
  upSampling2d: <Resized from={3} to={6} word="×2" />,
};

/** What a layer without a picture of its own is drawn as. */
const byCategory: Readonly<Record<Category, ReactNode>> = {
  block: null,
  convolution,
  pooling: pooled("max"),
  normalization: <Normalized />,
  activation: <Curve path="M62 50H120L168 10" word="f(x)" />,
  join: <Joined sign="," />,
  dense: <Connected />,
  shape: <Unrolled />,
  input: <Resized from={6} to={6} word="1 : 1" />,
};

/** The picture of a layer by its type, or by its group. */
export const pictureOf = (type: string, category: Category): ReactNode =>
  pictures[type] ?? byCategory[category];
