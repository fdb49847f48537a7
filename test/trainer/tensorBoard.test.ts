import { describe, expect, it } from "vitest";
import { crc32c } from "../../src/trainer/tensorBoard/crc32c.ts";
import {
  restartEvent,
  stepOf,
  summaryEvent,
  versionEvent,
} from "../../src/trainer/tensorBoard/event.ts";
import { histogramOf } from "../../src/trainer/tensorBoard/histogram.ts";
import { encodeRecord, lengthWhile } from "../../src/trainer/tensorBoard/tfRecord.ts";

// Whether the real TensorBoard reads the files is tested in test/interop/tensorboard.test.ts.

describe("event files", () => {
  it.each([
    // RFC 3720, appendix B.4, and the check value of the polynomial.
    ["32 zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 times 255", new Uint8Array(32).fill(255), 0x62a8ab43],
    ["0 to 31", Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
    ["123456789", new TextEncoder().encode("123456789"), 0xe3069283],
  ])("have the checksum that is published for %s", (_name, bytes, checksum) => {
    expect(crc32c(bytes)).toBe(checksum);
  });

  it("know the step of an event, however large it is", () => {
    const steps = [1, 127, 128, 300, 100_000, 2 ** 31];
    expect(steps.map((step) => stepOf(summaryEvent(1, step, [])))).toEqual(steps);
    expect([stepOf(versionEvent(1)), stepOf(restartEvent(1, 7))]).toEqual([0, 7]);
  });

  it("end before the first record that is cut off, broken or not wanted", () => {
    const records = [1, 2, 3].map((byte) => encodeRecord(Uint8Array.of(byte, byte)));
    const file = Buffer.concat(records);
    const [length = 0] = records.map((record) => record.length);
    const wanted = (most: number) => lengthWhile(file, ([byte = 0]) => byte <= most);
    expect([wanted(0), wanted(1), wanted(3)]).toEqual([0, length, 3 * length]);
    for (let cut = 1; cut <= length; cut += 1) {
      expect(lengthWhile(file.subarray(0, 3 * length - cut), () => true)).toBe(2 * length);
    }
    const broken = Buffer.from(file);
    broken[length + 12] = 9;
    expect(lengthWhile(broken, () => true)).toBe(length);
  });

  it("count every weight once", () => {
    const values = Float32Array.of(-1, -1, 0, 0.5, 3);
    const { limits, counts, ...sums } = histogramOf(values)!;
    expect(sums).toEqual({ min: -1, max: 3, count: 5, sum: 1.5, sumOfSquares: 11.25 });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect([limits.length, counts[0], counts.at(-1), limits.at(-1)]).toEqual([40, 2, 1, 3]);
    expect(histogramOf(Float32Array.of(7, 7))).toMatchObject({ limits: [7], counts: [2] });
    expect(histogramOf(new Float32Array())).toBeUndefined();
  });
});
