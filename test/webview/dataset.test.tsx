// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import korean from "../../l10n/bundle.l10n.ko.json" with { type: "json" };
import type { DatasetReport } from "../../src/protocol/datasetReport.ts";
import { DatasetWindow } from "../../webview/dataset/DatasetWindow.tsx";
import { ApplicationContext } from "../../webview/state/context.ts";
import { setStrings } from "../../webview/text/t.ts";
import { lenet5 } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

afterEach(() => {
  cleanup();
  setStrings({});
});

const report: DatasetReport = {
  type: "datasetReport",
  name: "pets",
  folder: "/data/pets",
  imageShape: [28, 28, 1],
  parts: [
    { part: "training", images: 1_500, isCut: false },
    { part: "validation", images: 150, isCut: true },
    { part: "test", images: 20, isCut: false },
  ],
  classCount: 1_002,
  classes: [
    { name: "cat", counts: [1_000, 100, 10] },
    { name: "dog", counts: [500, 50, 10] },
  ],
  emptyClasses: { count: 1_000, names: ["fish"] },
  sizes: {
    smallest: { height: 20, width: 30 },
    largest: { height: 400, width: 300 },
    distinct: 2_000,
    isComplete: false,
    common: [{ height: 20, width: 30, images: 1_600 }],
    channels: [{ channels: 3, images: 1_670 }],
  },
  normalization: { mean: [0.5], deviation: [0.25] },
  broken: { count: 300, listed: [{ name: "cat/1.png", why: "is cut off or damaged" }] },
  duplicates: {
    groups: 200,
    images: 214,
    acrossParts: 1,
    acrossClasses: 0,
    listed: [
      {
        count: 15,
        images: [
          { name: "cat/2.png", part: "training", label: "cat" },
          { name: "cat/3.png", part: "test", label: "cat" },
        ],
      },
    ],
  },
  samples: [{ label: 0, name: "cat/4.png", height: 1, width: 1, channels: 1, pixels: "AA==" }],
};

function show(shown: DatasetReport) {
  const { application, host } = openApplication(lenet5);
  act(() => host.post({ type: "dataset", report: shown }));
  render(
    <ApplicationContext value={application}>
      <DatasetWindow />
    </ApplicationContext>,
  );
  return { application, host };
}

const text = (id: string): string => screen.getByTestId(id).textContent ?? "";

describe("the window of a data set", () => {
  it("opens when a report comes, and says where something is left out", () => {
    const { application } = show(report);
    expect(application.store.get().dialog).toBe("dataset");
    const all = text("dataset");
    for (const words of [
      "The first 2 of 1,002 classes.",
      "Taken from the training images: Validation.",
      "The 1 most frequent of more than 2,000 sizes.",
      "The first 1 of 300 files.",
      "The first 1 of 200 contents.",
      "and 13 more",
      "Images of 1 of 1,002 classes.",
      "Classes without images to train on: fish and 999 more",
    ]) {
      expect(all).toContain(words);
    }
  });

  it("leads to a file and closes", () => {
    const { application, host } = show(report);
    const broken = within(screen.getByTestId("dataset-broken"));
    fireEvent.click(broken.getByRole("button", { name: "Reveal cat/1.png", hidden: true }));
    expect(host.sent.at(-1)).toEqual({ type: "revealImage", name: "cat/1.png" });
    expect(application.store.get().dialog).toBeUndefined();
  });

  it("has no buttons for images without files of their own, and says where nothing is wrong", () => {
    const { folder: _, obstacle: _none, ...rest } = report;
    show({
      ...rest,
      emptyClasses: { count: 0, names: [] },
      broken: { count: 0, listed: [] },
      duplicates: { ...report.duplicates, acrossParts: 0 },
    });
    expect(text("dataset-faults")).toBe("Nothing needs mending.");
    expect(screen.queryByRole("button", { name: /Reveal/, hidden: true })).toBeNull();
  });

  it("speaks Korean", () => {
    const { application, host } = openApplication(lenet5);
    act(() => host.post({ type: "dataset", report }));
    setStrings(korean);
    render(
      <ApplicationContext value={application}>
        <DatasetWindow />
      </ApplicationContext>,
    );
    const names = /pets|cat|dog|fish|png/g;
    const words =
      text("dataset")
        .replaceAll(names, " ")
        .match(/[A-Za-z]{2,}/g) ?? [];
    expect(words).toEqual([]);
  });
});
