import type { ConvolutionAttributes } from "../../../graph/operation.ts";
import { input, type Kernel, type Map4, runKernel } from "./kernel.ts";

const options = ({ strides, padding }: ConvolutionAttributes) => ({
  strides: [...strides] as [number, number],
  pad: padding === "SAME" ? ("same" as const) : ("valid" as const),
  dataFormat: "NHWC",
  dilations: [1, 1],
});

export const conv2d: Kernel<"Conv2D"> = ({ tf, inputs, attributes }) => {
  const { strides, pad } = options(attributes);
  return tf.conv2d(input(inputs, 0) as Map4, input(inputs, 1) as Map4, strides, pad);
};

export const depthwise: Kernel<"DepthwiseConv2dNative"> = ({ tf, inputs, attributes }) => {
  const { strides, pad } = options(attributes);
  return tf.depthwiseConv2d(input(inputs, 0) as Map4, input(inputs, 1) as Map4, strides, pad);
};

/** A gradient of the input by the backend's kernel of that name. */
export const backpropInput =
  (name: string): Kernel<"Conv2DBackpropInput" | "DepthwiseConv2dNativeBackpropInput"> =>
  ({ tf, inputs, outputs: [output], attributes }) =>
    runKernel(
      tf,
      name,
      { filter: input(inputs, 0), dy: input(inputs, 1) },
      { ...options(attributes), inputShape: output?.shape },
    );

/** A gradient of the kernel by the backend's kernel of that name. */
export const backpropFilter =
  (name: string): Kernel<"Conv2DBackpropFilter" | "DepthwiseConv2dNativeBackpropFilter"> =>
  ({ tf, inputs, attributes }) =>
    runKernel(
      tf,
      name,
      { x: input(inputs, 0), dy: input(inputs, 1) },
      { ...options(attributes), filterShape: attributes.kernelShape },
    );

export const matMul: Kernel<"MatMul"> = ({ tf, inputs, attributes }) =>
  tf.matMul(input(inputs, 0), input(inputs, 1), attributes.transposeA, attributes.transposeB);
