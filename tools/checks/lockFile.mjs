import fs from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { inRoot } from "../lib/paths.mjs";

/** @typedef {Readonly<Record<string, unknown>>} Manifest */

const kinds = ["dependencies", "optionalDependencies", "devDependencies"];

/**
 * Compares what package.json asks for with what package-lock.json was made for.
 * @param {Manifest} manifest
 * @param {Manifest} locked the lock file's entry of the project itself
 * @returns {string[]} what does not fit, in words
 */
export const compareLockFile = (manifest, locked) =>
  kinds
    .filter((kind) => !isDeepStrictEqual(manifest[kind] ?? {}, locked[kind] ?? {}))
    .map(
      (kind) =>
        `package-lock.json was made for other ${kind} than package.json has: run npm install`,
    );

/** Whether package-lock.json belongs to package.json. */
export function checkLockFile() {
  const read = (/** @type {string} */ file) =>
    /** @type {Manifest} */ (JSON.parse(fs.readFileSync(inRoot(file), "utf8")));
  const { packages } = /** @type {{ packages: Record<string, Manifest> }} */ (
    /** @type {unknown} */ (read("package-lock.json"))
  );
  return compareLockFile(read("package.json"), packages[""] ?? {});
}
