/** An installed `@tensorflow/tfjs-node` with its TensorFlow library. */
export interface NativeEngine {
  /** Holds `node_modules/@tensorflow/tfjs-node`. */
  readonly directory: string;
  /** Version of the TensorFlow library itself, for example `2.21.0`. */
  readonly tensorflowVersion: string;
  /** Where the TensorFlow library came from: the package's own download, or the Python wheel. */
  readonly source: "official" | "wheel";
}

export const packageName = "@tensorflow/tfjs-node";
export const packageVersion = "4.22.0";

/** The platform an engine fits, for example `linux-x64`. */
export const thisPlatform = (): string => `${process.platform}-${process.arch}`;
