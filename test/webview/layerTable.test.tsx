// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { layerTable } from "../../src/core/table/layerTable.ts";
import { initialTable, readTableView, sortedBy } from "../../webview/state/tableView.ts";
import { ApplicationContext } from "../../webview/state/context.ts";
import { LayerTable } from "../../webview/table/LayerTable.tsx";
import { visibleRows } from "../../webview/table/visibleRows.ts";
import { tableColumns } from "../../src/core/table/tableColumns.ts";
import { analyzed, branches } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

afterEach(cleanup);

const { rows } = layerTable(analyzed(branches));
const column = (name: string) => tableColumns.find(({ id }) => id === name)!;

describe("the rows that are seen", () => {
  it("are the nodes of the design, and what opened blocks hold", () => {
    const closed = visibleRows(rows, initialTable, "").map(({ row }) => row.id);
    const open = visibleRows(rows, { ...initialTable, open: ["mix", "mix/1"] }, "").map(
      ({ row }) => row.id,
    );
    expect(closed).toEqual(["image", "stem", "a", "b", "c", "join", "mix", "mean", "classes"]);
    expect(open.slice(6, 10)).toEqual(["mix", "mix/1", "mix/1/conv1", "mix/1/bn1"]);
  });

  it("are sorted among their siblings, equal ones in the order of the network", () => {
    const view = sortedBy({ ...initialTable, open: ["mix", "mix/1"] }, column("parameters"));
    const seen = visibleRows(rows, view, "");
    const outer = seen.filter(({ level }) => level === 1).map(({ row }) => row.id);
    expect(outer).toEqual(["mix", "c", "b", "stem", "a", "classes", "image", "join", "mean"]);
    const inner = seen.filter(({ level }) => level === 3);
    expect(inner.map(({ row }) => row.parameters.total)).toEqual(
      inner.map(({ row }) => row.parameters.total).toSorted((a, b) => b - a),
    );
    expect(inner[0]).toMatchObject({ position: 1, siblings: inner.length });
  });

  it("go back to the order of the network when sorted a third time", () => {
    const once = sortedBy(initialTable, column("macs"));
    const twice = sortedBy(once, column("macs"));
    expect([once.sort, twice.sort, sortedBy(twice, column("macs")).sort]).toEqual([
      { column: "macs", isDescending: true },
      { column: "macs", isDescending: false },
      undefined,
    ]);
  });

  it("are found by words, with the blocks around them opened", () => {
    const found = visibleRows(rows, initialTable, "batch 2/").map(({ row }) => row.id);
    expect(found).toEqual(["mix", "mix/2", "mix/2/bn1", "mix/2/bn2"]);
    const flat = visibleRows(rows, { ...initialTable, isFlat: true }, "conv2d");
    expect(flat.every(({ row }) => row.kind === "layer" && row.type === "conv2d")).toBe(true);
  });

  it("survive what an earlier version may have kept", () => {
    expect(readTableView({ sort: { column: 3 }, open: ["a", 1], isFlat: 1 })).toEqual({
      open: ["a"],
      isFlat: false,
    });
  });
});

describe("the table", () => {
  function show() {
    const { application, host } = openApplication(branches);
    render(
      <ApplicationContext value={application}>
        <LayerTable />
      </ApplicationContext>,
    );
    const grid = screen.getByRole("treegrid");
    const press = (...keys: readonly string[]): void => {
      for (const key of keys) {
        fireEvent.keyDown(grid, { key });
      }
    };
    const current = (): string | null => grid.getAttribute("aria-activedescendant");
    return { application, host, grid, press, current };
  }

  it("is read and worked with by keys alone", () => {
    const { application, grid, press, current } = show();
    press("Home", "ArrowDown", "ArrowDown");
    expect([current(), application.store.get().view.selection]).toEqual(["table-row-a", ["a"]]);
    press("End");
    expect(current()).toBe("table-row-classes");
    act(() => application.select(["mix"]));
    expect(current()).toBe("table-row-mix");
    press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight");
    expect(screen.getByTestId("table-row-mix").getAttribute("aria-expanded")).toBe("true");
    // A layer of a closed block stands for its block on the canvas.
    expect([current(), application.store.get().view.selection]).toEqual([
      "table-row-mix/1/conv1",
      ["mix"],
    ]);
    press("Enter");
    expect(application.store.get().view).toMatchObject({
      openBlocks: ["mix", "mix/1"],
      selection: ["mix/1/conv1"],
    });
    press("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft");
    expect(screen.getByTestId("table-row-mix").getAttribute("aria-expanded")).toBe("false");
    press("Home", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Enter");
    expect(current()).toBe("table-head-4");
    expect(screen.getByTestId("table-sort-parameters").getAttribute("aria-sort")).toBe(
      "descending",
    );
    expect(grid.getAttribute("aria-rowcount")).toBe("11");
  });

  it("opens up to a layer that is selected on the canvas", () => {
    const { application, current } = show();
    act(() => application.setView({ openBlocks: ["mix", "mix/2"], selection: ["mix/2/conv2"] }));
    expect(current()).toBe("table-row-mix/2/conv2");
    expect(screen.getByTestId("table-row-mix/2/conv2").getAttribute("aria-selected")).toBe("true");
  });

  it("follows the text", () => {
    const { host } = show();
    act(() => host.document(branches.replace('"units": 10', '"units": 20'), 2));
    expect(screen.getByTestId("table-row-classes").textContent).toContain("980");
  });

  it("asks the host for its exports", () => {
    const { host } = show();
    fireEvent.click(screen.getByTestId("table-copy"));
    fireEvent.click(screen.getByTestId("table-save"));
    expect(host.sent.slice(-2)).toEqual([
      { type: "exportLayerTable", form: "markdown", to: "clipboard" },
      { type: "exportLayerTable", form: "csv", to: "file" },
    ]);
  });
});
