import os from "node:os";
import path from "node:path";

/** The place that a design names: from its own folder, the home folder (`~/`) or the root; undefined where it has no folder yet. */
export function pathFromDesign(named: string, directory: string | undefined): string | undefined {
  if (named.startsWith("~/") || named.startsWith("~\\")) {
    return path.join(os.homedir(), named.slice(2));
  }
  return directory === undefined && !path.isAbsolute(named)
    ? undefined
    : path.resolve(directory ?? ".", named);
}
