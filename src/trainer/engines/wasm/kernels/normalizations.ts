import { aligned } from "../regions.ts";
import { nth } from "../../nth.ts";
import { type Kernel, type Task, ranges, spread } from "./kernel.ts";

/** Rows and channels of a map. */
function sizesOf(shape: readonly number[]): readonly [number, number] {
  const channels = nth(shape, shape.length - 1);
  return [shape.reduce((product, extent) => product * extent, 1) / channels, channels];
}

/** Rows are added up in so many sums, whatever the number of threads, which then changes nothing. */
const rowSums = 8;

/** Rows by their part of the sums, and the bytes of a part: two doubles for each channel. */
function sumsOf(rows: number, channels: number) {
  return { pieces: ranges(rows, rowSums, 64), room: aligned(16 * 4 * Math.ceil(channels / 4)) };
}

/**
 * Outputs: y, mean, unbiased variance, and as reserves for the gradient the mean again, 1 / √(variance + ε), and nothing.
 */
export const batchNormalization: Kernel<"FusedBatchNormV3"> = ({
  inputs,
  attributes: { epsilon },
  parts,
}) => {
  const [rows, channels] = sizesOf(nth(inputs, 0).shape);
  const vector = aligned(4 * channels);
  const { pieces, room } = sumsOf(rows, channels);
  return {
    scratch: 2 * vector + room * pieces.length,
    steps: ({ inputs: [x = 0, gamma = 0, beta = 0], outputs, scratch: factors }) => {
      const [y = 0, mean = 0, variance = 0, savedMean = 0, deviation = 0] = outputs;
      const shifts = factors + vector;
      const sums = shifts + vector;
      const statistics = [mean, variance, deviation, factors, shifts];
      const numbers = [sums, pieces.length, room, x, gamma, beta, ...statistics];
      return [
        pieces.map((range, piece) => ({
          run: "batchSums",
          with: [x, x, sums + piece * room, channels, ...range],
        })),
        [{ run: "batchStatistics", with: [...numbers, rows, channels, epsilon] }],
        [{ run: "copyBytes", with: [mean, savedMean, 4 * channels] }],
        spread("scaleAndShift", [x, factors, shifts, y, channels], rows, channels, parts),
      ];
    },
  };
};

/** Inputs: dy, x, scale, and the reserves: mean, 1 / √(variance + ε), nothing. */
export const batchNormalizationGradient: Kernel<"FusedBatchNormGradV3"> = ({ inputs, parts }) => {
  const [rows, channels] = sizesOf(nth(inputs, 0).shape);
  const vector = aligned(4 * channels);
  const { pieces, room } = sumsOf(rows, channels);
  return {
    overwrites: [0],
    scratch: 3 * vector + room * pieces.length,
    steps: ({ inputs: given, outputs: [dx = 0, dGamma = 0, dBeta = 0], scratch }) => {
      const [dy = 0, x = 0, gamma = 0, mean = 0, deviation = 0] = given;
      const factors = [scratch, scratch + vector, scratch + 2 * vector];
      const sums = scratch + 3 * vector;
      return [
        pieces.map((range, piece) => ({
          run: "batchGradientSums",
          with: [dy, x, mean, sums + piece * room, channels, ...range],
        })),
        [
          {
            run: "batchGradients",
            with: [
              sums,
              pieces.length,
              room,
              gamma,
              mean,
              deviation,
              dGamma,
              dBeta,
              ...factors,
              rows,
              channels,
            ],
          },
        ],
        spread("combineGradients", [dy, x, ...factors, dx, channels], rows, channels, parts),
      ];
    },
  };
};

type ResponseTask = Task<"LRN" | "LRNGrad">;

const responseNumbers = ({ inputs, attributes }: ResponseTask): readonly number[] => [
  sizesOf(nth(inputs, 0).shape)[1],
  attributes.depthRadius,
  attributes.bias,
  attributes.alpha,
  attributes.beta,
];

export const localResponse: Kernel<"LRN"> = (task) => {
  const [rows, channels] = sizesOf(nth(task.inputs, 0).shape);
  const room = aligned(4 * channels);
  return {
    scratch: room * task.parts,
    steps: ({ inputs, outputs, scratch }) => [
      ranges(rows, task.parts).map((range, part) => ({
        run: "localResponse",
        with: [...inputs, ...outputs, scratch + part * room, ...responseNumbers(task), ...range],
      })),
    ],
  };
};

export const localResponseGradient: Kernel<"LRNGrad"> = (task) => {
  const [rows, channels] = sizesOf(nth(task.inputs, 0).shape);
  const room = aligned(4 * channels);
  return {
    scratch: 2 * room * task.parts,
    steps: ({ inputs, outputs, scratch }) => [
      ranges(rows, task.parts).map((range, part) => ({
        run: "localResponseGradient",
        with: [
          ...inputs,
          ...outputs,
          scratch + 2 * part * room,
          scratch + (2 * part + 1) * room,
          ...responseNumbers(task),
          ...range,
        ],
      })),
    ],
  };
};
