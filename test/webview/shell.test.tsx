// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Toolbar } from "../../webview/accessibility/Toolbar.tsx";
import { Banner } from "../../webview/app/Banner.tsx";
import { ErrorBoundary } from "../../webview/app/ErrorBoundary.tsx";
import { keepKeysInFields } from "../../webview/app/keepKeysInFields.ts";
import { ApplicationContext } from "../../webview/state/context.ts";
import { lenet5 } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

afterEach(cleanup);

describe("a part that cannot be drawn", () => {
  it("becomes words with a way on, and is reported", () => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const reports: string[] = [];
    let isBroken = true;
    const Part = () => {
      if (isBroken) {
        throw new Error("no such layer");
      }
      return <p>drawn</p>;
    };
    render(
      <ErrorBoundary
        onError={(message) => reports.push(message)}
        onReload={() => (isBroken = false)}
      >
        <Part />
      </ErrorBoundary>,
    );
    expect(screen.getByRole("alert").textContent).toContain("could not be drawn");
    expect(screen.getByRole("alert").textContent).not.toContain("no such layer");
    expect(reports[0]).toContain("no such layer");
    fireEvent.click(screen.getByRole("button", { name: "Reload" }));
    expect(screen.getByText("drawn")).toBeDefined();
    quiet.mockRestore();
  });
});

describe("a text that cannot be read", () => {
  it("is said with its line, and leads to its place", () => {
    const { application, host } = openApplication(lenet5);
    render(
      <ApplicationContext value={application}>
        <Banner />
      </ApplicationContext>,
    );
    expect(screen.queryByRole("alert")).toBeNull();
    act(() => host.document(lenet5.replace('"filters": 6', '"filters": '), 2));
    expect(screen.getByRole("alert").textContent).toMatch(/Line 7:/);
    fireEvent.click(screen.getByRole("button", { name: "Show in Text" }));
    expect(host.sent.at(-1)).toMatchObject({ type: "revealText" });
  });
});

describe("a toolbar", () => {
  it("is one tab stop, and arrows move inside it", () => {
    render(
      <Toolbar label="Tools">
        <button type="button">one</button>
        <button type="button" tabIndex={-1}>
          two
        </button>
        <button type="button" tabIndex={-1}>
          three
        </button>
      </Toolbar>,
    );
    const [one, two, three] = screen.getAllByRole("button");
    one!.focus();
    fireEvent.keyDown(one!, { key: "ArrowRight" });
    expect(document.activeElement).toBe(two);
    expect([one!.tabIndex, two!.tabIndex, three!.tabIndex]).toEqual([-1, 0, -1]);
    fireEvent.keyDown(two!, { key: "End" });
    fireEvent.keyDown(three!, { key: "ArrowRight" });
    expect(document.activeElement).toBe(one);
  });
});

describe("undo", () => {
  it("stays in a field and reaches the workbench from everywhere else", () => {
    const stop = keepKeysInFields();
    const reached: string[] = [];
    const listen = (event: KeyboardEvent): void => void reached.push(event.key);
    globalThis.addEventListener("keydown", listen as EventListener);
    render(
      <>
        <input aria-label="field" />
        <button type="button">card</button>
      </>,
    );
    fireEvent.keyDown(screen.getByLabelText("field"), { key: "z", ctrlKey: true });
    expect(reached).toEqual([]);
    fireEvent.keyDown(screen.getByRole("button"), { key: "z", ctrlKey: true });
    expect(reached).toEqual(["z"]);
    globalThis.removeEventListener("keydown", listen as EventListener);
    stop();
  });
});
