import { nativeDirectories } from "../../../src/native/defaultDirectories.ts";
import { loadTfjsNode, nativeEnvironment } from "../../../src/native/load.ts";
import { findNativeEngine } from "../../../src/native/locate.ts";
import type { NativeEngine } from "../../../src/native/nativeEngine.ts";
import { TfjsNodeEngine } from "../../../src/trainer/engines/tfjsNode/tfjsNodeEngine.ts";

/** The installed native engine; a test that needs it fails without it, and says how to get it. */
export function nativeEngine(): NativeEngine {
  const found = findNativeEngine(nativeDirectories());
  if (found === undefined) {
    throw new Error("The native engine is not installed. Run: npm run native");
  }
  return found;
}

/** tfjs-node itself, for comparisons, and our engine on top of it. */
export function loadEngine(): {
  readonly tf: ReturnType<typeof loadTfjsNode>;
  readonly engine: TfjsNodeEngine;
} {
  const native = nativeEngine();
  // TensorFlow reads these when it is loaded; the memory allocator has started without its own.
  Object.assign(process.env, nativeEnvironment());
  const tf = loadTfjsNode(native);
  return { tf, engine: new TfjsNodeEngine(tf, native.tensorflowVersion) };
}
