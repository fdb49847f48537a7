/** Ours. */
export const native = "CNN Architect, tfjs-node";
export const wasm = "CNN Architect, WASM";

/** What WASM is compared with. */
export const plain = "plain tfjs-node";
