import type { FrameLocator, Locator } from "playwright-core";
import type { Workbench } from "../../../tools/vscode-host/workbench.ts";

/** The canvas of the design in front, by what a person sees and by the marks it carries for tests. */
export class Canvas {
  readonly #workbench: Workbench;
  readonly root: FrameLocator;

  /** `frame` is the outer frame of the webview; the only one that is open without it. */
  constructor(workbench: Workbench, frame?: Locator) {
    this.#workbench = workbench;
    this.root =
      frame === undefined
        ? workbench.webview
        : frame.contentFrame().locator("iframe#active-frame").contentFrame();
  }

  node(id: string): Locator {
    return this.root.locator(`.react-flow__node[data-id="${id}"]`);
  }

  get nodes(): Locator {
    return this.root.locator(".react-flow__node");
  }

  /** Where each node that is drawn stands on the canvas, whatever part of it is in view. */
  async places(): Promise<Readonly<Record<string, string>>> {
    const places = await this.nodes.evaluateAll((nodes) =>
      nodes.map((node): [string, string] => [
        (node as HTMLElement).dataset["id"] ?? "",
        (node as HTMLElement).style.transform,
      ]),
    );
    return Object.fromEntries(places);
  }

  /** Waits until neither a card nor the view moves any more, for several frames. */
  async isAtRest(): Promise<void> {
    await this.pane.evaluate((pane) => {
      const framesAtRest = 10;
      const moving = ".react-flow__viewport, .react-flow__node";
      const places = (): string =>
        [...pane.querySelectorAll<HTMLElement>(moving)].map((each) => each.style.transform).join();
      return new Promise<void>((resolve) => {
        let before = "";
        let frames = 0;
        const look = (): void => {
          const now = places();
          frames = now === before ? frames + 1 : 0;
          before = now;
          if (frames === framesAtRest) {
            resolve();
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
      });
    });
  }

  /** The drawing area itself, without a node. */
  get pane(): Locator {
    return this.root.locator(".react-flow").first();
  }

  get edges(): Locator {
    return this.root.locator(".react-flow__edge");
  }

  get totalParameters(): Locator {
    return this.root.getByTestId("total-parameters");
  }

  /** Waits until the total is this number. */
  async hasTotalParameters(figure: string): Promise<void> {
    await this.totalParameters.filter({ hasText: new RegExp(`^${figure}$`) }).waitFor();
  }

  get totalMacs(): Locator {
    return this.root.getByTestId("total-macs");
  }

  /** The field of an option in the inspector. */
  field(option: string): Locator {
    return this.root.getByLabel(option, { exact: true });
  }

  /** An entry of the palette by the type it adds. */
  paletteItem(type: string): Locator {
    return this.root.getByTestId(`palette-${type}`);
  }

  /** Everything that can be read on the canvas. */
  words(): Promise<string> {
    return this.root.locator("body").innerText();
  }

  async select(id: string): Promise<void> {
    await this.node(id).click();
  }

  /** How many cards and frames stand for nodes of the design, and not for what is inside of them. */
  designNodes(): Promise<number> {
    return this.root
      .locator(".react-flow__node")
      .evaluateAll(
        (nodes) =>
          nodes.filter((node) => !((node as HTMLElement).dataset["id"] ?? "/").includes("/"))
            .length,
      );
  }

  /** Waits until the page has drawn what was asked of it. */
  async isDrawn(): Promise<void> {
    await this.root
      .locator("body")
      .evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  }

  /** Waits until everything that was done here is written into the document. */
  async isWritten(): Promise<void> {
    await this.root.locator('[data-testid="pending"][value="0"]').waitFor({ state: "attached" });
  }

  /** Names of the selected cards in the order in which they are drawn. */
  selected(): Promise<readonly string[]> {
    return this.root
      .locator(".react-flow__node.selected")
      .evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset["id"] ?? ""));
  }

  /** Where a card stands on the screen. */
  async boxOf(id: string): Promise<{ readonly x: number; readonly y: number }> {
    const box = await this.node(id).boundingBox();
    if (box === null) {
      throw new Error(`${id} is not on the screen.`);
    }
    return box;
  }

  /** Writes an option in the inspector and commits it. */
  async setOption(option: string, value: string): Promise<void> {
    await this.field(option).fill(value);
    await this.field(option).press("Enter");
  }

  async dragNode(id: string, by: { readonly x: number; readonly y: number }): Promise<void> {
    const from = await this.#workbench.centerOf(this.node(id));
    await this.#workbench.drag(from, { x: from.x + by.x, y: from.y + by.y });
  }

  /** The middle between two cards that a straight wire joins. */
  async wireCenter(from: string, to: string): Promise<{ readonly x: number; readonly y: number }> {
    const [one, other] = [
      await this.#workbench.centerOf(this.node(from).locator(".react-flow__handle.source")),
      await this.#workbench.centerOf(this.node(to).locator(".react-flow__handle.target")),
    ];
    return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
  }

  /** Draws a wire from the output of one node to the first input of another. */
  async connect(from: string, to: string): Promise<void> {
    await this.#workbench.drag(
      await this.#workbench.centerOf(this.node(from).locator(".react-flow__handle.source").first()),
      await this.#workbench.centerOf(this.node(to).locator(".react-flow__handle.target").first()),
    );
  }
}
