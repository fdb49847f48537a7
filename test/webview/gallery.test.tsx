// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import bundle from "../../l10n/bundle.l10n.ko.json" with { type: "json" };
import { analyzeText } from "../../src/core/analysis/analyze.ts";
import { applyEdits } from "../../src/core/design/applyEdits.ts";
import { applyCommand } from "../../src/core/design/edit.ts";
import type { EditCommand } from "../../src/core/design/command.ts";
import type { Network } from "../../src/core/network/network.ts";
import { ilsvrc } from "../../src/core/zoo/ilsvrc.ts";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { zooText } from "../../src/core/zoo/zooText.ts";
import { loadLayering } from "../../webview/canvas/placeSegment.ts";
import { Gallery } from "../../webview/gallery/Gallery.tsx";
import { insertAsBlock } from "../../webview/gallery/insertAsBlock.ts";
import { insertNetwork, insertsBehind } from "../../webview/gallery/insertNetwork.ts";
import { previewOf, previewSize } from "../../webview/gallery/previews.ts";
import { ApplicationContext } from "../../webview/state/context.ts";
import { analyzed, branches } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

afterEach(cleanup);
beforeAll(loadLayering);

const network = (id: string) => zoo.find((each) => each.id === id)!;

function done(text: string, command: EditCommand): string {
  const result = applyCommand(text, command);
  if (result.type === "refused") {
    throw new Error(result.message);
  }
  return applyEdits(text, result.edits);
}

/** Ids of the layers that one hangs on, and its own. */
function leadsTo({ byId }: Network, output: string): ReadonlySet<string> {
  const found = new Set([output]);
  for (const id of found) {
    for (const input of byId.get(id)?.inputs ?? []) found.add(input);
  }
  return found;
}

describe("inserting a network", () => {
  it.each(zoo.map(({ id }) => [id]))("%s costs behind an image what it costs alone", (id) => {
    const alone = analyzeText(zooText(network(id))).analysis.totals;
    const image = Object.values(network(id).nodes).find(({ type }) => type === "input");
    const start = JSON.stringify({ version: 1, nodes: { start: image } });
    const { analysis } = analyzeText(done(start, insertNetwork(network(id), "start")));
    expect(analysis.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect([analysis.totals.parameters, analysis.totals.macs]).toEqual([
      alone.parameters,
      alone.macs,
    ]);
  });

  it.each(zoo.map(({ id }) => [id]))("%s costs the same as one block of the file", (id) => {
    const nodes = Object.values(network(id).nodes);
    const image = nodes.find(({ type }) => type === "input");
    const start = JSON.stringify({ version: 1, nodes: { start: image } });
    const { analysis, parsed } = analyzeText(done(start, insertAsBlock(network(id), "start")));
    expect(analysis.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect([...parsed.design.nodes.keys()]).toEqual(["start", id]);
    // Outputs that are there for the training only stay away.
    const alone = analyzeText(zooText(network(id)));
    const [output] = alone.network.outputs;
    const used = leadsTo(alone.network, output!);
    const needed = alone.analysis.layers.filter(({ id: layer }) => used.has(layer));
    expect(analysis.totals.macs).toBe(needed.reduce((sum, { macs }) => sum + macs, 0));
  });

  it("fills an empty design with its image, and with its block", () => {
    const { parsed } = analyzeText(done("", insertAsBlock(network("lenet5"), undefined)));
    expect([...parsed.design.nodes.values()].map(({ type, from }) => [type, from])).toEqual([
      ["input", []],
      ["lenet5", ["image"]],
    ]);
  });

  it("fills an empty design with its image", () => {
    const { parsed, analysis } = analyzeText(done("", insertNetwork(network("lenet5"), undefined)));
    expect([parsed.design.nodes.get("image")?.type, analysis.totals.parameters.total]).toEqual([
      "input",
      61_706,
    ]);
  });

  it("goes behind the selection, else behind the image, also where names are taken", () => {
    const { design } = analyzed(branches).parsed;
    expect([
      insertsBehind(design, ["mix/1/conv1"]),
      insertsBehind(design, []),
      insertsBehind(design, ["gone"]),
    ]).toEqual(["mix", "image", "image"]);
    const own = JSON.stringify({
      version: 1,
      nodes: {
        image: { type: "input", shape: [227, 227, 3] },
        conv1: { type: "conv2d", from: "image", filters: 3, kernelSize: 1 },
      },
    });
    const { parsed } = analyzeText(done(own, insertNetwork(network("alexnet"), "conv1")));
    const readers = [...parsed.design.nodes.values()].filter(({ from }) => from.includes("conv1"));
    expect(readers.map(({ id, type }) => [id, type])).toEqual([["conv1_2", "conv2d"]]);
  });
});

describe("the gallery", () => {
  it("shows the error by year as it was taught, with networks that are there", () => {
    expect(ilsvrc.map(({ error }) => error)).toEqual([28.2, 25.8, 16.4, 11.7, 7.3, 6.7, 3.57]);
    for (const { id, error, depth } of ilsvrc) {
      if (id !== undefined) {
        expect([id, network(id).error?.percent, network(id).depth]).toEqual([id, error, depth]);
      }
    }
  });

  it("draws every network inside of its picture", () => {
    const { width, height } = previewSize;
    const outside = zoo.flatMap((each) =>
      previewOf(each)
        .miniature.cards.filter(
          (card) =>
            card.x < 0 ||
            card.y < 0 ||
            card.x + card.width > width ||
            card.y + card.height > height,
        )
        .map((card) => `${each.id} ${card.id}`),
    );
    expect(outside).toEqual([]);
  });

  it("speaks Korean about what is special of a network and how its error was measured", () => {
    const korean: Readonly<Record<string, string>> = bundle;
    const texts = zoo.flatMap(({ summary, error }) => [
      summary,
      ...(error === undefined ? [] : [error.measure, error.setting]),
    ]);
    expect(texts.filter((text) => korean[text] === undefined)).toEqual([]);
  });

  it("is searched, walked by arrows, opened by Enter and inserted as one step", () => {
    const { application, host } = openApplication(branches);
    application.openDialog("gallery");
    render(
      <ApplicationContext value={application}>
        <Gallery />
      </ApplicationContext>,
    );
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "densenet" } });
    const cards = screen.getAllByRole("button").filter(({ dataset }) => dataset["network"]);
    expect(cards.map(({ dataset }) => dataset["network"])).toEqual(
      zoo.filter(({ family }) => family === "DenseNet").map(({ id }) => id),
    );
    act(() => cards[0]!.focus());
    fireEvent.keyDown(cards[0]!, { key: "ArrowRight" });
    expect(document.activeElement).toBe(cards[1]);
    fireEvent.keyDown(cards[1]!, { key: "Enter" });
    expect(host.sent.at(-1)).toEqual({
      type: "openExample",
      id: cards[1]!.dataset["network"],
    });
    act(() => within(screen.getByRole("dialog")).getByText("Insert after image").click());
    expect(host.edits).toHaveLength(1);
    const { dialog, view, shown } = application.store.get();
    expect([dialog, view.selection.length]).toEqual([
      undefined,
      shown.parsed.design.nodes.size - analyzed(branches).parsed.design.nodes.size,
    ]);
  });
});
