import type { Frame } from "playwright-core";
import { until } from "../../tools/vscode-host/until.ts";
import type { Editor } from "../../test/e2e/pages/editor.ts";
import type { BenchDesign } from "./designs.ts";
import { attempt } from "./attempt.ts";
import { dragAlong, zoomOutAndIn, type Point } from "./gestures.ts";
import type { CanvasTimes } from "./measurement.ts";
import { openingOf } from "./openingOf.ts";

/** Size of the drawing area in pixels. */
export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

const nodeSelector = (id: string): string => `.react-flow__node[data-id="${id}"]`;

/** A design in the real workbench, driven with mouse and keyboard. */
export class WorkbenchCanvas {
  readonly #editor: Editor;
  readonly #frame: Frame;

  constructor(editor: Editor, frame: Frame) {
    this.#editor = editor;
    this.#frame = frame;
  }

  /** Opens every block down to the layers, and goes back to where the network begins. */
  async openBlocks(): Promise<void> {
    const { canvas, workbench } = this.#editor;
    await workbench.runCommand("CNN Architect: Open All Blocks");
    await canvas.root.locator(".react-flow__node .frame").first().waitFor();
    await openingOf(this.#frame, 0);
    // With nothing selected, an arrow key goes to the first card and brings it into sight.
    await canvas.pane.focus();
    await workbench.page.keyboard.press("ArrowRight");
    await canvas.node("image").waitFor();
  }

  /** Where the drawing area lies on the page. */
  async area(): Promise<Area> {
    const box = await this.#editor.canvas.pane.boundingBox();
    if (box === null) throw new Error("The canvas is not on the screen.");
    return box;
  }

  /** Brings a node to a size at which it can be read, by the wheel over it. */
  async bringNear(id: string): Promise<Point> {
    const { page } = this.#editor.workbench;
    const head = this.#editor.canvas.root.locator(`${nodeSelector(id)} b`).first();
    await until(async () => {
      const box = await head.boundingBox();
      if (box === null) return false;
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      if (box.height >= 12) return true;
      await page.mouse.wheel(0, -100);
      return false;
    }, `${id} can be read`);
    return this.#editor.workbench.centerOf(head);
  }

  /** A point that nothing covers: a drag from there moves the view. */
  async freePoint(): Promise<Point> {
    const { x, y } = await this.area();
    const inside = await this.#frame.evaluate(() => {
      const { left, top, width, height } = (
        document.querySelector(".react-flow") as HTMLElement
      ).getBoundingClientRect();
      for (let down = height - 90; down > 40; down -= 15) {
        for (let right = width - 30; right > 60; right -= 15) {
          const found = document.elementFromPoint(left + right, top + down);
          if (found?.classList.contains("react-flow__pane") === true) {
            return { x: right, y: down };
          }
        }
      }
      return undefined;
    });
    if (inside === undefined) throw new Error("Everything is covered.");
    return { x: x + inside.x, y: y + inside.y };
  }

  /** Selects a node, so that its options can be edited. */
  async select(id: string): Promise<void> {
    const at = await this.bringNear(id);
    await this.#editor.workbench.page.mouse.click(at.x, at.y);
  }

  /** Types values into an option of the selected node and measures from each Enter to the new total and the new card. */
  async edits(
    { edited }: BenchDesign,
    rounds: number,
  ): Promise<Pick<CanvasTimes, "edits" | "cards">> {
    const { workbench, canvas } = this.#editor;
    const field = canvas.field(edited.option);
    const [edits, cards]: [number[], number[]] = [[], []];
    const watched = [
      '[data-testid="total-parameters"]',
      `[data-testid="card-${edited.card}"] [data-testid="measure"]`,
    ];
    for (let round = 0; round < rounds; round++) {
      await field.fill(String(edited.values[round % 2]));
      // The effect of what was typed is worked out beside it; Enter comes when it can be read.
      await canvas.root.locator(".option-effect span").first().waitFor();
      await this.#frame.evaluate(
        (selectors) => globalThis.benchProbe.watchTexts(selectors),
        watched,
      );
      await workbench.page.keyboard.press("Enter");
      const [total, card] = await until(
        () => this.#frame.evaluate(() => globalThis.benchProbe.keyToPaint()),
        "the new numbers are painted",
      );
      edits.push(total ?? NaN);
      cards.push(card ?? NaN);
      await this.#isConfirmed(edited, round);
    }
    return { edits, cards };
  }

  /** The next edit begins when the host has written this one into the document. */
  async #isConfirmed({ node, option, values }: BenchDesign["edited"], round: number) {
    const words = `"${option}": ${values[round % 2]}`;
    await until(
      () =>
        this.#editor.workbench.inHost(
          (vscode, name, text) =>
            vscode.workspace.textDocuments.some((document) =>
              document
                .getText()
                .split("\n")
                .some((line) => line.includes(`"${name}":`) && line.includes(text)),
            ),
          node,
          words,
        ),
      `${node} has ${words}`,
    );
  }

  async drag(id: string): Promise<readonly number[]> {
    const at = await this.bringNear(id);
    return dragAlong(this.#editor.workbench.page, this.#frame, at, { x: 120, y: 160 });
  }

  async pan(): Promise<readonly number[]> {
    const isDown = await this.#frame.evaluate(
      () => document.querySelector(".canvas-controls .codicon-arrow-right") !== null,
    );
    const by = isDown ? { x: 0, y: -700 } : { x: -700, y: 0 };
    return dragAlong(this.#editor.workbench.page, this.#frame, await this.freePoint(), by);
  }

  async zoom(): Promise<readonly number[]> {
    const point = await this.freePoint();
    return zoomOutAndIn(this.#editor.workbench.page, this.#frame, { point, step: 27 });
  }
}

/** Opens a design, edits it, drags a node, pans, zooms and closes it again. */
export async function measureCanvas(
  editor: Editor,
  design: BenchDesign,
  edits: number,
): Promise<{ readonly times: CanvasTimes; readonly area: Area }> {
  const { page, webview } = editor.workbench;
  const row = page.locator(".explorer-folders-view .monaco-list-row", {
    hasText: `${design.id}.cnn.json`,
  });
  await row.hover();
  const start = Date.now();
  await row.dblclick();
  const element = await webview.locator(".react-flow__pane").elementHandle();
  const frame = await element?.ownerFrame();
  if (frame === null || frame === undefined) throw new Error("The canvas has no frame.");
  const opening = await openingOf(frame, start);
  const canvas = new WorkbenchCanvas(editor, frame);
  if (design.hasBlocks) await canvas.openBlocks();
  const area = await canvas.area();
  const name = (step: string): string => `${design.id}, ${step}`;
  let cards: readonly number[] = [];
  const measured = {
    edits: await attempt(name("editing"), async () => {
      await canvas.select(design.edited.node);
      const times = await canvas.edits(design, edits);
      ({ cards } = times);
      return times.edits;
    }),
    drag: await attempt(name("dragging"), () => canvas.drag(design.edited.node)),
    pan: await attempt(name("panning"), () => canvas.pan()),
    zoom: await attempt(name("zooming"), () => canvas.zoom()),
  };
  await editor.closeAll();
  return { times: { ...opening, ...measured, cards }, area };
}
