import { defaultNativeDirectory } from "./cacheDirectory.ts";

/** Where a process without VS Code looks for the engine, in order. */
export const nativeDirectories = (): readonly string[] => [defaultNativeDirectory()];
