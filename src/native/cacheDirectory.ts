import os from "node:os";
import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of this product in the user's cache, outside every clone; `CNN_ARCHITECT_CACHE` puts it elsewhere. */
export function cacheDirectory(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = environment["CNN_ARCHITECT_CACHE"];
  return chosen
    ? path.resolve(chosen)
    : path.join(userCache(environment, platform), "cnn-architect");
}

/** The folder where `npm run native` puts the engine and where every tool looks for it. */
export const defaultNativeDirectory = (): string => path.join(cacheDirectory(), "native");

function userCache(environment: Environment, platform: NodeJS.Platform): string {
  const home = os.homedir();
  if (platform === "darwin") {
    return path.join(home, "Library", "Caches");
  }
  if (platform === "win32") {
    return environment["LOCALAPPDATA"] ?? path.join(home, "AppData", "Local");
  }
  return environment["XDG_CACHE_HOME"] ?? path.join(home, ".cache");
}
