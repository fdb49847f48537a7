// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { NoticeBar } from "../../webview/app/NoticeBar.tsx";
import { Inspector } from "../../webview/inspector/Inspector.tsx";
import { ApplicationContext } from "../../webview/state/context.ts";
import { lenet5 } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

/** The inspector of c1 with 12 typed for its filters and not committed. */
function typeFilters(text = "12") {
  const opened = openApplication(lenet5);
  opened.application.select(["c1"]);
  render(
    <ApplicationContext value={opened.application}>
      <Inspector />
      <NoticeBar />
    </ApplicationContext>,
  );
  filters().focus();
  fireEvent.change(filters(), { target: { value: text } });
  return opened;
}

const filters = (): HTMLInputElement => screen.getByLabelText<HTMLInputElement>("filters");
const words = (): string => screen.getByTestId("option-filters").textContent ?? "";
const press = (key: string): void => void fireEvent.keyDown(filters(), { key });
const setTwelve = { type: "setOption", nodes: ["c1"], option: "filters", value: 12 };

// What is loaded when it is wanted takes its time on a busy machine.
configure({ asyncUtilTimeout: 20_000 });

afterEach(cleanup);

describe("a value that is being typed while the text changes", () => {
  it("stays through any other change and is written on top of it", async () => {
    const { host } = typeFilters();
    host.document(lenet5.replace('"units": 84', '"units": 100'), 2);
    await screen.findByDisplayValue("12");
    press("Enter");
    expect(host.edits.at(-1)).toMatchObject({ version: 2, command: setTwelve });
  });

  it("says that the file has another value by now and waits for Enter", async () => {
    const { host } = typeFilters();
    host.document(lenet5.replace('"filters": 6', '"filters": 8'), 2);
    await screen.findByText(/The file has 8 by now/);
    fireEvent.blur(filters());
    expect([filters().value, host.edits]).toEqual(["12", []]);
    press("Enter");
    expect(host.edits.map(({ command }) => command)).toEqual([setTwelve]);
  });

  it("gives way to the file on Escape", async () => {
    const { host } = typeFilters();
    host.document(lenet5.replace('"filters": 6', '"filters": 8'), 2);
    await screen.findByText(/The file has 8 by now/);
    press("Escape");
    expect([filters().value, host.edits]).toEqual(["8", []]);
  });

  it("waits until a text that cannot be read is mended", async () => {
    const { host } = typeFilters();
    host.document(lenet5.slice(0, 300), 2);
    await screen.findByDisplayValue("12");
    press("Enter");
    fireEvent.blur(filters());
    expect([filters().value, filters().readOnly, host.edits]).toEqual(["12", true, []]);
    host.document(lenet5, 3);
    await screen.findByText(/6 to 12 filters/);
    press("Enter");
    expect(host.edits.map(({ command }) => command)).toEqual([setTwelve]);
  });

  it("follows its node to another name and keeps the focus", async () => {
    const { host, application } = typeFilters();
    const typedIn = document.activeElement;
    host.document(lenet5.replaceAll('"c1"', '"first"'), 2);
    await screen.findByDisplayValue("first");
    expect(application.store.get().view.selection).toEqual(["first"]);
    expect([filters().value, document.activeElement]).toEqual(["12", typedIn]);
    press("Enter");
    expect(host.edits.map(({ command }) => command)).toEqual([{ ...setTwelve, nodes: ["first"] }]);
  });

  it("is told where its node is gone, so that it is not lost", async () => {
    const { host } = typeFilters();
    const without = lenet5
      .split("\n")
      .filter((line) => !line.includes('"c1":'))
      .join("\n")
      .replace('"from": "c1"', '"from": "image"');
    host.document(without, 2);
    const notice = await screen.findByTestId("notice");
    expect(notice.textContent).toContain("c1 is not there any more");
    expect(notice.textContent).toContain("“12”, typed for filters, was not written");
    expect(host.edits).toEqual([]);
  });

  it("is kept while something else is selected, where it does not fit", () => {
    const { application } = typeFilters("many");
    fireEvent.blur(filters());
    application.select(["c3"]);
    application.select(["c1"]);
    expect([filters().value, words()]).toEqual(["many", expect.stringContaining("whole number")]);
  });
});

describe("a gesture that somebody else's change overtook", () => {
  it("is made again on the text as it is now", () => {
    const { host, application } = openApplication(lenet5);
    application.edit({ type: "setOption", nodes: ["c1"], option: "filters", value: 12 });
    const changed = lenet5.replace('"units": 84', '"units": 100');
    host.document(changed, 2);
    host.post({ type: "editResult", id: 1, refused: "Try again.", isOutdated: true });
    expect(host.edits.at(-1)).toEqual({ type: "edit", id: 2, version: 2, command: setTwelve });
    const { shown, notice } = application.store.get();
    expect([shown.parsed.text, notice]).toEqual([
      changed.replace('"filters": 6', '"filters": 12'),
      undefined,
    ]);
  });

  it("says why where it means nothing any more", () => {
    const { host, application } = openApplication(lenet5);
    application.edit({ type: "setOption", nodes: ["c1"], option: "filters", value: 12 });
    host.document(lenet5.replaceAll('"c1"', '"first"'), 2);
    host.post({ type: "editResult", id: 1, refused: "Try again.", isOutdated: true });
    expect(host.edits).toHaveLength(1);
    expect(application.store.get().notice?.text).toContain("c1");
  });
});
