import path from "node:path";

/** The root of the clone. */
export const root = path.resolve(import.meta.dirname, "../..");

/**
 * A path inside the clone.
 * @param {...string} parts
 */
export const inRoot = (...parts) => path.join(root, ...parts);
