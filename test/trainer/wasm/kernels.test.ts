import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { Heap } from "../../../src/trainer/engines/wasm/heap.ts";
import {
  type FunctionName,
  compileKernels,
  functionNames,
} from "../../../src/trainer/engines/wasm/kernelModule.ts";

const count = 4096;

/** Values from `low` to `high`. */
const grid = (low: number, high: number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => low + ((high - low) * index) / (count - 1));

/** Error function to 1e-15 by its series, and by its continued fraction further out. */
function errorFunction(x: number): number {
  if (Math.abs(x) > 3) {
    let fraction = 0;
    for (let k = 60; k > 0; k -= 1) fraction = k / 2 / (Math.abs(x) + fraction);
    return Math.sign(x) * (1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * (Math.abs(x) + fraction)));
  }
  let [term, sum] = [x, x];
  for (let n = 1; n < 80; n += 1) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const selu = (x: number): number =>
  1.050_700_987_355_480_5 * (x > 0 ? x : 1.673_263_242_354_377_2 * Math.expm1(x));

const functions: readonly (readonly [FunctionName, (x: number) => number, Float32Array])[] = [
  ["exp", Math.exp, grid(-90, 88)],
  ["log", Math.log, grid(1e-6, 50)],
  ["tanh", Math.tanh, grid(-12, 12)],
  ["sigmoid", (x) => 1 / (1 + Math.exp(-x)), grid(-40, 40)],
  ["softplus", (x) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0), grid(-40, 40)],
  ["erf", errorFunction, grid(-5, 5)],
  ["elu", (x) => (x > 0 ? x : Math.expm1(x)), grid(-10, 10)],
  ["selu", selu, grid(-10, 10)],
  ["inverseSquareRoot", (x) => 1 / Math.sqrt(x), grid(1e-3, 100)],
];

describe("functions of one value", () => {
  const heap = new Heap(compileKernels());
  const [x, y] = [heap.take(4 * count), heap.take(4 * count)];

  it.each(functions)("%s is right to a few units in the last place", (name, exact, values) => {
    heap.write(x, values);
    heap.functions[name](x, y, 0, count / 4);
    const result = heap.read(y, count);
    let worst = 0;
    for (const [index, value] of values.entries()) {
      const expected = exact(value);
      const error = Math.abs(result[index]! - expected) / Math.max(Math.abs(expected), 1e-2);
      worst = Math.max(worst, Number.isNaN(error) ? Infinity : error);
    }
    expect(worst).toBeLessThan(1e-6);
  });

  it("keeps what is not a number, and the ends of the range", () => {
    const values = Float32Array.of(NaN, Infinity, -Infinity, 0);
    const apply = (name: FunctionName): readonly number[] => {
      heap.write(x, values);
      heap.functions[name](x, y, 0, 1);
      return [...heap.read(y, 4)];
    };
    expect(apply("exp")).toEqual([NaN, Infinity, 0, 1]);
    expect(apply("log")).toEqual([NaN, Infinity, NaN, -Infinity]);
    expect(apply("relu")).toEqual([NaN, Infinity, 0, 0]);
    expect(apply("tanh")[0]).toBeNaN();
  });
});

describe("the kernel module", () => {
  const file = new URL("../../../dist/engines/kernels.wasm", import.meta.url);

  it("has every function, and nothing of its own in memory that it would write over regions", () => {
    const sections = sectionsOf(fs.readFileSync(file));
    const data = 11;
    expect(sections).not.toContain(data);
    const heap = new Heap(compileKernels());
    expect(functionNames.filter((name) => typeof heap.functions[name] !== "function")).toEqual([]);
  });

  it("is missed in words", () => {
    expect(() => compileKernels("/nowhere/kernels.wasm")).toThrow(
      /\/nowhere\/kernels\.wasm of the WASM engine does not load.*install CNN Architect again/u,
    );
  });
});

/** Ids of the sections of a WebAssembly file. */
function sectionsOf(bytes: Uint8Array): readonly number[] {
  const ids: number[] = [];
  let at = 8;
  while (at < bytes.length) {
    ids.push(bytes[at]!);
    let [length, shift] = [0, 0];
    do {
      at += 1;
      length |= (bytes[at]! & 0x7f) << shift;
      shift += 7;
    } while (bytes[at]! >= 0x80);
    at += 1 + length;
  }
  return ids;
}
