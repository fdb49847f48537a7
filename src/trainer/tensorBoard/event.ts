import { ProtobufWriter } from "../protobuf.ts";
import type { Histogram } from "./histogram.ts";

/** One value of a summary: a number, or how many numbers are spread. */
export type SummaryValue =
  | { readonly tag: string; readonly scalar: number }
  | { readonly tag: string; readonly histogram: Histogram };

/** The numbers of the fields in tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto. */
const event = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 } as const;
const summary = { value: 1, tag: 1, simpleValue: 2, histogram: 5 } as const;
const histogram = {
  min: 1,
  max: 2,
  count: 3,
  sum: 4,
  sumOfSquares: 5,
  limits: 6,
  counts: 7,
} as const;

const start = (seconds: number): ProtobufWriter =>
  new ProtobufWriter().double(event.wallTime, seconds);

/** What an event file begins with. */
export const versionEvent = (seconds: number): Uint8Array =>
  start(seconds).string(event.fileVersion, "brain.Event:2").finish();

/** Says that what another file has of this step and later ones is void. */
export function restartEvent(seconds: number, step: number): Uint8Array {
  const started = 1;
  return start(seconds)
    .integer(event.step, step)
    .message(event.sessionLog, new ProtobufWriter().integer(1, started))
    .finish();
}

/** Values at a step. */
export function summaryEvent(
  seconds: number,
  step: number,
  values: readonly SummaryValue[],
): Uint8Array {
  const all = new ProtobufWriter();
  for (const value of values) {
    all.message(summary.value, encodeValue(value));
  }
  return start(seconds).integer(event.step, step).message(event.summary, all).finish();
}

function encodeValue(value: SummaryValue): ProtobufWriter {
  const writer = new ProtobufWriter().string(summary.tag, value.tag);
  return "scalar" in value
    ? writer.float(summary.simpleValue, value.scalar)
    : writer.message(summary.histogram, encodeHistogram(value.histogram));
}

function encodeHistogram(value: Histogram): ProtobufWriter {
  return new ProtobufWriter()
    .double(histogram.min, value.min)
    .double(histogram.max, value.max)
    .double(histogram.count, value.count)
    .double(histogram.sum, value.sum)
    .double(histogram.sumOfSquares, value.sumOfSquares)
    .doubles(histogram.limits, value.limits)
    .doubles(histogram.counts, value.counts);
}

/** The step of an event that this file wrote, where the number stands right behind the time; 0 where it has none. */
export function stepOf(data: Uint8Array): number {
  const tag = event.step << 3;
  let at = 9;
  if (data[at] !== tag) return 0;
  let step = 0;
  let scale = 1;
  for (at += 1; at < data.length; at += 1) {
    const byte = data[at] ?? 0;
    step += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte < 0x80) break;
  }
  return step;
}
