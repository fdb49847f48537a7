import type { JsonValue } from "../layers/option.ts";

/** A node as it stands in a file. */
export interface ZooNode {
  readonly type: string;
  readonly from?: string | readonly string[];
  readonly [option: string]: JsonValue;
}

/** A user-defined block as it stands in a file. */
export interface ZooBlock {
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly inputs: readonly string[];
  readonly nodes: Readonly<Record<string, ZooNode>>;
  readonly output: string;
}

/** Share of wrong answers, in percent, and how it was measured. */
export interface PublishedError {
  readonly percent: number;
  readonly measure: "top-5 on ImageNet" | "CIFAR-10" | "MNIST";
  /** For example `ILSVRC 2014`, or `single model, 10 crops`. */
  readonly setting: string;
}

/** A published network as a design, with what the gallery shows of it. */
export interface ZooNetwork {
  /** Stable name, for commands and links: `resnet152`. */
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly year: number;
  /** Layers with weights on the longest way, as the papers count. */
  readonly depth: number;
  readonly error?: PublishedError;
  /** Paper or code that defines it. */
  readonly source: string;
  /** One sentence on what is special about it. */
  readonly summary: string;
  readonly nodes: Readonly<Record<string, ZooNode>>;
  readonly blocks?: Readonly<Record<string, ZooBlock>>;
  readonly training?: Readonly<Record<string, JsonValue>>;
}
