/** Almost every number in a graph fits into one byte. */
const oneByte = Array.from({ length: 0x80 }, (_, value) => Uint8Array.of(value));
const encoder = new TextEncoder();

/** Writes protocol buffer messages (https://protobuf.dev/programming-guides/encoding). */
export class ProtobufWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** An unsigned number, or a negative one as 64-bit two's complement. */
  varint(value: number): this {
    if (value >= 0 && value < 0x80) {
      return this.#push(oneByte[value] as Uint8Array);
    }
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 0x7fn) {
      bytes.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    bytes.push(Number(rest));
    return this.#push(Uint8Array.from(bytes));
  }

  integer(field: number, value: number): this {
    return this.#tag(field, 0).varint(value);
  }

  float(field: number, value: number): this {
    return this.#tag(field, 5).#push(new Uint8Array(Float32Array.of(value).buffer));
  }

  double(field: number, value: number): this {
    return this.#tag(field, 1).#push(new Uint8Array(Float64Array.of(value).buffer));
  }

  /** A repeated field, packed. */
  doubles(field: number, values: readonly number[]): this {
    return this.bytes(field, new Uint8Array(Float64Array.from(values).buffer));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#tag(field, 2).varint(value.length).#push(value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, message: ProtobufWriter): this {
    return this.bytes(field, message.finish());
  }

  /** Everything written so far. */
  finish(): Uint8Array {
    const all = new Uint8Array(this.#length);
    let offset = 0;
    for (const part of this.#parts) {
      all.set(part, offset);
      offset += part.length;
    }
    return all;
  }

  #tag(field: number, wireType: 0 | 1 | 2 | 5): this {
    return this.varint((field << 3) | wireType);
  }

  #push(part: Uint8Array): this {
    this.#parts.push(part);
    this.#length += part.length;
    return this;
  }
}
