/** Numbers that follow from a seed alone; each call gives the next one in [0, 1). */
export type Random = () => number;

/** Mulberry32 (Tommy Ettinger, public domain): 2³² states, good enough to draw weights and to shuffle. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A seed of its own for every part of a run, so that parts do not draw the same numbers. */
export function seedFor(seed: number, part: string): number {
  let hash = 0x811c9dc5 ^ (seed >>> 0);
  for (const character of part) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** A seed that follows from several numbers, each of which changes it altogether (the finalizer of MurmurHash3). */
export function seedOf(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number >>> 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** Standard normal numbers (Box and Muller 1958). */
export function normalFrom(random: Random): Random {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Puts a list into random order in place (Fisher and Yates). */
export function shuffle(list: Uint32Array, random: Random): void {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = list[last] ?? 0;
    list[last] = list[other] ?? 0;
    list[other] = kept;
  }
}

/** A number from the beta distribution with both parameters alike (from two gamma numbers; Marsaglia and Tsang 2000). */
export function betaFrom(random: Random, parameter: number): number {
  const [first, second] = [gammaFrom(random, parameter), gammaFrom(random, parameter)];
  return first + second === 0 ? 0.5 : first / (first + second);
}

function gammaFrom(random: Random, shape: number): number {
  if (shape < 1) {
    return gammaFrom(random, shape + 1) * (1 - random()) ** (1 / shape);
  }
  const normal = normalFrom(random);
  const most = shape - 1 / 3;
  for (;;) {
    const x = normal();
    const cube = (1 + x / Math.sqrt(9 * most)) ** 3;
    if (cube > 0 && Math.log(1 - random()) < x ** 2 / 2 + most * (1 - cube + Math.log(cube))) {
      return most * cube;
    }
  }
}
