import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { cacheDirectory } from "../../src/native/cacheDirectory.ts";

const home = os.homedir();

test.each<[Record<string, string>, NodeJS.Platform, string]>([
  [{}, "linux", path.join(home, ".cache", "cnn-architect")],
  [{ XDG_CACHE_HOME: "/caches" }, "linux", "/caches/cnn-architect"],
  [{}, "darwin", path.join(home, "Library", "Caches", "cnn-architect")],
  [{ LOCALAPPDATA: "/local" }, "win32", "/local/cnn-architect"],
  [{ CNN_ARCHITECT_CACHE: "/mine", XDG_CACHE_HOME: "/caches" }, "linux", "/mine"],
])("the cache with %o on %s is %s", (environment, platform, expected) => {
  expect(cacheDirectory(environment, platform)).toBe(expected);
});
