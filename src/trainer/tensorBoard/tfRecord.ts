import { maskedCrc32c } from "./crc32c.ts";

const lengthSize = 8;
const checksumSize = 4;
const headerSize = lengthSize + checksumSize;

/** One record of a TFRecord file (tensorflow.org/tutorials/load_data/tfrecord): length, data, and a checksum of each. */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(headerSize + data.length + checksumSize);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(lengthSize, maskedCrc32c(record.subarray(0, lengthSize)), true);
  record.set(data, headerSize);
  view.setUint32(headerSize + data.length, maskedCrc32c(data), true);
  return record;
}

/** Number of bytes up to the first record that is broken, cut off or not wanted. */
export function lengthWhile(file: Uint8Array, isWanted: (data: Uint8Array) => boolean): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let end = 0;
  while (end + headerSize <= file.length) {
    const size = Number(view.getBigUint64(end, true));
    const next = end + headerSize + size + checksumSize;
    if (next > file.length) break;
    const data = file.subarray(end + headerSize, next - checksumSize);
    if (view.getUint32(next - checksumSize, true) !== maskedCrc32c(data) || !isWanted(data)) break;
    end = next;
  }
  return end;
}
