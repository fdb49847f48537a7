import type { Network } from "../../src/core/network/network.ts";
import { ask, type OracleLayer } from "./oracle.ts";

/** What Keras makes of one layer: numbers, a refusal, or nothing where a layer before it was refused. */
export type KerasLayer = OracleLayer | { readonly refused: string } | { readonly skipped: true };

/** A network as Keras is asked to build it. */
export interface KerasRequest {
  readonly name: string;
  /** Whether it also runs on an image of zeros, which proves the shapes. */
  readonly execute: boolean;
  readonly layers: readonly {
    readonly id: string;
    readonly type: string;
    readonly inputs: readonly string[];
    readonly options: Readonly<Record<string, unknown>>;
  }[];
}

export interface KerasAnswer {
  readonly name: string;
  readonly layers: Readonly<Record<string, KerasLayer>>;
}

/** Builds the networks in Keras, one after the other in one process. */
export const askKeras = (requests: readonly KerasRequest[]): Promise<readonly KerasAnswer[]> =>
  ask("keras", "keras_oracle.py", requests);

/** The layers of a network with their options alone, nothing that was computed from them. */
export function requestOf(name: string, { layers }: Network, execute = false): KerasRequest {
  return {
    name,
    execute,
    layers: layers.map(({ id, type, inputs, options }) => ({ id, type, inputs, options })),
  };
}

/** What the core makes of one layer, in the words of the oracle. */
export function layerOf(network: Network, id: string): OracleLayer | undefined {
  const inference = network.byId.get(id)?.inference;
  if (inference === undefined) return undefined;
  const { outputShape, weights } = inference;
  const count = (trainable: boolean): number =>
    weights
      .filter((weight) => weight.trainable === trainable)
      .reduce((sum, { shape }) => sum + shape.reduce((one, other) => one * other, 1), 0);
  return { outputShape, trainable: count(true), nonTrainable: count(false) };
}
