import type { Pair } from "../../../../core/layers/option.ts";
import { aligned } from "../regions.ts";
import { nth } from "../../nth.ts";
import { type Call, type Kernel, type Procedure, type Step, ranges, spread } from "./kernel.ts";
import { type Window, windowOf } from "../../window.ts";
import { type Frame, frameOf, positionTable, tapTable } from "./window.ts";

/** Columns of a matrix lie in panels of eight. */
const panels = (columns: number): number => Math.ceil(columns / 8);
const panelBytes = (rows: number, columns: number): number => panels(columns) * rows * 32;

/** Images of a filter gradient are added up in so many sums, whatever the number of threads, which then changes nothing. */
const filterSums = 8;
/** Bytes of sums that are so many that there is only one of them, which threads share by its taps. */
const largeSum = 2 ** 18;

/** `y = a · b`, each of them transposed where asked. */
export const matMul: Kernel<"MatMul"> = ({ inputs, outputs, attributes, parts }) => {
  const [a, b, y] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const { transposeA, transposeB } = attributes;
  const [rows, columns] = [nth(y.shape, 0), nth(y.shape, 1)];
  const inner = nth(a.shape, transposeA ? 0 : 1);
  const packB = (from: number, to: number): Step => [
    packed(from, to, inner, columns, transposeB ? [1, inner] : [columns, 1]),
  ];
  if (!transposeA) {
    return {
      scratch: panelBytes(inner, columns),
      steps: ({ inputs: [left = 0, right = 0], outputs: [target = 0], scratch }) => [
        packB(right, scratch),
        spread(
          "multiplyMatrices",
          [left, scratch, target, inner, columns],
          rows,
          inner * columns,
          parts,
        ),
      ],
    };
  }
  if (transposeB) {
    // What is wanted of both is (b · a)ᵀ, which no layer asks for.
    throw new Error(`a product of two transposed matrices, ${b.shape.join(" × ")}`);
  }
  return filterProcedure({
    images: 1,
    imageValues: [inner, rows],
    frame: undefined,
    positions: inner,
    positionTable: {
      key: `rows ${inner} ${rows}`,
      make: () => Int32Array.from({ length: inner }, (_, row) => 4 * row * rows),
    },
    lines: 1,
    line: rows,
    outputs: columns,
    top: 0,
    left: 0,
    parts,
  });
};

const packed = (
  from: number,
  to: number,
  rows: number,
  columns: number,
  [rowStride, columnStride]: Pair,
): Call => ({
  run: "pack",
  with: [from, to, rows, columns, rowStride, columnStride, rows * 32],
});

/** True where windows do not overlap anything but themselves: rows of one matrix. */
function isMatrix(window: Window): boolean {
  const isPointwise =
    window.lines === 1 && window.columns === 1 && window.strides.every((stride) => stride === 1);
  const isWhole = window.lines === window.height && window.columns === window.width;
  return window.top === 0 && window.left === 0 && (isPointwise || isWhole);
}

export const conv2d: Kernel<"Conv2D"> = ({ inputs, outputs, attributes, parts }) => {
  const [x, kernel, y] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const window = windowOf(x.shape, y.shape, sizeOf(kernel.shape), attributes);
  const filters = nth(kernel.shape, 3);
  const taps = window.lines * window.columns * window.channels;
  return slide(window, filters, parts, ([, weights = 0], room) => [
    packed(weights, room, taps, filters, [filters, 1]),
  ]);
};

/** Bytes of room for one image with its padding. */
const frameBytes = (window: Window, frame: Frame): number =>
  frame.isNeeded ? aligned(4 * frame.height * frame.width * window.channels) : 0;

/** A convolution of the first input; `pack` lays the filters of `window` into panels. */
function slide(
  window: Window,
  filters: number,
  parts: number,
  pack: (inputs: readonly number[], room: number) => Step,
  source = 0,
): Procedure {
  const line = window.columns * window.channels;
  const taps = window.lines * line;
  const panelRoom = aligned(panelBytes(taps, filters));
  if (isMatrix(window)) {
    const rows = window.batch * window.outHeight * window.outWidth;
    return {
      scratch: panelRoom,
      steps: ({ inputs, outputs: [target = 0], scratch }) => [
        pack(inputs, scratch),
        spread(
          "multiplyMatrices",
          [nth(inputs, source), scratch, target, taps, filters],
          rows,
          taps * filters,
          parts,
        ),
      ],
    };
  }
  const frame = frameOf(window);
  const room = frameBytes(window, frame);
  const rowValues = (frame.isNeeded ? frame.width : window.width) * window.channels;
  const positions = window.outHeight * window.outWidth;
  return {
    tables: [positionTable(window, rowValues)],
    scratch: panelRoom + room * parts,
    steps: ({ inputs, outputs: [target = 0], tables: [table = 0], scratch }) => [
      pack(inputs, scratch),
      ranges(window.batch, parts).map((range, part) => ({
        run: "convolve",
        with: [
          nth(inputs, source),
          target,
          table,
          scratch,
          frame.isNeeded ? scratch + panelRoom + part * room : 0,
          ...imageNumbers(window, frame),
          positions,
          window.lines,
          line,
          filters,
          ...range,
        ],
      })),
    ],
  };
}

/** Height and width of the image, its place in the frame, and height and width of the frame; widths in values. */
const imageNumbers = (window: Window, frame: Frame): readonly number[] => [
  window.height,
  window.width * window.channels,
  window.top,
  window.left * window.channels,
  frame.height,
  frame.width * window.channels,
];

const sizeOf = (kernelShape: readonly number[]): Pair => [nth(kernelShape, 0), nth(kernelShape, 1)];

export const conv2dBackpropInput: Kernel<"Conv2DBackpropInput"> = ({
  inputs,
  outputs,
  attributes,
  parts,
}) => {
  const [kernel, dy, dx] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const window = windowOf(dx.shape, dy.shape, sizeOf(kernel.shape), attributes);
  const filters = nth(kernel.shape, 3);
  return isMatrix(window) || isCheaperTurned(window, filters)
    ? slideBack(window, filters, parts)
    : scatter(window, filters, parts);
};

/** True where a convolution of dy costs less than giving every window its share; only strides of 1 have the choice. */
function isCheaperTurned(window: Window, filters: number): boolean {
  const { lines, columns, channels } = window;
  const taps = lines * columns;
  const positions = window.outHeight * window.outWidth;
  const turned = window.height * window.width * taps * filters * 8 * panels(channels);
  // Adding up a share takes about as long as twelve products of one.
  const scattered = positions * (filters * 8 * panels(taps * channels) + 12 * taps * channels);
  return window.strides.every((stride) => stride === 1) && turned <= scattered;
}

/** With strides of 1 the gradient is a convolution of dy, with the filters turned around. */
function slideBack(window: Window, filters: number, parts: number): Procedure {
  const { lines, columns, channels } = window;
  if (isMatrix(window)) {
    const taps = lines * columns * channels;
    const rows = window.batch * window.outHeight * window.outWidth;
    return {
      scratch: panelBytes(filters, taps),
      steps: ({ inputs: [weights = 0, dy = 0], outputs: [target = 0], scratch }) => [
        [packed(weights, scratch, filters, taps, [1, filters])],
        spread(
          "multiplyMatrices",
          [dy, scratch, target, filters, taps],
          rows,
          filters * taps,
          parts,
        ),
      ],
    };
  }
  const turned: Window = {
    ...window,
    height: window.outHeight,
    width: window.outWidth,
    channels: filters,
    outHeight: window.height,
    outWidth: window.width,
    top: lines - 1 - window.top,
    left: columns - 1 - window.left,
  };
  const taps = lines * columns;
  const pack = ([weights = 0]: readonly number[], room: number): Step =>
    Array.from({ length: taps }, (_, tap) => ({
      run: "pack",
      with: [
        weights + 4 * (taps - 1 - tap) * channels * filters,
        room + tap * filters * 32,
        filters,
        channels,
        1,
        filters,
        taps * filters * 32,
      ],
    }));
  return slide(turned, channels, parts, pack, 1);
}

/** With larger strides each value of dy gives its window a share. */
function scatter(window: Window, filters: number, parts: number): Procedure {
  const { lines, columns, channels, batch } = window;
  const line = columns * channels;
  const taps = lines * line;
  const frame = frameOf(window);
  const positions = window.outHeight * window.outWidth;
  const panelRoom = aligned(panelBytes(filters, taps));
  const frameRoom = aligned(4 * frame.height * frame.width * channels);
  const room = frameRoom + aligned(4 * positions * taps);
  return {
    tables: [positionTable(window, frame.width * channels)],
    scratch: panelRoom + room * parts,
    steps: ({ inputs: [weights = 0, dy = 0], outputs: [target = 0], tables, scratch }) => [
      [packed(weights, scratch, filters, taps, [1, filters])],
      ranges(batch, parts).map((range, part) => {
        const own = scratch + panelRoom + part * room;
        return {
          run: "scatterInput",
          with: [
            dy,
            target,
            nth(tables, 0),
            scratch,
            own,
            own + frameRoom,
            ...imageNumbers(window, frame),
            positions,
            lines,
            line,
            filters,
            ...range,
          ],
        };
      }),
    ],
  };
}

export const conv2dBackpropFilter: Kernel<"Conv2DBackpropFilter"> = ({
  inputs,
  outputs,
  attributes,
  parts,
}) => {
  const [x, dy, dw] = [nth(inputs, 0), nth(inputs, 1), nth(outputs, 0)];
  const window = windowOf(x.shape, dy.shape, sizeOf(dw.shape), attributes);
  const { channels } = window;
  const frame = frameOf(window);
  const rowValues = (frame.isNeeded ? frame.width : window.width) * channels;
  const positions = window.outHeight * window.outWidth;
  const line = window.columns * channels;
  const base = {
    outputs: nth(dw.shape, 3),
    lines: window.lines,
    line,
    top: window.top,
    left: window.left * channels,
    parts,
  };
  if (isMatrix(window) && positions < 64) {
    // Small maps: all images together are one long list of positions.
    const taps = window.lines * line;
    const rows = window.batch * positions;
    return filterProcedure({
      ...base,
      images: 1,
      imageValues: [rows, taps],
      frame: undefined,
      positions: rows,
      positionTable: {
        key: `rows ${rows} ${taps}`,
        make: () => Int32Array.from({ length: rows }, (_, row) => 4 * row * taps),
      },
      lines: 1,
      line: taps,
    });
  }
  return filterProcedure({
    ...base,
    images: window.batch,
    imageValues: [window.height, window.width * channels],
    frame: frame.isNeeded ? [frame.height, frame.width * channels] : undefined,
    positions,
    positionTable: positionTable(window, rowValues),
  });
};

/** What the gradient of filters is made from; widths and lines in values. */
interface FilterGradient {
  readonly images: number;
  /** Height and width of one image. */
  readonly imageValues: Pair;
  /** Height and width of the image with its padding, where it has some. */
  readonly frame: Pair | undefined;
  readonly top: number;
  readonly left: number;
  readonly positions: number;
  readonly positionTable: ReturnType<typeof positionTable>;
  readonly lines: number;
  readonly line: number;
  readonly outputs: number;
  readonly parts: number;
}

function filterProcedure(gradient: FilterGradient): Procedure {
  const { images, imageValues, frame, positions, lines, line, outputs, parts } = gradient;
  const taps = lines * line;
  const groups = Math.ceil(taps / 4);
  const sumRoom = aligned(groups * panels(outputs) * 128);
  const sums = sumRoom > largeSum ? 1 : Math.min(filterSums, images);
  const pieces: readonly FilterPiece[] =
    sums === 1
      ? ranges(groups, parts).map((range) => ({ sum: 0, images: [0, images], groups: range }))
      : ranges(images, sums).map((range, sum) => ({ sum, images: range, groups: [0, groups] }));
  const frameRoom = frame === undefined ? 0 : aligned(4 * frame[0] * frame[1]);
  const room = frameRoom + aligned(panelBytes(positions, outputs));
  return {
    tables: [gradient.positionTable, tapTable(lines, line, frame?.[1] ?? imageValues[1])],
    scratch: sumRoom * sums + room * pieces.length,
    steps: ({ inputs: [x = 0, dy = 0], outputs: [target = 0], tables, scratch }) => [
      pieces.map((piece, index): Call => {
        const own = scratch + sumRoom * sums + room * index;
        return {
          run: "accumulateFilter",
          with: [
            x,
            dy,
            ...tables,
            scratch + sumRoom * piece.sum,
            frame === undefined ? 0 : own,
            own + frameRoom,
            ...imageValues,
            gradient.top,
            gradient.left,
            ...(frame ?? imageValues),
            positions,
            outputs,
            ...piece.images,
            ...piece.groups,
          ],
        };
      }),
      spread(
        "foldFilter",
        [scratch, sumRoom, sums, target, taps, outputs],
        groups,
        4 * outputs * sums,
        parts,
      ),
    ],
  };
}

/** A part of a filter gradient: into which sum it goes, and which images and groups of four taps it covers. */
interface FilterPiece {
  readonly sum: number;
  readonly images: Pair;
  readonly groups: Pair;
}
