import util from "node:util";
import { describe, expect, test } from "vitest";
import { defaultNativeDirectory } from "../../src/native/cacheDirectory.ts";
import { loadTfjsNode, nativeEnvironment } from "../../src/native/load.ts";
import { findNativeEngine } from "../../src/native/locate.ts";

describe("the engine of this machine", () => {
  test("is found, loads and computes, also on a Node without the removed utilities", () => {
    const engine = findNativeEngine([defaultNativeDirectory()]);
    if (engine === undefined) {
      throw new Error("The native engine is not installed: run npm run native.");
    }
    const utilities = util as unknown as Record<string, unknown>;
    delete utilities["isNullOrUndefined"];
    delete utilities["isArray"];
    const tf = loadTfjsNode(engine);
    const a = [
      [1, 2],
      [3, 4],
    ];
    expect(tf.tidy(() => tf.matMul(a, a).arraySync())).toEqual([
      [7, 10],
      [15, 22],
    ]);
    const { binding } = tf.backend() as unknown as { binding: { TF_Version: string } };
    expect(binding.TF_Version).toBe(engine.tensorflowVersion);
  });
});

describe("nativeEnvironment", () => {
  test("sets what makes TensorFlow quick and quiet", () => {
    expect(nativeEnvironment({}, "linux")).toEqual({
      TF_ENABLE_ONEDNN_OPTS: "1",
      TF_CPP_MIN_LOG_LEVEL: "2",
      GLIBC_TUNABLES: "glibc.malloc.hugetlb=1",
    });
  });

  test("leaves what the person has set", () => {
    const chosen = {
      TF_ENABLE_ONEDNN_OPTS: "0",
      TF_CPP_MIN_LOG_LEVEL: "0",
      GLIBC_TUNABLES: "glibc.malloc.tcache_count=1",
    };
    expect(nativeEnvironment(chosen, "linux")).toEqual({
      TF_ENABLE_ONEDNN_OPTS: "0",
      TF_CPP_MIN_LOG_LEVEL: "0",
      GLIBC_TUNABLES: "glibc.malloc.tcache_count=1:glibc.malloc.hugetlb=1",
    });
  });

  test("leaves glibc alone where there is none", () => {
    expect(nativeEnvironment({}, "darwin")).not.toHaveProperty("GLIBC_TUNABLES");
  });
});
