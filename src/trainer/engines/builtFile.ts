import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** A file of the engine that the build makes: in `engines` beside the bundle, or in the `dist` of the clone that this runs from. */
export function builtFile(name: string): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const beside = [path.join(here, "engines", name), path.join(here, name)];
  const above = ancestorsOf(here).map((folder) => path.join(folder, "dist", "engines", name));
  return [...beside, ...above].find((file) => fs.existsSync(file)) ?? path.join(here, name);
}

function ancestorsOf(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [] : [parent, ...ancestorsOf(parent)];
}
