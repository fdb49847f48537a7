import type { EditCommand } from "../design/command.ts";
import type { DesignNode } from "../design/design.ts";
import { applyEdits } from "../design/applyEdits.ts";
import { applyCommand } from "../design/edit.ts";
import { isFeatureMap } from "../layers/shape.ts";
import type { NetworkLayer } from "../network/network.ts";
import { analyzeText, type AnalyzedDesign } from "./analyze.ts";
import { uselessBiases } from "./uselessBias.ts";
import { t } from "../text/t.ts";

/** A change that makes a network cheaper without changing what it is made for. */
export interface Suggestion {
  readonly kind: "reduction" | "globalPooling" | "factorization" | "uselessBias";
  readonly node: string;
  /** Button text in Title Case. */
  readonly title: string;
  /** What it does and what it may cost, in a sentence. */
  readonly reason: string;
  readonly command: EditCommand;
  /** What the network has less afterwards; a few more of one may buy many less of the other. */
  readonly saves: { readonly parameters: number; readonly macs: number };
}

type Candidate = Omit<Suggestion, "saves">;

/** Narrower maps have little that a reduction could save. */
const LEAST_CHANNELS = 32;

/** As far as a reduction of an Inception module goes. */
const REDUCTION = 4;

/** How far a search has come, and what the last step found. */
export interface SearchStep {
  readonly done: number;
  readonly total: number;
  readonly found: Suggestion | undefined;
}

/**
 * Looks for changes that make a design cheaper, one candidate a step. Each is tried on the text, so `saves` is what
 * happens; one that breaks the design or saves nothing is left out. A step takes an analysis: for when it is asked for.
 */
export function* searchImprovements(analyzed: AnalyzedDesign): Generator<SearchStep> {
  const candidates = [...plainLayers(analyzed), ...biases(analyzed)];
  const total = candidates.length;
  for (const [index, candidate] of candidates.entries()) {
    const saves = tryOut(analyzed, candidate.command);
    const found = saves === undefined ? undefined : { ...candidate, saves };
    yield { done: index + 1, total, found };
  }
}

/** The suggestions with the most saving first. */
export function sortByWorth(
  { analysis: { totals } }: AnalyzedDesign,
  suggestions: readonly Suggestion[],
): readonly Suggestion[] {
  const worth = ({ saves }: Suggestion) =>
    saves.parameters / Math.max(1, totals.parameters.total) + saves.macs / Math.max(1, totals.macs);
  return suggestions.toSorted((one, other) => worth(other) - worth(one));
}

/** Everything that a search finds, the most saving first. */
export function suggestImprovements(analyzed: AnalyzedDesign): readonly Suggestion[] {
  const found = [...searchImprovements(analyzed)].flatMap((step) => step.found ?? []);
  return sortByWorth(analyzed, found);
}

/** Suggestions that are done as one. */
export interface CombinedSuggestion {
  readonly suggestions: readonly Suggestion[];
  readonly command: EditCommand;
  readonly saves: Suggestion["saves"];
}

/** The best suggestion for each node, all of them as one change; `undefined` where there are not two that go together. */
export function combineSuggestions(
  analyzed: AnalyzedDesign,
  suggestions: readonly Suggestion[],
): CombinedSuggestion | undefined {
  const chosen: Suggestion[] = [];
  let saves: Suggestion["saves"] = { parameters: 0, macs: 0 };
  for (const suggestion of suggestions) {
    if (chosen.some(({ node }) => node === suggestion.node)) continue;
    const together = tryOut(analyzed, sequenceOf([...chosen, suggestion]));
    // What saves nothing beside the others only makes the change larger.
    const isMore =
      together !== undefined && together.parameters + together.macs > saves.parameters + saves.macs;
    if (!isMore) continue;
    chosen.push(suggestion);
    saves = together;
  }
  return chosen.length < 2
    ? undefined
    : { suggestions: chosen, command: sequenceOf(chosen), saves };
}

const sequenceOf = (suggestions: readonly Suggestion[]): EditCommand => ({
  type: "sequence",
  commands: suggestions.map(({ command }) => command),
});

/** What is saved when the command is done, or `undefined` where that makes no sense. */
function tryOut(
  { parsed, analysis }: AnalyzedDesign,
  command: EditCommand,
): Suggestion["saves"] | undefined {
  const result = applyCommand(parsed, command);
  if (result.type === "refused") return undefined;
  const after = analyzeText(applyEdits(parsed.text, result.edits)).analysis;
  const errors = (problems: typeof after.problems) =>
    problems.filter(({ severity }) => severity === "error").length;
  if (errors(after.problems) > errors(analysis.problems)) return undefined;
  const parameters = analysis.totals.parameters.total - after.totals.parameters.total;
  const macs = analysis.totals.macs - after.totals.macs;
  return parameters + macs > 0 && parameters >= 0 ? { parameters, macs } : undefined;
}

function plainLayers({ parsed, network }: AnalyzedDesign): readonly Candidate[] {
  return network.layers.flatMap((layer) => {
    const node = parsed.design.nodes.get(layer.node);
    if (node === undefined || layer.id !== node.id) return [];
    if (layer.type === "conv2d") return convolutions(layer, node);
    return layer.type === "flatten" ? poolings(layer) : [];
  });
}

function convolutions(
  layer: NetworkLayer & { readonly type: "conv2d" },
  node: DesignNode,
): readonly Candidate[] {
  const { kernelSize, strides, groups, filters } = layer.options;
  const channels = layer.inputShapes[0]?.[2] ?? 0;
  const [height, width] = kernelSize;
  if (groups !== 1 || height !== width || height < 3) return [];
  const candidates: Candidate[] = [];
  if (channels >= LEAST_CHANNELS) {
    const narrow = Math.round(channels / REDUCTION);
    candidates.push({
      kind: "reduction",
      node: node.id,
      title: t("Put a 1 × 1 Reduction to {0} Channels before {1}", narrow, node.id),
      reason: t(
        "{0} reads {1} channels; a 1 × 1 convolution mixes them down to {2} first, as in an Inception module.",
        node.id,
        channels,
        narrow,
      ),
      command: {
        type: "addNode",
        nodeType: "conv2d",
        options: { filters: narrow, kernelSize: 1, activation: "relu" },
        onto: { node: node.id, index: 0 },
      },
    });
  }
  if (height === 5 && strides[0] === 1 && strides[1] === 1 && node.repeat === 1) {
    candidates.push({
      kind: "factorization",
      node: node.id,
      title: t("Split {0} into Two 3 × 3", node.id),
      reason: t(
        "Two 3 × 3 convolutions with {0} filters see the same 5 × 5 pixels, with one more activation between them.",
        filters,
      ),
      command: {
        type: "sequence",
        commands: [
          { type: "setOption", nodes: [node.id], option: "kernelSize", value: 3 },
          { type: "setOption", nodes: [node.id], option: "repeat", value: 2 },
        ],
      },
    });
  }
  return candidates;
}

function poolings(layer: NetworkLayer): readonly Candidate[] {
  const [input] = layer.inputShapes;
  if (input === undefined || !isFeatureMap(input) || input[0] * input[1] === 1) return [];
  return [
    {
      kind: "globalPooling",
      node: layer.node,
      title: t("Average the Map before the Dense Layers"),
      reason: t(
        "One mean a channel instead of all {0} × {1} positions, as every network since GoogLeNet does; where on the map something stands no longer counts.",
        input[0],
        input[1],
      ),
      command: {
        type: "addNode",
        nodeType: "globalAveragePooling2d",
        onto: { node: layer.node, index: 0 },
      },
    },
  ];
}

function biases({ parsed, network }: AnalyzedDesign): readonly Candidate[] {
  const nodes = new Set(uselessBiases(network).map(({ node }) => node));
  return [...nodes]
    .filter(
      (id) => network.byId.has(id) || parsed.design.nodes.get(id)?.options["useBias"] === true,
    )
    .map((id) => ({
      kind: "uselessBias",
      node: id,
      title: t("Leave out the Bias of {0}", id),
      reason: t("The batch normalization behind it takes the bias away again."),
      command: { type: "setOption", nodes: [id], option: "useBias", value: false },
    }));
}
