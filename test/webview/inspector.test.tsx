// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { Inspector } from "../../webview/inspector/Inspector.tsx";
import { ApplicationContext } from "../../webview/state/context.ts";
import { lenet5 } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

function inspect(...selection: readonly string[]) {
  const opened = openApplication(lenet5);
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

  it("edits several nodes as one step", () => {
    const { host } = inspect("c1", "c3");
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
    expect(costs).toContain("Receptive field 14 × 14");
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

  it("renames by its title", () => {
    const { host } = inspect("c1");
    type("Name", "first");
    fireEvent.keyDown(field("Name"), { key: "Enter" });
    expect(host.edits.map(({ command }) => command)).toEqual([
      { type: "renameNode", node: "c1", name: "first" },
    ]);
  });
});
