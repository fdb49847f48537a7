import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, example, openEditor, root } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

describe("the wires of an open block", () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await openEditor(
      { "googlenet.cnn.json": example("googlenet.cnn.json") },
      {
        size: { width: 1600, height: 1000 },
        settings: { "workbench.colorTheme": "Default Light Modern" },
      },
    );
    await editor.open("googlenet.cnn.json");
    await editor.canvas.select("mixed3");
    await editor.workbench.page.keyboard.press("Space");
    await editor.canvas.node("mixed3/branch1x1").waitFor();
  });

  pictureOnFailure(() => editor);

  afterAll(() => editor.stop());

  /** Wires that run behind a card, and words on wires over a card or a title, as they are on the screen. */
  const covered = (): Promise<readonly string[]> =>
    editor.canvas.pane.evaluate((pane) => {
      const boxes = [...pane.querySelectorAll(".card, .frame-title")].map((element) => ({
        id: element.closest<HTMLElement>(".react-flow__node")?.dataset["id"] ?? "",
        isCard: element.classList.contains("card"),
        box: element.getBoundingClientRect(),
      }));
      return [...pane.querySelectorAll<SVGElement>(".react-flow__edge")].flatMap((wire) => {
        const line = wire.querySelector<SVGPathElement>(".react-flow__edge-path");
        const matrix = line?.getScreenCTM();
        if (line === null || matrix === null || matrix === undefined) return ["no path"];
        const length = line.getTotalLength();
        const points = Array.from({ length: 200 }, (_, index) =>
          line.getPointAtLength((length * (index + 0.5)) / 200).matrixTransform(matrix),
        );
        const label = wire.querySelector("text")?.getBoundingClientRect();
        return boxes.flatMap(({ id, isCard, box }) => {
          // A wire begins and ends within the rim of its ports.
          const isBehind =
            isCard &&
            points.some(
              ({ x, y }) =>
                x > box.left + 3 && x < box.right - 3 && y > box.top + 3 && y < box.bottom - 3,
            );
          const isOver =
            label !== undefined &&
            label.width > 0 &&
            label.left < box.right &&
            box.left < label.right &&
            label.top < box.bottom &&
            box.top < label.bottom;
          return isBehind || isOver ? [`${wire.dataset["id"]}: ${id}`] : [];
        });
      });
    });

  it.each(["right", "down"] as const)(
    "run around cards, and say nothing over cards and titles (%s)",
    async (flow) => {
      const card = editor.canvas.root.locator(`.card.flows-${flow}`).first();
      if (!(await card.isVisible())) {
        await editor.canvas.root.getByTitle(/^Lay Out from/).click();
      }
      await card.waitFor();
      await until(async () => (await covered()).length === 0, "nothing is covered");
      if (process.env["UPDATE_SCREENSHOTS"] === "1" && flow === "down") {
        await takePicture(editor);
      }
    },
  );

  it("follow a card while it is dragged, and go around again where it is dropped", async () => {
    const { workbench, canvas } = editor;
    const { mouse } = workbench.page;
    const wire = canvas.root.locator('.react-flow__edge[data-id="image→stem#0"]');
    /** How far the end of the wire is from the middle of its card, in pixels of the screen. */
    const distance = async (): Promise<number> => {
      const end = await wire.locator(".react-flow__edge-path").evaluate((drawn: SVGPathElement) => {
        const { x, y } = drawn.getPointAtLength(drawn.getTotalLength());
        const point = new DOMPoint(x, y).matrixTransform(drawn.getScreenCTM()!);
        const box = document.querySelector('[data-id="stem"] .card')!.getBoundingClientRect();
        return [point.x - box.x - box.width / 2, point.y - box.y - box.height / 2] as const;
      });
      return Math.hypot(...end);
    };
    const line = wire.locator(".react-flow__edge-path");
    // Before, the view still glides to the whole network, and pixels change their size.
    await canvas.isAtRest();
    const [before, from] = [await distance(), await workbench.centerOf(canvas.node("stem"))];
    const still = await line.getAttribute("d");
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x + 60, from.y + 10, { steps: 8 });
    await until(async () => (await line.getAttribute("d")) !== still, "the wire has moved");
    await until(async () => Math.abs((await distance()) - before) < 5, "the wire ends at its card");
    await mouse.up();
    await canvas.isWritten();
    await until(async () => (await covered()).length === 0, "nothing is covered");
    await until(async () => Math.abs((await distance()) - before) < 5, "the wire ends at its card");
    await editor.undo();
    await until(async () => (await line.getAttribute("d")) === still, "the wire is where it was");
  });

  it("ends the extension host with status 0", async () => {
    await editor.workbench.close();
  });
});

/** The picture of the README is taken here, where it shows the real thing. */
async function takePicture({ workbench, canvas }: Editor): Promise<void> {
  await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
  await canvas.root.getByTestId("frame-mixed3").getByText("mixed3").click();
  await workbench.runCommand("CNN Architect: Fit");
  // The view glides to its place.
  await setTimeout(500);
  await workbench.page.screenshot({ path: path.join(root, "docs/images/googlenet.png") });
}
