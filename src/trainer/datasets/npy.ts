import { t } from "../../core/text/t.ts";
import type { Readable } from "node:stream";

/** What stands at the head of an .npy file (numpy.lib.format). */
export interface NpyHeader {
  readonly type: NpyType;
  readonly shape: readonly number[];
  /** Bytes before the first value. */
  readonly length: number;
}

/** How one value is read. */
export interface NpyType {
  readonly name: string;
  readonly bytes: number;
  readonly read: (view: DataView, offset: number) => number;
}

/** An .npy file that this program does not read; the message continues "The array x_train ...". */
export class NpyError extends Error {}

const types: Readonly<Record<string, NpyType>> = Object.fromEntries(
  (
    [
      ["b1", 1, (view, at) => view.getUint8(at)],
      ["u1", 1, (view, at) => view.getUint8(at)],
      ["i1", 1, (view, at) => view.getInt8(at)],
      ["u2", 2, (view, at) => view.getUint16(at, true)],
      ["i2", 2, (view, at) => view.getInt16(at, true)],
      ["u4", 4, (view, at) => view.getUint32(at, true)],
      ["i4", 4, (view, at) => view.getInt32(at, true)],
      ["u8", 8, (view, at) => Number(view.getBigUint64(at, true))],
      ["i8", 8, (view, at) => Number(view.getBigInt64(at, true))],
      ["f4", 4, (view, at) => view.getFloat32(at, true)],
      ["f8", 8, (view, at) => view.getFloat64(at, true)],
    ] as const satisfies readonly (readonly [string, number, NpyType["read"]])[]
  ).map(([name, bytes, read]) => [name, { name, bytes, read }]),
);

const magic = Buffer.from("\u0093NUMPY", "latin1");
const longestHeader = 65_536;

/** Reads an array from a stream: its header, then its values in pieces that hold whole rows. */
export async function readNpy(
  stream: Readable,
  start: (header: NpyHeader) => RowReader,
): Promise<void> {
  let waiting: Buffer = Buffer.alloc(0);
  let reader: RowReader | undefined;
  let left = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    waiting = waiting.length === 0 ? piece : Buffer.concat([waiting, piece]);
    if (reader === undefined) {
      const header = parseHeader(waiting);
      if (header === undefined) continue;
      waiting = waiting.subarray(header.length);
      reader = start(header);
      left = header.shape[0] ?? 1;
    }
    const rows = Math.min(left, Math.floor(waiting.length / reader.bytes));
    if (rows > 0) {
      await reader.rows(waiting.subarray(0, rows * reader.bytes), rows);
      left -= rows;
      waiting = waiting.subarray(rows * reader.bytes);
    }
    if (left === 0 && waiting.length > 0) {
      throw new NpyError(t("is longer than its header announces"));
    }
  }
  if (reader === undefined) {
    throw new NpyError(t("is cut off in its header"));
  }
  if (left > 0) {
    throw new NpyError(t("is cut off: {0} of its entries are missing", left));
  }
}

/** Takes an array apart. */
export interface RowReader {
  /** Bytes of one entry of the first axis. */
  readonly bytes: number;
  readonly rows: (content: Buffer, count: number) => Promise<void>;
}

function parseHeader(content: Buffer): NpyHeader | undefined {
  if (content.length < 12) return undefined;
  if (!content.subarray(0, 6).equals(magic)) {
    throw new NpyError(t("is no NumPy array"));
  }
  const isLong = content[6] !== 1;
  const start = isLong ? 12 : 10;
  const length = start + (isLong ? content.readUInt32LE(8) : content.readUInt16LE(8));
  if (length > longestHeader) {
    throw new NpyError(t("has a header that is too long"));
  }
  return content.length < length
    ? undefined
    : { ...parseDescription(content.toString("latin1", start, length)), length };
}

function parseDescription(text: string): Omit<NpyHeader, "length"> {
  const [, order, name] = /'descr':\s*'([<>|=])(\w+)'/.exec(text) ?? [];
  const [, isFortran] = /'fortran_order':\s*(True|False)/.exec(text) ?? [];
  const [, list] = /'shape':\s*\(([\d,\s]*)\)/.exec(text) ?? [];
  const type = types[name ?? ""];
  if (list === undefined || isFortran === undefined) {
    throw new NpyError(t("has a header that is not understood"));
  }
  const shape = list
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
  if (type === undefined || (order === ">" && type.bytes > 1)) {
    throw new NpyError(
      t(
        "has values of the type {0}; save it as uint8, int64 or float32",
        /'descr':\s*([^,]+)/.exec(text)?.[1] ?? t("unknown"),
      ),
    );
  }
  if (isFortran === "True" && shape.length > 1) {
    throw new NpyError(t("is in Fortran order; save numpy.ascontiguousarray of it"));
  }
  return { type, shape };
}
