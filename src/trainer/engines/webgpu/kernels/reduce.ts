import type { Place, Program, Task } from "./kernel.ts";
import { groupNumber, groupsFor, Numbers, programOf } from "./wgsl.ts";

/** Threads of a workgroup that add up. */
const threads = 256;
/** Sums that a workgroup makes side by side at most, where neighbouring threads make neighbouring sums. */
const mostColumns = 64;
/** Terms that a thread adds before another workgroup is worth its while. */
const fewestTerms = 16;
/** Workgroups that keep a large device busy. */
const enoughGroups = 256;

interface Reduction {
  readonly reads: Readonly<Record<string, Place>>;
  readonly output: Place;
  /** Number of terms of each sum. */
  readonly terms: number;
  /** Statements that return the term `r` of the sum `o`, both u32. */
  readonly term: string;
  readonly functions?: string;
  /** Which of the two lie beside each other in memory. */
  readonly along: "sums" | "terms";
  /** What the sums are multiplied with; 1 if not given. */
  readonly scale?: number;
  /** What the term takes its numbers from. */
  readonly numbers?: Numbers;
}

/** The programs for one sum of terms for each value of the output, in an order that depends on nothing but the shapes. */
export function reduce(
  {
    reads,
    output,
    terms,
    term,
    functions = "",
    along,
    scale = 1,
    numbers = new Numbers(),
  }: Reduction,
  scratch: Task<"Sum">["scratch"],
): readonly Program[] {
  const power = (count: number, most: number): number =>
    Math.min(2 ** Math.ceil(Math.log2(Math.max(count, 1))), most);
  const columns =
    along === "sums" ? power(output.count, mostColumns) : threads / power(terms, threads);
  const lanes = threads / columns;
  const groups = Math.ceil(output.count / columns);
  const splits = Math.max(
    1,
    Math.min(Math.floor(terms / (lanes * fewestTerms)), Math.ceil(enoughGroups / groups)),
  );
  const [x, y] = groupsFor(groups);
  const target = splits === 1 ? output : scratch(splits * output.count);
  const [count, all, each] = [output.count, terms, Math.ceil(terms / splits)].map((number) =>
    numbers.of(number),
  );
  const factor = splits === 1 ? scale : 1;
  const code = `${functions}
fn term(o: u32, r: u32) -> f32 { ${term} }
var<workgroup> sums: array<f32, ${threads}>;
@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let o = (${groupNumber}) * ${columns}u + thread % ${columns}u;
  let lane = thread / ${columns}u;
  var sum = 0f;
  if (o < ${count}) {
    let last = min((group.z + 1u) * ${each}, ${all});
    for (var r = group.z * ${each} + lane; r < last; r += ${lanes}u) {
      sum += term(o, r);
    }
  }
  sums[thread] = sum;
  for (var half = ${lanes / 2}u; half > 0u; half = half / 2u) {
    workgroupBarrier();
    if (lane < half) { sums[thread] += sums[thread + half * ${columns}u]; }
  }
  if (lane == 0u && o < ${count}) {
    output[group.z * ${count} + o] = sums[thread] * bitcast<f32>(${numbers.of(bitsOf(factor))});
  }
}`;
  const program = programOf(code, reads, { output: target }, [x, y, splits], numbers);
  return splits === 1
    ? [program]
    : [program, ...reduceParts(target, output, splits, scale, scratch)];
}

/** Adds up so many parts, each as large as the output. */
export const reduceParts = (
  parts: Place,
  output: Place,
  count: number,
  scale: number,
  scratch: Task<"Sum">["scratch"],
): readonly Program[] => {
  const numbers = new Numbers();
  return reduce(
    {
      reads: { parts },
      output,
      terms: count,
      term: `return parts[r * ${numbers.of(output.count)} + o];`,
      numbers,
      along: "sums",
      scale,
    },
    scratch,
  );
};

/** The bits of a float32 as an u32. */
const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
