import * as v from "valibot";
import { t } from "../core/text/t.ts";
import { sizeOf } from "../core/layers/shape.ts";

/** A named tensor of float32. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Tensors and the words that go with them, as one file holds them. */
export interface TensorFile {
  readonly tensors: readonly NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  readonly dtype: "F32";
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

/** Writes tensors in the safetensors format (github.com/huggingface/safetensors), which Python reads as it is. */
export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  const header: Record<string, HeaderEntry | Readonly<Record<string, string>>> = {
    __metadata__: metadata,
  };
  let length = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = {
      dtype: "F32",
      shape,
      data_offsets: [length, length + values.byteLength],
    };
    length += values.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // The data begin at a multiple of 8, filled up with spaces as the format asks.
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, 8, 8 + headerLength);
  file.set(json, 8);
  let offset = 8 + headerLength;
  for (const { values } of tensors) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return file;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const headerSchema = v.objectWithRest(
  { __metadata__: v.exactOptional(v.record(v.string(), v.string())) },
  v.object({
    dtype: v.string(),
    shape: v.array(count),
    data_offsets: v.tuple([count, count]),
  }),
);

/** The longest header that the reference implementation reads too. */
const longestHeader = 100_000_000;

/** Reads tensors of float32, whoever wrote them; throws an `Error` with words where a file is cut off or something else. */
export function decodeSafetensors(file: Uint8Array): TensorFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerLength = file.length < 8 ? Infinity : Number(view.getBigUint64(0, true));
  const dataStart = 8 + headerLength;
  if (dataStart > file.length || headerLength > longestHeader) {
    throw new Error(t("it is cut off or not a safetensors file"));
  }
  const { __metadata__: metadata = {}, ...entries } = headerOf(file.subarray(8, dataStart));
  const tensors = Object.entries(entries).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [begin, end],
      },
    ]) => {
      if (dtype !== "F32") {
        throw new Error(t("{0} is of the type {1}, and only F32 is read", name, dtype));
      }
      if (end - begin !== 4 * sizeOf(shape)) {
        throw new Error(t("{0} has another size than its shape says", name));
      }
      if (dataStart + end > file.length) {
        throw new Error(t("it is cut off in {0}", name));
      }
      // A copy, also of a `Buffer`, whose own `slice` is a view into memory that others share.
      const bytes = new Uint8Array(file.subarray(dataStart + begin, dataStart + end));
      return { name, shape, values: new Float32Array(bytes.buffer) };
    },
  );
  return { tensors, metadata };
}

function headerOf(bytes: Uint8Array): v.InferOutput<typeof headerSchema> {
  try {
    return v.parse(headerSchema, JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw new Error(t("its header is not that of a safetensors file"));
  }
}
