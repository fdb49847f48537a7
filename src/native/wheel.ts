/** A file of the Python package index that holds libtensorflow and its headers. */
export interface Wheel {
  /** What pip is asked for. */
  readonly requirement: string;
  /** pip's options that choose this very file whatever Python runs pip. */
  readonly selection: readonly string[];
  readonly bytes: number;
  readonly sha256: string;
  readonly tensorflowVersion: string;
  /** The two libraries inside the wheel, and the names tfjs-node's build looks for. */
  readonly libraries: readonly { readonly entry: string; readonly aliases: readonly string[] }[];
  /** Folders of the wheel with the headers that the addon includes, directly and through others. */
  readonly headers: readonly string[];
}

/** Only platforms on which this was seen to build, load and train are listed. */
export const wheels: Readonly<Record<string, Wheel>> = {
  "linux-x64": {
    requirement: "tensorflow-cpu==2.21.0",
    selection: [
      "--implementation=cp",
      "--python-version=3.11",
      "--abi=cp311",
      "--platform=manylinux_2_27_x86_64",
    ],
    bytes: 273_829_956,
    sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
    tensorflowVersion: "2.21.0",
    libraries: [
      {
        entry: "tensorflow/libtensorflow_cc.so.2",
        // install.js takes the library for present only under the name with 2.9.1.
        aliases: ["libtensorflow.so", "libtensorflow.so.2.9.1"],
      },
      {
        entry: "tensorflow/libtensorflow_framework.so.2",
        aliases: ["libtensorflow_framework.so"],
      },
    ],
    headers: [
      "tensorflow/include/tensorflow/c/",
      "tensorflow/include/tensorflow/core/platform/",
      "tensorflow/include/tsl/platform/",
      "tensorflow/include/xla/tsl/",
    ],
  },
};
