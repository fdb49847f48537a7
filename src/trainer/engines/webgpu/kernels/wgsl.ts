import type { TensorShape } from "../../../graph/operation.ts";
import type { Place, Program } from "./kernel.ts";

/** Workgroups along one axis that every device has. */
const mostGroups = 65_535;

/** Spreads workgroups over two axes; `groupNumber` counts them through. */
export function groupsFor(count: number): readonly [number, number] {
  const rows = Math.ceil(count / mostGroups);
  return [Math.ceil(count / rows), rows];
}

/** Number of a workgroup over both axes, in a program that has `group` and `groups`. */
export const groupNumber = "group.x + group.y * groups.x";

/** Functions that every program may use. */
const common = `
// By its bits: a compiler may take for granted that no number is NaN.
fn isNan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }
`;

/**
 * Numbers that code is told when it runs, in a uniform buffer: code that has them as literals would have to be compiled
 * for every shape.
 */
export class Numbers {
  readonly values: number[] = [];

  /** An expression for a number that is not negative, an u32. */
  of(value: number): string {
    this.values.push(value);
    return `n[${(this.values.length - 1) >> 2}][${(this.values.length - 1) & 3}]`;
  }

  /** An expression for a whole number, an i32. */
  signed(value: number): string {
    return `i32(${this.of(value >>> 0)})`;
  }
}

/** Tensors that a program reads or writes, by the names that its code has for them. */
type Places = Readonly<Record<string, Place>>;

/** Puts a program together; what it writes may be nothing that it reads. */
export function programOf(
  code: string,
  reads: Places,
  writes: Places,
  groups: Program["groups"],
  { values }: Numbers,
): Program {
  const bind = (access: string, first: number, places: Places): string =>
    Object.keys(places)
      .map(
        (name, index) =>
          `@group(0) @binding(${first + index}) var<storage, ${access}> ${name}: array<f32>;`,
      )
      .join("\n");
  const readCount = Object.keys(reads).length;
  const places = [...Object.values(reads), ...Object.values(writes)];
  const told =
    values.length === 0
      ? ""
      : `@group(0) @binding(${places.length}) var<uniform> n: array<vec4u, ${Math.ceil(values.length / 4)}>;`;
  return {
    code: `${bind("read", 0, reads)}\n${bind("read_write", readCount, writes)}\n${told}\n${common}${code}`,
    places,
    numbers: values,
    groups,
  };
}

/** Threads of a workgroup that go through values. */
const threads = 64;

interface Each {
  readonly reads: Places;
  /** The first has as many values as there are threads. */
  readonly writes: Places;
  /** Statements for the value number `i`. */
  readonly each: string;
  readonly functions?: string;
  /** Number of threads, where not one for each value of what is written first. */
  readonly count?: number;
  /** What the statements and functions take their numbers from. */
  readonly numbers?: Numbers;
}

/** A program that does the same for each value of a tensor. */
export function eachValue({
  reads,
  writes,
  each,
  functions = "",
  count,
  numbers = new Numbers(),
}: Each): Program {
  const [name = "", first] = Object.entries(writes)[0] ?? [];
  const [columns, rows] = groupsFor(Math.ceil((count ?? first?.count ?? 0) / threads));
  const end = count === undefined ? `arrayLength(&${name})` : numbers.of(count);
  const code = `${functions}
@compute @workgroup_size(${threads})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.x + id.y * groups.x * ${threads}u;
  if (i >= ${end}) { return; }
  ${each}
}`;
  return programOf(code, reads, writes, [columns, rows, 1], numbers);
}

/** A number as a float of WGSL. */
export const float = (value: number): string => `f32(${value})`;

/** How many values lie between neighbours along each axis. */
export const stridesOf = (shape: TensorShape): readonly number[] =>
  shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));

/** Statements that name the coordinates of the value number `index` along each axis: `c0`, `c1`, … */
export function coordinates(numbers: Numbers, shape: TensorShape, index = "i"): string {
  const strides = stridesOf(shape);
  return shape
    .map((_, axis) => {
      const stride = strides[axis] ?? 1;
      const rest = axis === 0 ? index : `(${index} % ${numbers.of(strides[axis - 1] ?? 1)})`;
      return `let c${axis} = ${rest} / ${numbers.of(stride)};`;
    })
    .join(" ");
}

/** The place of a value in a tensor of a shape by expressions for its coordinates. */
export const placeAt = (numbers: Numbers, shape: TensorShape, at: readonly string[]): string =>
  stridesOf(shape)
    .map((stride, axis) => `(${at[axis]}) * ${numbers.of(stride)}`)
    .join(" + ") || "0u";

/** Neighbouring axes that are walked through as one: how far apart their values are, in the target and in the tensor. */
interface Walk {
  readonly outer: number;
  readonly extent: number;
  readonly stride: number;
}

/** The place in a tensor of a shape that is stretched as in NumPy to another, for its value number `i`. */
export function stretchedPlace(numbers: Numbers, shape: TensorShape, target: TensorShape): string {
  const own = stridesOf(shape);
  const strides = stridesOf(target);
  const lead = target.length - shape.length;
  const walks: Walk[] = [];
  for (const [axis, extent] of target.entries()) {
    const stride = (shape[axis - lead] ?? 1) === 1 ? 0 : (own[axis - lead] ?? 0);
    const last = walks.at(-1);
    if (extent === 1) continue;
    const outer = strides[axis] ?? 1;
    if (last !== undefined && last.stride === stride * extent) {
      walks[walks.length - 1] = { outer, extent: last.extent * extent, stride };
    } else {
      walks.push({ outer, extent, stride });
    }
  }
  const terms = walks.flatMap(({ outer, extent, stride }, index) => {
    if (stride === 0) return [];
    const divided = outer === 1 ? "i" : `i / ${numbers.of(outer)}`;
    const place = index === 0 ? divided : `${divided} % ${numbers.of(extent)}`;
    return [stride === 1 ? `(${place})` : `(${place}) * ${numbers.of(stride)}`];
  });
  return terms.join(" + ") || "0u";
}
