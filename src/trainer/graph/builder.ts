import type {
  BinaryType,
  DataType,
  Operation,
  OperationAttributes,
  OperationOf,
  OperationType,
  Tensor,
  TensorShape,
  UnaryGradientType,
  UnaryType,
} from "./operation.ts";

/** Shape and element type of an output that is to be made. */
export interface OutputSpec {
  readonly shape: TensorShape;
  readonly dataType?: DataType;
}

/** Collects operations in an order in which they can run. */
export class GraphBuilder {
  readonly #operations: Operation[] = [];
  readonly #byName = new Map<string, Operation>();
  readonly #constants = new Map<string, Tensor>();
  #scope = "";

  /** In topological order. */
  get operations(): readonly Operation[] {
    return this.#operations;
  }

  /** Name under which operations are added now. */
  get scope(): string {
    return this.#scope;
  }

  /** Puts the operations that `make` adds under a name, usually the id of a layer. */
  within<T>(scope: string, make: () => T): T {
    const before = this.#scope;
    this.#scope = scope;
    try {
      return make();
    } finally {
      this.#scope = before;
    }
  }

  /** The operation that makes a tensor. */
  producerOf(tensor: Tensor): Operation {
    const operation = this.#byName.get(tensor.operation);
    if (operation === undefined) {
      throw new Error(`no operation is named ${tensor.operation}`);
    }
    return operation;
  }

  /** Adds an operation with several outputs. */
  addMany<K extends OperationType>(
    type: K,
    inputs: readonly Tensor[],
    attributes: OperationAttributes[K],
    outputs: readonly OutputSpec[],
    after: readonly string[] = [],
  ): readonly Tensor[] {
    const name = `${this.#scope === "" ? "" : `${this.#scope}/`}${type}_${this.#operations.length}`;
    const tensors = outputs.map(({ shape, dataType = "float32" }, index): Tensor => ({
      operation: name,
      index,
      shape,
      dataType,
    }));
    const operation: OperationOf<K> = { name, type, inputs, attributes, outputs: tensors, after };
    this.#operations.push(operation as unknown as Operation);
    this.#byName.set(name, operation as unknown as Operation);
    return tensors;
  }

  /** Adds an operation with one output. */
  add<K extends OperationType>(
    type: K,
    inputs: readonly Tensor[],
    attributes: OperationAttributes[K],
    output: OutputSpec,
    after: readonly string[] = [],
  ): Tensor {
    return first(this.addMany(type, inputs, attributes, [output], after));
  }

  /** Adds an operation that only changes variables; returns its name, to be waited for. */
  update<K extends OperationType>(
    type: K,
    inputs: readonly Tensor[],
    attributes: OperationAttributes[K],
    after: readonly string[] = [],
  ): string {
    this.addMany(type, inputs, attributes, [], after);
    return (this.#operations.at(-1) as Operation).name;
  }

  placeholder(shape: TensorShape, dataType: DataType = "float32"): Tensor {
    return this.add("Placeholder", [], {}, { shape, dataType });
  }

  /** A constant; equal ones are made once. */
  constant(
    values: readonly number[],
    shape: TensorShape = [],
    dataType: DataType = "float32",
  ): Tensor {
    const key = `${dataType}|${shape.join()}|${values.join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) {
      return known;
    }
    const made = this.within("", () => this.add("Const", [], { values }, { shape, dataType }));
    this.#constants.set(key, made);
    return made;
  }

  /** A scalar constant. */
  scalar(value: number): Tensor {
    return this.constant([value]);
  }

  unary(type: UnaryType, x: Tensor): Tensor {
    return this.add(type, [x], {}, { shape: x.shape, dataType: x.dataType });
  }

  /** Gradient of an element-wise function; the order of the inputs is TensorFlow's. */
  unaryGradient(type: UnaryGradientType, a: Tensor, b: Tensor): Tensor {
    return this.add(type, [a, b], {}, { shape: a.shape });
  }

  binary(type: BinaryType, a: Tensor, b: Tensor): Tensor {
    const shape = broadcastShape(a.shape, b.shape);
    const dataType = type === "GreaterEqual" || type === "Equal" ? "bool" : a.dataType;
    return this.add(type, [a, b], {}, { shape, dataType });
  }

  scale(x: Tensor, factor: number): Tensor {
    return factor === 1 ? x : this.binary("Mul", x, this.scalar(factor));
  }

  /** Sum of tensors of one shape. */
  sum(tensors: readonly Tensor[]): Tensor {
    const one = first(tensors);
    return tensors.length === 1 ? one : this.add("AddN", tensors, {}, { shape: one.shape });
  }

  reduce(type: "Sum" | "Mean", x: Tensor, axes: readonly number[], keepDims: boolean): Tensor {
    const shape = keepDims
      ? x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
      : x.shape.filter((_, axis) => !axes.includes(axis));
    return this.add(type, [x], { axes, keepDims }, { shape });
  }

  reshape(x: Tensor, shape: TensorShape): Tensor {
    return this.add("Reshape", [x], { shape }, { shape, dataType: x.dataType });
  }

  cast(x: Tensor, to: DataType): Tensor {
    return this.add("Cast", [x], { to }, { shape: x.shape, dataType: to });
  }
}

/** The first of a list that has one. */
export function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) {
    throw new Error("an empty list where one element is needed");
  }
  return one;
}

/** Shape of an element-wise result, as NumPy broadcasts; -1 is an unknown extent that is equal in both. */
export function broadcastShape(a: TensorShape, b: TensorShape): TensorShape {
  const rank = Math.max(a.length, b.length);
  const aligned = (shape: TensorShape): TensorShape => [
    ...Array.from({ length: rank - shape.length }, () => 1),
    ...shape,
  ];
  const [left, right] = [aligned(a), aligned(b)];
  return left.map((extent, axis) => {
    const other = right[axis] ?? 1;
    if (extent !== other && extent !== 1 && other !== 1) {
      throw new Error(`shapes ${a.join(" × ")} and ${b.join(" × ")} do not fit together`);
    }
    return extent === 1 ? other : extent;
  });
}
