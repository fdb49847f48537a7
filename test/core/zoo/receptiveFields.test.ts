import { describe, expect, test } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { windowOf } from "../../../src/core/analysis/inputWindow.ts";
import { zoo } from "../../../src/core/zoo/zoo.ts";
import { zooText } from "../../../src/core/zoo/zooText.ts";

describe("receptive fields of the zoo against the pixels that a unit really depends on", () => {
  test.each(zoo.map((network) => [network.id, network] as const))("%s", (_id, network) => {
    const { analysis, network: graph, parsed } = analyzeText(zooText(network));
    const image = graph.layers[0]?.inference?.outputShape ?? [];
    for (const node of parsed.design.nodes.keys()) {
      const id = graph.outputOf.get(node);
      const layer = id === undefined ? undefined : analysis.layerById.get(id);
      const field = layer?.receptiveField;
      if (id === undefined || field === undefined || layer?.outputShape?.length !== 3) continue;
      const [height = 0, width = 0] = layer.outputShape;
      const unit = [Math.floor(height / 2), Math.floor(width / 2)] as const;
      const first = unit.map((place, axis) => place * field.stride[axis]! - field.padding[axis]!);
      const last = first.map((start, axis) => start + field.size[axis]! - 1);
      expect(windowOf(graph, id, ...unit), id).toEqual({
        top: Math.max(0, first[0]!),
        bottom: Math.min(image[0]! - 1, last[0]!),
        left: Math.max(0, first[1]!),
        right: Math.min(image[1]! - 1, last[1]!),
      });
    }
  });
});
