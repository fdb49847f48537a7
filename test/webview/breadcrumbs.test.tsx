// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import {
  blockInside,
  closeAllBlocks,
  closeBlock,
  enterBlock,
  leaveBlock,
  openAllBlocks,
  showPart,
} from "../../webview/canvas/blockActions.ts";
import { Breadcrumbs } from "../../webview/canvas/Breadcrumbs.tsx";
import type { Application } from "../../webview/state/application.ts";
import { ApplicationContext } from "../../webview/state/context.ts";
import { branches } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

afterEach(cleanup);

const crumbs = (): readonly (string | null)[] =>
  screen.queryAllByRole("listitem").map(({ textContent }) => textContent);

function show(application: Application): void {
  render(
    <ApplicationContext value={application}>
      <Breadcrumbs />
    </ApplicationContext>,
  );
}

const viewOf = (application: Application) => application.store.get().view;

describe("the inside of a block", () => {
  it("has the way to it above it, and each level of that leads back", () => {
    const { application } = openApplication(branches);
    show(application);
    expect(crumbs()).toEqual([]);
    act(() => enterBlock(application, "mix/2"));
    expect(crumbs()).toEqual(["Branches", "mix", "2"]);
    expect(screen.getByText("2").getAttribute("aria-current")).toBe("location");
    act(() => screen.getByText("mix").click());
    expect(crumbs()).toEqual(["Branches", "mix"]);
    expect(viewOf(application).selection).toEqual(["mix/2"]);
    act(() => void leaveBlock(application));
    expect([crumbs(), viewOf(application).selection]).toEqual([[], ["mix"]]);
    expect(leaveBlock(application)).toBe(false);
  });

  it("is kept with the view, and read again", () => {
    const { application, host } = openApplication(branches);
    enterBlock(application, "mix/1");
    const again = openApplication(branches, { state: host.state });
    expect(blockInside(again.application)?.id).toBe("mix/1");
  });

  it("follows a new name, and goes to the nearest level that is left", () => {
    const { application, host } = openApplication(branches);
    show(application);
    act(() => enterBlock(application, "mix/2"));
    act(() => void application.rename("mix", "blend"));
    expect(crumbs()).toEqual(["Branches", "blend", "2"]);
    const renamed = application.store.get().shown.parsed.text;
    const once = renamed.replace(', "repeat": 2', "");
    act(() => host.document(once, 3));
    expect(crumbs()).toEqual(["Branches", "blend"]);
    act(() => host.document(once.replace(/ *"blend".*\n/, ""), 4));
    expect(crumbs()).toEqual([]);
  });

  it("stays while its text is only half typed", () => {
    const { application, host } = openApplication(branches);
    show(application);
    act(() => enterBlock(application, "mix/2"));
    act(() => host.document(branches.replace('"filters": 48,', '"filters": ,'), 2));
    expect(crumbs()).toEqual(["Branches", "mix", "2"]);
  });

  it("is left when something outside of it is selected", () => {
    const { application } = openApplication(branches);
    enterBlock(application, "mix/2");
    application.select(["mix/2/conv1"]);
    expect(blockInside(application)?.id).toBe("mix/2");
    application.select(["mix/1"]);
    expect(blockInside(application)?.id).toBe("mix");
    application.select(["stem"]);
    expect(blockInside(application)).toBeUndefined();
  });
});

describe("blocks in their places", () => {
  it("open and close all at once, down to the layers, without losing the selection", () => {
    const { application } = openApplication(branches);
    openAllBlocks(application);
    expect(viewOf(application).openBlocks).toEqual(["mix", "mix/1", "mix/2"]);
    application.select(["mix/1/add"]);
    closeAllBlocks(application);
    expect([viewOf(application).openBlocks, viewOf(application).selection]).toEqual([[], ["mix"]]);
  });

  it("select themselves when they close around the selection", () => {
    const { application } = openApplication(branches);
    openAllBlocks(application);
    application.select(["mix/1/add"]);
    closeBlock(application, "mix/1");
    expect(viewOf(application).selection).toEqual(["mix/1"]);
  });

  it("open as far as a part of them is to be seen", () => {
    const { application } = openApplication(branches);
    showPart(application, "mix/2/conv1");
    expect(viewOf(application).openBlocks).toEqual(["mix", "mix/2"]);
    enterBlock(application, "mix/1");
    showPart(application, "mix/1/add");
    expect([blockInside(application)?.id, viewOf(application).openBlocks]).toEqual([
      "mix/1",
      ["mix", "mix/2"],
    ]);
  });
});
