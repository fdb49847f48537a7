import { describe, expect, test } from "vitest";
import { officialLibraryUrl } from "../../src/native/officialRoad.ts";

describe("officialLibraryUrl is where tfjs-node's install.js downloads from", () => {
  test.each<[Record<string, string>, NodeJS.Platform, string, string | undefined]>([
    [
      {},
      "linux",
      "x64",
      "https://storage.googleapis.com/tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz",
    ],
    [
      { TFJS_NODE_CDN_STORAGE: "http://mirror/" },
      "linux",
      "x64",
      "http://mirror/tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz",
    ],
    [
      { CDN_STORAGE: "http://mirror/" },
      "darwin",
      "arm64",
      "http://mirror/tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz",
    ],
    [
      { TFJS_NODE_BASE_URI: "http://mirror/lib-", TFJS_NODE_CDN_STORAGE: "http://other/" },
      "win32",
      "x64",
      "http://mirror/lib-cpu-windows-x86_64-2.9.1.zip",
    ],
    [
      { npm_config_TFJS_NODE_BASE_URI: "http://mirror/lib-" },
      "darwin",
      "x64",
      "http://mirror/lib-cpu-darwin-x86_64-2.9.1.tar.gz",
    ],
    [{}, "linux", "riscv64", undefined],
  ])("%o %s %s", (environment, platform, architecture, expected) => {
    expect(officialLibraryUrl(environment, platform, architecture)).toBe(expected);
  });
});
