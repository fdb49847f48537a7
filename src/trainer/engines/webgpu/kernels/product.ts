import type { Place, Program, Task } from "./kernel.ts";
import { reduceParts } from "./reduce.ts";
import type { Numbers } from "./wgsl.ts";
import { groupNumber, groupsFor, programOf } from "./wgsl.ts";

/** A matrix of a product as functions, of which those that divide are called as seldom as possible. */
interface Factor {
  /** Statements that take the number `i` of a row of the left, or a column of the right matrix, apart: a vec4i. */
  readonly outer: string;
  /** Statements that take the number `i` along the sum apart: a vec4i. */
  readonly inner: string;
  /** Statements that return the value at `outer` and `inner`. */
  readonly value: string;
  /** Which of the two lies beside its next in memory: threads side by side read side by side. */
  readonly along: "outer" | "inner";
}

interface Product {
  readonly reads: Readonly<Record<string, Place>>;
  /** `[rows, columns]`, however it is shaped. */
  readonly output: Place;
  readonly rows: number;
  readonly columns: number;
  /** Number of products that each value is the sum of. */
  readonly inner: number;
  readonly left: Factor;
  readonly right: Factor;
  /** What the factors take their numbers from. */
  readonly numbers: Numbers;
}

/** Values along each side that a thread computes. */
const own = 4;
const mostTile = 64;
const fewestTile = 16;
/** Products of each value that a workgroup loads at once. */
const tileInner = 16;
/** Workgroups that keep a large device busy. */
const enoughGroups = 256;
/** Products that a workgroup should have before another one is worth its while. */
const fewestInner = 128;

const tileFor = (extent: number): number =>
  Math.max(fewestTile, Math.min(mostTile, 2 ** Math.ceil(Math.log2(extent))));

/**
 * The programs for a product of two matrices that are given as functions, so that a convolution needs no copy of its
 * windows. Workgroups make tiles of the output from tiles of both that they hold in their own memory; where there are
 * few tiles and long sums, as in gradients of kernels, workgroups share a sum.
 */
export function multiply(product: Product, scratch: Task<"Sum">["scratch"]): readonly Program[] {
  const { reads, output, rows, columns, inner, left, right, numbers } = product;
  const [tileRows, tileColumns] = [tileFor(rows), tileFor(columns)];
  const [threadRows, threadColumns] = [tileRows / own, tileColumns / own];
  const threads = threadRows * threadColumns;
  const acrossColumns = Math.ceil(columns / tileColumns);
  const tiles = Math.ceil(rows / tileRows) * acrossColumns;
  const wanted = Math.min(Math.ceil(enoughGroups / tiles), Math.ceil(inner / fewestInner));
  const each = Math.ceil(inner / wanted / tileInner) * tileInner;
  const splits = Math.ceil(inner / each);
  const target = splits === 1 ? output : scratch(splits * rows * columns);
  const [x, y] = groupsFor(tiles);
  const sides = [
    new Side("left", left, tileRows, threads),
    new Side("right", right, tileColumns, threads),
  ];
  const all = (part: (side: Side) => string): string => sides.map(part).join("\n  ");
  const code = `${all((side) => side.functions)}
@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let rows = ${numbers.of(rows)};
  let columns = ${numbers.of(columns)};
  let across = ${numbers.of(acrossColumns)};
  let each = ${numbers.of(each)};
  let tile = ${groupNumber};
  let leftFirst = tile / across * ${tileRows}u;
  let rightFirst = tile % across * ${tileColumns}u;
  let leftEnd = rows;
  let rightEnd = columns;
  let last = min((group.z + 1u) * each, ${numbers.of(inner)});
  let r = thread / ${threadColumns}u;
  let c = thread % ${threadColumns}u;
  var sums: array<vec4f, ${own}>;
  ${all((side) => side.before)}
  for (var start = group.z * each; start < last; start += ${tileInner}u) {
    ${all((side) => side.load)}
    workgroupBarrier();
    for (var deep = 0u; deep < ${tileInner}u; deep++) {
      let b = vec4f(${list((n) => `rightTile[deep * ${tileColumns + 1}u + c + ${n * threadColumns}u]`, ", ")});
      ${list((n) => `sums[${n}] += leftTile[deep * ${tileRows + 1}u + r + ${n * threadRows}u] * b;`)}
    }
    workgroupBarrier();
  }
  for (var n = 0u; n < ${own * own}u; n++) {
    let row = leftFirst + r + n / ${own}u * ${threadRows}u;
    let column = rightFirst + c + n % ${own}u * ${threadColumns}u;
    if (row < rows && column < columns) {
      output[(group.z * rows + row) * columns + column] = sums[n / ${own}u][n % ${own}u];
    }
  }
}`;
  const program = programOf(code, reads, { output: target }, [x, y, splits], numbers);
  return splits === 1 ? [program] : [program, ...reduceParts(target, output, splits, 1, scratch)];
}

const list = (line: (index: number) => string, between = "\n      "): string =>
  Array.from({ length: own }, (_, index) => line(index)).join(between);

/** The code for the tiles of one factor. */
class Side {
  /** Declares the factor's functions and the tile. */
  readonly functions: string;
  /** What is done once, before the sum. */
  readonly before: string;
  /** Fills the tile with what begins at `start`. */
  readonly load: string;

  constructor(name: "left" | "right", factor: Factor, tile: number, threads: number) {
    this.functions = `
fn ${name}Outer(i: u32) -> vec4i { ${factor.outer} }
fn ${name}Inner(i: u32) -> vec4i { ${factor.inner} }
fn ${name}Value(outer: vec4i, inner: vec4i) -> f32 { ${factor.value} }
var<workgroup> ${name}Tile: array<f32, ${tileInner * (tile + 1)}>;`;
    const loads = (tile * tileInner) / threads;
    const first = `${name}First`;
    const put = (outer: string, deep: string, value: string): string =>
      `${name}Tile[(${deep}) * ${tile + 1}u + ${outer}] = ${value};`;
    // The number of threads is a multiple of both sides of a tile, so a thread has one place along one of them.
    if (factor.along === "outer") {
      this.before = `let ${name}Place = thread % ${tile}u;
  let ${name}Here = ${name}Outer(${first} + ${name}Place);`;
      this.load = `for (var l = 0u; l < ${loads}u; l++) {
      let deep = thread / ${tile}u + l * ${threads / tile}u;
      var value = 0f;
      if (${first} + ${name}Place < ${name}End && start + deep < last) { value = ${name}Value(${name}Here, ${name}Inner(start + deep)); }
      ${put(`${name}Place`, "deep", "value")}
    }`;
      return;
    }
    this.before = `var ${name}Here: array<vec4i, ${loads}>;
  for (var l = 0u; l < ${loads}u; l++) { ${name}Here[l] = ${name}Outer(${first} + thread / ${tileInner}u + l * ${threads / tileInner}u); }
  let ${name}Deep = thread % ${tileInner}u;`;
    this.load = `let ${name}Now = ${name}Inner(start + ${name}Deep);
    for (var l = 0u; l < ${loads}u; l++) {
      let place = thread / ${tileInner}u + l * ${threads / tileInner}u;
      var value = 0f;
      if (${first} + place < ${name}End && start + ${name}Deep < last) { value = ${name}Value(${name}Here[l], ${name}Now); }
      ${put("place", `${name}Deep`, "value")}
    }`;
  }
}
