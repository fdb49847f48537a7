import type { Analysis, LayerAnalysis, ParameterCount } from "../core/analysis/analysis.ts";
import type { Problem, ProblemCode, Severity } from "../core/design/problem.ts";
import type { Pair } from "../core/layers/option.ts";
import { LinePlaces, type LinePlace } from "./linePlaces.ts";

/** What `cnn-architect analyze --json` prints: a contract, described in docs/cli.md. */
export interface AnalysisJson {
  readonly name: string;
  readonly parameters: ParameterCount;
  /** Multiply-accumulates for one image. */
  readonly macs: number;
  /** In topological order. */
  readonly layers: readonly LayerJson[];
  readonly problems: readonly ProblemJson[];
}

interface LayerJson {
  readonly id: string;
  readonly type: string;
  readonly inputs: readonly string[];
  /** `null` where a problem keeps it from being known. */
  readonly outputShape: readonly number[] | null;
  readonly parameters: ParameterCount;
  readonly macs: number;
  /** `null` where there is none. */
  readonly receptiveField: {
    readonly size: Pair;
    readonly stride: Pair;
    readonly padding: Pair;
    readonly aligned: boolean;
  } | null;
}

interface ProblemJson {
  readonly severity: Severity;
  readonly code: ProblemCode;
  readonly message: string;
  readonly node?: string;
  readonly range?: { readonly start: LinePlace; readonly end: LinePlace };
}

/** The analysis of a text in the form of the contract. */
export function analysisJson(text: string, analysis: Analysis): AnalysisJson {
  const places = new LinePlaces(text);
  return {
    name: analysis.name,
    parameters: parametersJson(analysis.totals.parameters),
    macs: analysis.totals.macs,
    layers: analysis.layers.map(layerJson),
    problems: analysis.problems.map((problem) => problemJson(problem, places)),
  };
}

function parametersJson({ total, trainable, nonTrainable }: ParameterCount): ParameterCount {
  return { total, trainable, nonTrainable };
}

function layerJson(layer: LayerAnalysis): LayerJson {
  const { id, type, inputs, outputShape = null, parameters, macs, receptiveField } = layer;
  return {
    id,
    type,
    inputs,
    outputShape,
    parameters: parametersJson(parameters),
    macs,
    receptiveField:
      receptiveField === undefined
        ? null
        : {
            size: receptiveField.size,
            stride: receptiveField.stride,
            padding: receptiveField.padding,
            aligned: receptiveField.aligned,
          },
  };
}

function problemJson(problem: Problem, places: LinePlaces): ProblemJson {
  const { severity, code, message, node, range } = problem;
  return {
    severity,
    code,
    message,
    ...(node === undefined ? {} : { node }),
    ...(range === undefined ? {} : { range: places.rangeOf(range) }),
  };
}
