import { formatNumber } from "../../src/core/design/words.ts";
import type { Shape } from "../../src/core/layers/shape.ts";

const LARGEST_IN_FULL = 10_000_000;

const scales = [
  [1e15, "P"],
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

function scaled(value: number, digits: number): string {
  const size = Math.abs(value);
  const [scale, letter] = scales.find(([from]) => size >= from) ?? [1, ""];
  const figure = (value / scale).toFixed(scale === 1 ? 0 : digits);
  return letter === "" ? figure : `${figure} ${letter}`;
}

/** `61,706`, and from ten million on `23.5 M`; the exact figure belongs into the tooltip. */
export function formatCount(value: number): string {
  return Math.abs(value) < LARGEST_IN_FULL ? formatNumber(value) : scaled(value, 1);
}

/** `+156`, `−9,248` or `+117.6 k`: a difference with its sign. */
export function formatChange(value: number): string {
  const size = Math.abs(value);
  const figure = size < 100_000 ? formatNumber(size) : scaled(size, 1);
  return value < 0 ? `−${figure}` : `+${figure}`;
}

const byteScales = [
  [1024 ** 4, "TB"],
  [1024 ** 3, "GB"],
  [1024 ** 2, "MB"],
  [1024, "kB"],
] as const;

/** `1.1 GB`, counted in steps of 1024 as VS Code does. */
export function formatBytes(bytes: number): string {
  const [scale, unit] = byteScales.find(([from]) => bytes >= from) ?? [1, "B"];
  const figure = bytes / scale;
  return `${scale === 1 || figure >= 100 ? Math.round(figure) : figure.toFixed(1)} ${unit}`;
}

/** `98.93 %` of a share from 0 to 1. */
export function formatShare(share: number, digits = 2): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** `0.0412`, and `4.1e-6` where four places would show nothing. */
export function formatLoss(loss: number): string {
  if (!Number.isFinite(loss)) {
    return String(loss);
  }
  return loss !== 0 && Math.abs(loss) < 0.0005 ? loss.toExponential(1) : loss.toFixed(4);
}

/** `0:21` or `1:02:07`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** `0.04 ms`, `12.3 ms` or `1.25 s`. */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 0.005) return "0 ms";
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  if (milliseconds >= 100) return `${Math.round(milliseconds)} ms`;
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 1)} ms`;
}

/** `28×28×6`: tight, for cards and wires. */
export function formatTightShape(shape: Shape): string {
  return shape.join("×");
}

/** `28 by 28 by 6`, as a screen reader should say it. */
export function spokenShape(shape: Shape): string {
  return shape.join(" by ");
}

/** `5` for a square, `3×5` for height and width that differ. */
export function formatPair([height, width]: readonly [number, number]): string {
  return height === width ? String(height) : `${height}×${width}`;
}
