import { nativeDirectories } from "../../src/native/defaultDirectories.ts";
import { loadTfjsNode } from "../../src/native/load.ts";
import { findNativeEngine } from "../../src/native/locate.ts";

/** The installed tfjs-node; both sides of the comparison use this one. */
export function loadNative(): {
  readonly tf: ReturnType<typeof loadTfjsNode>;
  readonly version: string;
} {
  const native = findNativeEngine(nativeDirectories());
  if (native === undefined) {
    throw new Error("The native engine is not installed. Run: npm run native");
  }
  return { tf: loadTfjsNode(native), version: native.tensorflowVersion };
}
