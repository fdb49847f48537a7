import { createRequire } from "node:module";
import path from "node:path";
import util from "node:util";
import { type NativeEngine, packageName } from "./nativeEngine.ts";

type TfjsNode = typeof import("@tensorflow/tfjs-node");

/** Loads tfjs-node out of an installed engine; throws what Node throws where the addon or its libraries do not load. */
export function loadTfjsNode(engine: NativeEngine): TfjsNode {
  restoreRemovedUtilities();
  const require = createRequire(path.join(engine.directory, "package.json"));
  return require(packageName) as TfjsNode;
}

/** Environment of the process that will load tfjs-node; what the person has set already stays. */
export function nativeEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  return {
    TF_ENABLE_ONEDNN_OPTS: environment["TF_ENABLE_ONEDNN_OPTS"] ?? "1",
    TF_CPP_MIN_LOG_LEVEL: environment["TF_CPP_MIN_LOG_LEVEL"] ?? "2",
    ...(platform === "linux" && { GLIBC_TUNABLES: withHugePages(environment["GLIBC_TUNABLES"]) }),
  };
}

/** Large pages for malloc: TensorFlow allocates its tensors anew in every step, and page faults would dominate. */
function withHugePages(tunables: string | undefined): string {
  const hugePages = "glibc.malloc.hugetlb=1";
  if (!tunables) {
    return hugePages;
  }
  return tunables.includes("glibc.malloc.hugetlb") ? tunables : `${tunables}:${hugePages}`;
}

/** Gives back two functions that tfjs-node 4.22 calls and Node 23 removed. */
function restoreRemovedUtilities(): void {
  const utilities = util as unknown as Record<string, unknown>;
  utilities["isNullOrUndefined"] ??= (value: unknown): boolean =>
    value === null || value === undefined;
  utilities["isArray"] ??= (value: unknown): boolean => Array.isArray(value);
}
