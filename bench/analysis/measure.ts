// Times the road from text to numbers in a process of its own, and prints one line of JSON.
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";

/** Milliseconds of parse, expand, infer and analyse together. */
export interface AnalysisTimes {
  readonly network: string;
  readonly layers: number;
  readonly trainable: number;
  readonly macs: number;
  /** The first time in a fresh process, compilation of the program included. */
  readonly cold: number;
  /** The same text again, median and least. */
  readonly warm: number;
  readonly warmLeast: number;
  /** Each time with another change in the middle of the text. */
  readonly edited: number;
  readonly editedLeast: number;
}

const rounds = 60;

function time(text: string): number {
  const start = performance.now();
  analyzeText(text);
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

function measure(id: string, editedNode: string, option: string): AnalysisTimes {
  const network = zoo.find((entry) => entry.id === id);
  const node = network?.nodes[editedNode];
  if (network === undefined || node === undefined) throw new Error(`no ${editedNode} in ${id}`);
  const text = zooText(network);
  const withValue = (value: number) =>
    zooText({
      ...network,
      nodes: { ...network.nodes, [editedNode]: { ...node, [option]: value } },
    });
  const cold = time(text);
  for (let round = 0; round < rounds; round++) time(text);
  const warm = Array.from({ length: rounds }, () => time(text));
  const first = Number(node[option]);
  // The process is as warm for edits as it is for the same text; each of them is new to it all the same.
  const edits = Array.from({ length: 2 * rounds }, (_, round) => withValue(first + 1 + round));
  const edited = edits.map(time).slice(rounds);
  const { analysis } = analyzeText(text);
  return {
    network: network.name,
    layers: analysis.layers.length,
    trainable: analysis.totals.parameters.trainable,
    macs: analysis.totals.macs,
    cold,
    warm: median(warm),
    warmLeast: Math.min(...warm),
    edited: median(edited),
    editedLeast: Math.min(...edited),
  };
}

const [, , id = "", editedNode = "", option = ""] = process.argv;
process.stdout.write(`${JSON.stringify(measure(id, editedNode, option))}\n`);
