import fs from "node:fs";
import path from "node:path";
import { packageDirectory } from "../../src/native/marker.ts";

/** Writes the files an engine has, a few bytes each, without its marker. */
export function writeCompiledParts(directory: string): void {
  const parts = {
    "deps/lib/libtensorflow_cc.so.2": "library",
    "lib/napi-v8/tfjs_binding.node": "addon",
  };
  for (const [name, text] of Object.entries(parts)) {
    const file = path.join(packageDirectory(directory), name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}
