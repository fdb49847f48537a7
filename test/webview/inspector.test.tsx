// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { Inspector } from "../../webview/inspector/Inspector.tsx";
import { ApplicationContext } from "../../webview/state/context.ts";
import { lenet5 } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

/** Two maps of 26 × 26, one of them cut off at the lower right. */
const misaligned = `{
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 1] },
    "same": { "type": "conv2d", "from": "image", "filters": 4, "kernelSize": 3, "padding": [1, 0, 1, 0] },
    "shifted": { "type": "conv2d", "from": "image", "filters": 4, "kernelSize": 3, "padding": [0, 1, 0, 1] },
    "join": { "type": "concatenate", "from": ["same", "shifted"] }
  }
}
`;

const wasteful = `{
  "nodes": {
    "image": { "type": "input", "shape": [16, 16, 3] },
    "a": { "type": "conv2d", "from": "image", "filters": 64, "kernelSize": 3, "padding": "same" },
    "b": { "type": "conv2d", "from": "a", "filters": 64, "kernelSize": 5, "padding": "same" },
    "flat": { "type": "flatten", "from": "b" },
    "out": { "type": "dense", "from": "flat", "units": 10 }
  }
}
`;

const inspect = (...selection: readonly string[]) => inspectText(lenet5, ...selection);

function inspectText(text: string, ...selection: readonly string[]) {
  const opened = openApplication(text);
  opened.application.select(selection);
  render(
    <ApplicationContext value={opened.application}>
      <Inspector />
    </ApplicationContext>,
  );
  return opened;
}

const field = (name: string): HTMLInputElement => screen.getByLabelText<HTMLInputElement>(name);

const type = (name: string, value: string): void => {
  fireEvent.focus(field(name));
  fireEvent.change(field(name), { target: { value } });
};

// What is loaded when it is wanted takes its time on a busy machine.
configure({ asyncUtilTimeout: 20_000 });

afterEach(cleanup);

describe("a field of the inspector", () => {
  it("tells the effect while typing and makes one edit on Enter", () => {
    const { host } = inspect("c1");
    type("filters", "12");
    expect(screen.getByTestId("option-filters").textContent).toContain(
      "6 to 12 filters: +2,556 parameters, +357.6 k MACs",
    );
    expect(host.edits).toEqual([]);
    fireEvent.keyDown(field("filters"), { key: "Enter" });
    fireEvent.blur(field("filters"));
    expect(host.edits.map(({ command }) => command)).toEqual([
      { type: "setOption", nodes: ["c1"], option: "filters", value: 12 },
    ]);
  });

  it("makes its edit when it is left, and none after Escape", () => {
    const { host } = inspect("c1");
    type("kernelSize", "3 × 5");
    fireEvent.keyDown(field("kernelSize"), { key: "Escape" });
    fireEvent.blur(field("kernelSize"));
    expect(field("kernelSize").value).toBe("5");
    type("kernelSize", "3 × 5");
    fireEvent.blur(field("kernelSize"));
    expect(host.edits.map(({ command }) => command)).toEqual([
      { type: "setOption", nodes: ["c1"], option: "kernelSize", value: [3, 5] },
    ]);
  });

  it("explains what does not fit and does not send it", () => {
    const { host } = inspect("c1");
    type("filters", "0");
    fireEvent.keyDown(field("filters"), { key: "Enter" });
    expect(screen.getByTestId("option-filters").textContent).toContain("whole number from 1");
    expect([field("filters").getAttribute("aria-invalid"), host.edits]).toEqual(["true", []]);
  });

  it("tells unit, range and usual values of the one with the keyboard, and tries one of them", () => {
    const { host } = inspect("c1");
    fireEvent.focus(field("kernelSize"));
    expect(screen.getByTestId("option-kernelSize").textContent).toContain("px");
    const options = screen.getByRole("region", { name: "Options" });
    expect(options.textContent).toContain(
      "Height and width of the filter in pixels. (1 or more) 1371 × 33 × 1",
    );
    fireEvent.click(within(options).getByRole("button", { name: "3" }));
    expect([field("kernelSize").value, host.edits]).toEqual(["3", []]);
    expect(screen.getByTestId("option-kernelSize").textContent).toContain(
      "5 to 3: −96 parameters, −75,264 MACs",
    );
    fireEvent.keyDown(field("kernelSize"), { key: "Enter" });
    expect(host.edits.map(({ command }) => command)).toEqual([
      { type: "setOption", nodes: ["c1"], option: "kernelSize", value: 3 },
    ]);
  });

  it("warns of a problem that the value would make", () => {
    inspect("c3");
    type("kernelSize", "40");
    expect(screen.getByTestId("option-kernelSize").textContent).toMatch(/40 × 40/);
  });

  it("goes back to the default as one edit", () => {
    const { host } = inspect("c1");
    fireEvent.click(screen.getByRole("button", { name: "Reset padding to its default" }));
    expect(host.edits.map(({ command }) => command)).toEqual([
      { type: "setOption", nodes: ["c1"], option: "padding" },
    ]);
  });

  it("edits several nodes as one step", async () => {
    const { host } = inspect("c1", "c3");
    await screen.findByText("2 nodes");
    expect(field("filters").value).toBe("");
    type("filters", "8");
    fireEvent.keyDown(field("filters"), { key: "Enter" });
    expect(host.edits.map(({ command }) => command)).toEqual([
      { type: "setOption", nodes: ["c1", "c3"], option: "filters", value: 8 },
    ]);
  });
});

describe("the inspector", () => {
  it("shows the sums with the node's own numbers", () => {
    inspect("c3");
    const costs = screen.getByRole("region", { name: "Costs" }).textContent ?? "";
    expect(costs).toContain("5·5·6·16 + 16 = 2,416");
  });

  it("tells how the weights start, with the fans of this layer", () => {
    inspect("c3");
    const costs = screen.getByRole("region", { name: "Costs" }).textContent ?? "";
    // Glorot and Bengio 2010: √(6 / (5·5·6 + 5·5·16)).
    expect(costs).toContain("glorotUniformuniform within ±√(6 / (150 + 400)) = 0.104");
  });

  it("slides the window of a convolution over its own input with the arrow keys", async () => {
    inspect("c3");
    const window = await screen.findByRole("region", { name: "Window" });
    expect(window.textContent).toContain("5×5 of 14×14×6 at 0, 0 → 10×10×16 at 0, 0");
    const drawing = within(window).getByRole("slider");
    fireEvent.keyDown(drawing, { key: "ArrowDown" });
    fireEvent.keyDown(drawing, { key: "ArrowRight" });
    fireEvent.keyDown(drawing, { key: "ArrowRight" });
    fireEvent.keyDown(drawing, { key: "ArrowUp" });
    fireEvent.keyDown(drawing, { key: "ArrowUp" });
    expect(window.textContent).toContain("5×5 of 14×14×6 at 0, 2 → 10×10×16 at 0, 2");
    expect(window.textContent).toContain("5·5·6 products and their sum, for each filter.");
  });

  it("draws the receptive field and steps along the way from the image", async () => {
    inspect("c3");
    const drawn = await screen.findByRole("region", { name: "Receptive field" });
    expect(drawn.textContent).toContain("Receptive field 14 × 14stride 2, padding 2");
    const slider = within(drawn).getByRole("slider", { name: "Layer on the way from the image" });
    expect(slider.getAttribute("aria-valuetext")).toBe("c3: 14 × 14, stride 2");
    fireEvent.change(slider, { target: { value: "1" } });
    expect(drawn.textContent).toContain("Receptive field 5 × 5stride 1, padding 2");
    expect(slider.getAttribute("aria-valuetext")).toBe("c1: 5 × 5, stride 1");
  });

  it("asks for images of the data set once, and lays the window over one", async () => {
    const { host } = inspectText(
      lenet5.replace('"name"', '"training": { "dataset": "mnist" },\n  "name"'),
      "c3",
    );
    await screen.findByRole("region", { name: "Receptive field" });
    const asked = host.sent.filter((request) => request.type === "readSamples");
    expect(asked).toHaveLength(1);
    host.post({
      type: "sampleImages",
      subject: asked[0]?.subject ?? "",
      imageShape: [28, 28, 1],
      images: [btoa("\0".repeat(784)), btoa("\u{ff}".repeat(784))],
    });
    await screen.findByTestId("sample");
    fireEvent.click(screen.getByRole("button", { name: "Next Image" }));
    expect(host.sent.filter((request) => request.type === "readSamples")).toHaveLength(1);
  });

  it("marks the branch that looks elsewhere at the join where it does", async () => {
    inspectText(misaligned, "join");
    const drawn = await screen.findByRole("region", { name: "Receptive field" });
    const rows = within(drawn)
      .getAllByRole("row")
      .map((row) => [...row.children].map((cell) => cell.textContent));
    expect(rows).toEqual([
      ["branch", "window", "stride", "first centre"],
      ["same", "3", "1", "0, 0"],
      ["≠ shifted", "3", "1", "1, 1"],
    ]);
  });

  it("edits the recipe of the design where nothing is selected", () => {
    const { host } = inspect();
    type("epochs", "7");
    fireEvent.keyDown(field("epochs"), { key: "Enter" });
    fireEvent.change(screen.getByLabelText("dataset"), { target: { value: "mnist" } });
    expect(host.edits.map(({ command }) => command)).toEqual([
      { type: "setTraining", path: ["epochs"], value: 7 },
      { type: "setTraining", path: ["dataset"], value: "mnist" },
    ]);
  });

  it("looks for savings and applies those that go together as one edit", async () => {
    const { host, application } = inspectText(wasteful);
    fireEvent.click(screen.getByRole("button", { name: "Look for Savings" }));
    const all = await screen.findByRole("button", { name: "Apply All" });
    const savings = screen.getByRole("region", { name: "Savings" }).textContent ?? "";
    // 5·5·64·64 weights become 64·16 + 16 and 5·5·16·64.
    expect(savings).toContain("268,106 → 192,346 parameters, −28.3 %");
    fireEvent.click(all);
    expect(host.edits.map(({ command }) => command.type)).toEqual(["sequence"]);
    // What was found before the change is not shown after it.
    await screen.findByText(/would make this design cheaper|Apply/);
    expect(application.store.get().shown.analysis.totals.parameters.total).toBe(29_146);
  });

  it("renames by its title", () => {
    const { host } = inspect("c1");
    type("Name", "first");
    fireEvent.keyDown(field("Name"), { key: "Enter" });
    expect(host.edits.map(({ command }) => command)).toEqual([
      { type: "renameNode", node: "c1", name: "first" },
    ]);
  });
});
