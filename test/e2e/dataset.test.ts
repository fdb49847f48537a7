import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { findViolations, themes } from "./pages/axe.ts";
import { type Editor, largeWindow, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const design = (folder: string): string => `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [24, 24, 3] },
    "flat": { "type": "flatten", "from": "image" },
    "output": { "type": "dense", "from": "flat", "units": 3, "activation": "softmax" }
  },
  "training": { "dataset": { "type": "imageFolder", "path": ${JSON.stringify(folder)} }, "validationSplit": 0 }
}
`;

const command = "CNN Architect: Inspect Data Set";

let editor: Editor;

const place = (name: string): string => path.join(editor.workbench.workspace, name);

/** A bright shape on a dark ground, another one for every number. */
async function draw(name: string, number: number, width: number): Promise<void> {
  const color = ["#e8a33d", "#4aa3e0", "#6fbf4b"][number % 3];
  const [x, y, size] = [8 + ((5 * number) % 17), 8 + ((7 * number) % 13), 10 + (number % 9)];
  const shape =
    number % 2 === 0
      ? `<circle cx="${x + size / 2}" cy="${y + size / 2}" r="${size / 2}" fill="${color}"/>`
      : `<rect x="${x}" y="${y}" width="${size}" height="${size}" fill="${color}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="40"><rect width="100%" height="100%" fill="#222a33"/>${shape}</svg>`;
  fs.mkdirSync(path.dirname(place(name)), { recursive: true });
  await sharp(Buffer.from(svg)).removeAlpha().png().toFile(place(name));
}

beforeAll(async () => {
  editor = await openEditor(
    {
      "pets.cnn.json": design("./pets"),
      "nowhere.cnn.json": design("./nowhere"),
      "endless.cnn.json": design("./endless"),
    },
    largeWindow,
  );
  for (let at = 0; at < 12; at += 1) {
    await draw(`pets/train/circle/${at}.png`, 2 * at, 40 + 4 * (at % 3));
    if (at < 5) await draw(`pets/train/square/${at}.png`, 2 * at + 1, 40);
  }
  await draw("pets/test/circle/new.png", 90, 44);
  fs.copyFileSync(place("pets/train/circle/3.png"), place("pets/test/circle/seen.png"));
  fs.copyFileSync(place("pets/train/circle/4.png"), place("pets/train/square/mistaken.png"));
  fs.mkdirSync(place("pets/train/nothing"));
  fs.writeFileSync(place("pets/train/square/broken.png"), "<html>not found</html>");
  fs.mkdirSync(place("endless/one"), { recursive: true });
  // Whoever reads it waits for what never comes.
  execFileSync("mkfifo", [place("endless/one/pipe.png")]);
});

afterAll(() => editor.stop());

pictureOnFailure(() => editor);

const window = () => editor.canvas.root.getByTestId("dataset");

describe("looking through a data set", () => {
  it("shows what is in it and what needs mending", async () => {
    await editor.open("pets.cnn.json");
    await editor.workbench.runCommand(command);
    await window().getByRole("heading", { name: "Data Set: pets" }).waitFor();
    const text = (id: string): Promise<string> => window().getByTestId(id).innerText();
    expect(await text("dataset-overview")).toBe("20 images of 24 × 24 × 3 in 3 classes");
    expect((await text("dataset-faults")).split("\n").filter((line) => line !== "")).toEqual([
      "A training would not start: The class nothing has no images. Put images into the folder, or remove it.",
      "Images of more than one part have the same content: 1. The network is tested with what it has learnt.",
      "Images that cannot be used: 1",
      "Images of more than one class have the same content: 1",
      "Classes without images to train on: nothing",
    ]);
    const cells = (id: string): Promise<readonly string[]> =>
      window().getByTestId(id).locator("tbody tr").allInnerTexts();
    expect((await cells("dataset-broken"))[0]).toMatch(
      /train\/square\/broken\.png\s+is no image, or of a kind that is not read/,
    );
    expect((await cells("dataset-sizes"))[0]).toMatch(/40 × 40\s+10/);
    expect(await window().getByTestId("dataset-values").locator("tbody tr").count()).toBe(3);
    expect(await window().getByTestId("dataset-samples").getByRole("img").count()).toBe(14);
    const groups = window().getByTestId("dataset-duplicates").locator("> li");
    expect(await groups.first().innerText()).toMatch(
      /In more than one part\s+train\/circle\/3\.png\s+Training · circle\s+test\/circle\/seen\.png\s+Test · circle/,
    );
  });

  it("is accessible in every theme", async () => {
    const found: string[] = [];
    for (const theme of themes) {
      found.push(...(await findViolations(editor, theme)));
    }
    expect(found).toEqual([]);
  });

  it("leads to a damaged file by keys", async () => {
    await window().getByRole("button", { name: "Reveal train/square/broken.png" }).press("Enter");
    await window().waitFor({ state: "detached" });
    const { page } = editor.workbench;
    await page
      .locator(".explorer-folders-view .monaco-list-row.focused", { hasText: "broken.png" })
      .waitFor();
  });

  it("says why a data set cannot be read", async () => {
    await editor.closeAll();
    await editor.open("nowhere.cnn.json");
    await editor.workbench.runCommand(command);
    await editor.notifications.find(/There is no data set at .*nowhere/);
  });

  it("ends where it is cancelled, without a word", async () => {
    await editor.closeAll();
    await editor.open("endless.cnn.json");
    await editor.workbench.runCommand(command);
    await editor.notifications.press(/Inspecting the data set/, "Cancel");
    const { page } = editor.workbench;
    const message = page.locator(".notification-list-item", { hasText: "Inspecting the data set" });
    await message.waitFor({ state: "detached" });
    expect(await window().count()).toBe(0);
    await until(
      async () => !(await editor.notifications.all()).includes("endless"),
      "nothing is said of it",
    );
  });
});
