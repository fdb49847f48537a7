import fs from "node:fs";
import { t } from "../../../core/text/t.ts";
import { EngineError } from "../engine.ts";
import { builtFile } from "../builtFile.ts";

/** Functions of the kernel module, which is built from `assembly`. */
export type FunctionName = (typeof functionNames)[number];

/** The functions that the kernel module must have. */
export const functionNames = [
  "relu",
  "relu6",
  "elu",
  "selu",
  "leakyRelu",
  "sigmoid",
  "tanh",
  "softplus",
  "softsign",
  "erf",
  "exp",
  "log",
  "negate",
  "squareRoot",
  "inverseSquareRoot",
  "square",
  "toFloat",
  "reluGradient",
  "relu6Gradient",
  "eluGradient",
  "seluGradient",
  "leakyReluGradient",
  "sigmoidGradient",
  "tanhGradient",
  "softplusGradient",
  "softsignGradient",
  "descend",
  "descendWithMomentum",
  "adapt",
  "add",
  "subtract",
  "multiply",
  "divide",
  "maximum",
  "minimum",
  "raise",
  "greaterOrEqual",
  "equal",
  "equalIntegers",
  "fill",
  "copyBytes",
  "copy",
  "sumMiddle",
  "sumColumns",
  "softmax",
  "softmaxCrossEntropy",
  "argMax",
  "pack",
  "multiplyMatrices",
  "convolve",
  "accumulateFilter",
  "foldFilter",
  "scatterInput",
  "depthwise",
  "depthwiseInput",
  "depthwiseFilter",
  "maxPool",
  "maxPoolGradient",
  "averagePool",
  "averagePoolGradient",
  "batchSums",
  "batchStatistics",
  "scaleAndShift",
  "batchGradientSums",
  "batchGradients",
  "combineGradients",
  "localResponse",
  "localResponseGradient",
  "resize",
  "resizeGradient",
  "randomUniform",
] as const;

/** A function of the kernel module; addresses in bytes. */
export type KernelFunction = (...numbers: readonly number[]) => void;

/** Functions that work in one memory. */
export type KernelFunctions = Readonly<Record<FunctionName, KernelFunction>>;

/** Compiles the kernel module; throws `EngineError` where it is missing or this machine cannot run it. */
export function compileKernels(file: string = builtFile("kernels.wasm")): WebAssembly.Module {
  try {
    return new WebAssembly.Module(fs.readFileSync(file));
  } catch (error) {
    throw new EngineError(
      "failed",
      t(
        "{0} of the WASM engine does not load ({1}); install CNN Architect again, or run npm run build",
        file,
        error instanceof Error ? error.message : String(error),
      ),
      { cause: error },
    );
  }
}

/** Binds the kernels to a memory. */
export function bindKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): KernelFunctions {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const absent = functionNames.filter((name) => typeof exports[name] !== "function");
  if (absent.length > 0) {
    throw new EngineError("failed", t("the WASM engine's kernels lack {0}", absent.join(", ")));
  }
  return exports as unknown as KernelFunctions;
}
