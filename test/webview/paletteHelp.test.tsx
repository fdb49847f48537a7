// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import bundle from "../../l10n/bundle.l10n.ko.json" with { type: "json" };
import { loadLayering } from "../../webview/canvas/placeSegment.ts";
import { catalog, catalogEntry } from "../../webview/catalog/catalog.ts";
import { blockMiniature } from "../../webview/help/blockMiniature.ts";
import { formulas } from "../../webview/help/formulas.ts";
import { pictureOf } from "../../webview/help/pictures.tsx";
import { Palette } from "../../webview/palette/Palette.tsx";
import { ApplicationContext } from "../../webview/state/context.ts";
import { analyzed, lenet5 } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

afterEach(cleanup);
beforeAll(loadLayering);

const own = lenet5.replace(
  /\}\s*$/,
  `,
  "blocks": {
    "mine": {
      "parameters": { "k": 2 },
      "inputs": ["x"],
      "nodes": {
        "a": { "type": "conv2d", "from": "x", "filters": "4*k", "kernelSize": 1 },
        "b": { "type": "conv2d", "from": "x", "filters": "4*k", "kernelSize": 3, "padding": "same" },
        "sum": { "type": "add", "from": ["a", "b"] }
      },
      "output": "sum"
    }
  }
}
`,
);

describe("the help of the palette", () => {
  it("has formulas and a picture for every layer and block", () => {
    expect(catalog.filter(({ type }) => formulas[type] === undefined)).toEqual([]);
    const blank = catalog.filter((entry) =>
      entry.category === "block"
        ? (blockMiniature(entry, new Map())?.cards.length ?? 0) < 3
        : pictureOf(entry.type, entry.category) === null,
    );
    expect(blank).toEqual([]);
  });

  it("speaks Korean about what its formulas are about", () => {
    const korean: Readonly<Record<string, string>> = bundle;
    const subjects = Object.values(formulas).flatMap((lines) => lines.map(({ of }) => of));
    expect(subjects.filter((subject) => korean[subject] === undefined)).toEqual([]);
  });

  it("draws a block from what it expands to, those of the file too", () => {
    const { blocks } = analyzed(own).parsed.design;
    const drawn = blockMiniature(catalogEntry("mine", blocks)!, blocks);
    expect(drawn?.cards.map(({ id, category }) => [id, category])).toEqual([
      ["block/a", "convolution"],
      ["block/b", "convolution"],
      ["block/sum", "join"],
      ["↥ image", "input"],
    ]);
    expect(drawn?.wires).toHaveLength(4);
  });

  it("comes by key, goes along with the arrows, and goes by key", async () => {
    const { application } = openApplication(lenet5);
    render(
      <ApplicationContext value={application}>
        <Palette />
      </ApplicationContext>,
    );
    const item = screen.getByTestId("palette-conv2d");
    act(() => item.focus());
    fireEvent.keyDown(item, { key: "ArrowRight" });
    const help = screen.getByTestId("entry-help");
    await within(help).findByText("k·k·C/groups·N + N");
    expect(within(help).getByRole("rowheader", { name: "strides" })).toBeDefined();
    expect(item.getAttribute("aria-describedby")).toBe(help.id);
    expect(application.store.get().spoken).toBe(catalogEntry("conv2d")?.summary);
    fireEvent.keyDown(item, { key: "ArrowDown" });
    await within(screen.getByTestId("entry-help")).findByText("k·k·C·m + C·m");
    fireEvent.keyDown(document.activeElement!, { key: "ArrowLeft" });
    expect(screen.queryByTestId("entry-help")).toBeNull();
  });
});

describe("the palette", () => {
  const groups = (): readonly (string | null)[] =>
    screen.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent);

  it("has the blocks of the file first, and what was used lately before them once it is left", () => {
    const { application, host } = openApplication(own);
    render(
      <ApplicationContext value={application}>
        <Palette />
      </ApplicationContext>,
    );
    expect(groups().slice(0, 2)).toEqual(["Blocks of This File", "Blocks"]);
    act(() => screen.getByTestId("palette-dropout").click());
    act(() => screen.getByTestId("palette-mine").click());
    act(() => screen.getByTestId("palette-dropout").click());
    // Nothing moves under the pointer.
    expect(groups()[0]).toBe("Blocks of This File");
    expect(host.sent.at(-1)).toEqual({ type: "keepRecent", recent: ["dropout", "mine"] });
    fireEvent.pointerLeave(screen.getByTestId("palette"));
    expect(groups().slice(0, 3)).toEqual(["Recently Used", "Blocks of This File", "Blocks"]);
    expect(screen.getByTestId("palette-recent-dropout")).toBeDefined();
  });

  it("keeps the last five", () => {
    const { application } = openApplication(lenet5);
    for (const type of ["add", "dense", "conv2d", "flatten", "dropout", "add", "dense", "input"]) {
      application.remember(type);
    }
    expect(application.store.get().recent).toEqual(["input", "dense", "add", "dropout", "flatten"]);
  });
});
