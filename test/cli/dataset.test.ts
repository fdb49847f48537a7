import path from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/runCli.ts";
import type { DatasetReport } from "../../src/protocol/datasetReport.ts";
import type { InspectionResult } from "../../src/trainer/clientInspect.ts";
import { fakeTerminal } from "./fakeTerminal.ts";
import { fakeWorld } from "./fakeWorld.ts";

const file = "examples/lenet5.cnn.json";

const whole: DatasetReport = {
  type: "datasetReport",
  name: "pets",
  folder: "/data/pets",
  imageShape: [28, 28, 1],
  parts: [
    { part: "training", images: 1_500, isCut: false },
    { part: "validation", images: 150, isCut: true },
    { part: "test", images: 20, isCut: false },
  ],
  classCount: 2,
  classes: [
    { name: "cat", counts: [1_000, 100, 10] },
    { name: "dog", counts: [500, 50, 10] },
  ],
  emptyClasses: { count: 0, names: [] },
  sizes: {
    smallest: { height: 20, width: 30 },
    largest: { height: 400, width: 300 },
    distinct: 2,
    isComplete: true,
    common: [
      { height: 20, width: 30, images: 1_600 },
      { height: 400, width: 300, images: 70 },
    ],
    channels: [{ channels: 3, images: 1_670 }],
  },
  normalization: { mean: [0.5], deviation: [0.25] },
  broken: { count: 0, listed: [] },
  duplicates: { groups: 0, images: 0, acrossParts: 0, acrossClasses: 0, listed: [] },
  samples: [{ label: 0, name: "cat/1.png", height: 1, width: 1, channels: 1, pixels: "AA==" }],
};

const damaged: DatasetReport = {
  ...whole,
  emptyClasses: { count: 1, names: ["fish"] },
  broken: { count: 2, listed: [{ name: "cat/\u001B[2J.png", why: "is cut off or damaged" }] },
  duplicates: {
    groups: 1,
    images: 14,
    acrossParts: 1,
    acrossClasses: 0,
    listed: [
      {
        count: 15,
        images: [
          { name: "cat/1.png", part: "training", label: "cat" },
          { name: "cat/2.png", part: "test", label: "cat" },
        ],
      },
    ],
  },
  obstacle: "The class fish has no images.",
};

const failed = {
  type: "failed",
  code: "noDataset",
  message: "There is no data set at /data/pets.",
  hint: "Check the path.",
} as const;

/** Runs `dataset` where looking through the data ends like this. */
async function dataset(result: InspectionResult, ...parameters: readonly string[]) {
  const { terminal, output, complaint } = fakeTerminal();
  const asked: unknown[] = [];
  const world = fakeWorld(terminal, {
    inspectDataset: async ({ directory }, { report }) => {
      asked.push(directory);
      report({ type: "inspectProgress", step: "comparing", done: 1, total: 2 });
      report({ type: "inspectProgress", step: "comparing", done: 2, total: 2 });
      return result;
    },
  });
  const code = await runCli(["dataset", file, ...parameters], world);
  return { code, output: output(), complaint: complaint(), asked };
}

describe("dataset", () => {
  it("prints what is in a data set", async () => {
    const { code, output, complaint, asked } = await dataset(whole);
    expect({ code, complaint, asked, lines: output.split("\n") }).toEqual({
      code: 0,
      complaint: "Comparing images ...\n",
      asked: [path.resolve("examples")],
      lines: [
        "pets: 1,670 images of 28 × 28 × 1 in 2 classes",
        "class  training  validation  test",
        "cat       1,000         100    10  ████████████████████",
        "dog         500          50    10  ██████████",
        "all       1,500         150    20",
        "Taken from the training images: validation.",
        "The largest class has 2.0 times the training images of the smallest.",
        "Images in their files: 20 × 30 to 400 × 300, 2 sizes, 3 channels (1,670).",
        "Most frequent: 20 × 30 (1,600), 400 × 300 (70).",
        "Mean 0.5000, deviation 0.2500 (training images, from 0 to 1).",
        "No image is there twice.",
        "",
      ],
    });
  });

  it("names what needs mending, and fails", async () => {
    const { code, output } = await dataset(damaged);
    expect({ code, lines: output.split("\n").slice(10) }).toEqual({
      code: 1,
      lines: [
        "14 images repeat another; of 1 content, 1 in more than one part, 0 in more than one class.",
        "  cat/1.png (training, cat) = cat/2.png (test, cat) and 13 more",
        "2 images cannot be used:",
        "  cat/\uFFFD[2J.png is cut off or damaged",
        "  and 1 more",
        "Classes without images to train on: fish.",
        "A training would not start: The class fish has no images.",
        "",
      ],
    });
  });

  it("prints all but the pictures as JSON", async () => {
    const { code, output } = await dataset(damaged, "--json");
    const { samples: _pictures, ...rest } = damaged;
    expect([code, JSON.parse(output)]).toEqual([1, rest]);
  });

  it("says why data cannot be read, and ends with 130 where it was cancelled", async () => {
    const { code, output, complaint } = await dataset(failed);
    expect([code, output, complaint.split("\n")[1]]).toEqual([
      1,
      "",
      "There is no data set at /data/pets. Check the path.",
    ]);
    expect(JSON.parse((await dataset(failed, "--json")).output)).toEqual(failed);
    expect(await dataset({ type: "cancelled" })).toMatchObject({ code: 130, output: "" });
  });
});
