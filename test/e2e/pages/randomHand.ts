import type { Design } from "../../../src/core/design/design.ts";
import { until } from "../../../tools/vscode-host/until.ts";
import type { Editor } from "./editor.ts";

const layers = [
  "conv2d",
  "batchNormalization",
  "activation",
  "maxPooling2d",
  "dropout",
  "add",
  "concatenate",
  "residualBlock",
  "dense",
] as const;

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A hand that draws without a plan, each time the same for the same seed. */
export class RandomHand {
  readonly #editor: Editor;
  readonly #random: () => number;
  #names = 0;

  constructor(editor: Editor, seed: number) {
    this.#editor = editor;
    this.#random = randomNumbers(seed);
  }

  /** Makes one gesture on this design and returns it in words. */
  async gesture(design: Design): Promise<string> {
    const nodes = [...design.nodes.keys()];
    if (nodes.length < 4) {
      return this.#insert(nodes);
    }
    const gestures = [
      () => this.#add(nodes),
      () => this.#insert(nodes),
      () => this.#drag(nodes),
      () => this.#connect(nodes),
      () => this.#delete(nodes),
      () => this.#rename(nodes),
      () => this.#setOption(nodes),
      () => this.#nudge(nodes),
      () => this.#copy(nodes),
      () => this.#cut(nodes),
      () => this.#duplicate(nodes),
      () => this.#align(nodes),
      () => this.#group(nodes),
      () => this.#expand(design),
    ];
    return this.#pick(gestures)();
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) {
      throw new Error("There is nothing to pick from.");
    }
    return item;
  }

  #select(node: string): Promise<void> {
    // By the mark on it: where cards overlap or have left the window, a person would move them first.
    return this.#editor.canvas.node(node).dispatchEvent("click");
  }

  async #fit(): Promise<void> {
    await this.#editor.canvas.root.getByRole("button", { name: "Fit to Window" }).click();
    // The view glides to its place.
    await this.#editor.workbench.page.waitForTimeout(260);
  }

  async #add(nodes: readonly string[]): Promise<string> {
    const [after, layer] = [this.#pick(nodes), this.#pick(layers)];
    await this.#select(after);
    await this.#editor.canvas.paletteItem(layer).click();
    return `add ${layer} from the palette after ${after}`;
  }

  async #insert(nodes: readonly string[]): Promise<string> {
    const layer = this.#pick(layers);
    const after = nodes.length === 0 ? undefined : this.#pick(nodes);
    if (after !== undefined) {
      await this.#select(after);
    }
    await this.#press("/");
    await this.#editor.canvas.root.getByTestId("quick-insert").waitFor();
    await this.#editor.workbench.page.keyboard.type(layer);
    await this.#editor.workbench.page.keyboard.press("Enter");
    return `insert ${layer} after ${after}`;
  }

  async #drag(nodes: readonly string[]): Promise<string> {
    const node = this.#pick(nodes);
    const by = { x: Math.round(this.#random() * 160 - 80), y: Math.round(this.#random() * 160) };
    await this.#fit();
    await this.#editor.canvas.dragNode(node, by);
    return `drag ${node} by ${by.x}, ${by.y}`;
  }

  async #connect(nodes: readonly string[]): Promise<string> {
    const [from, to] = [this.#pick(nodes), this.#pick(nodes.filter((id) => id !== "image"))];
    await this.#fit();
    const target = this.#editor.canvas.node(to).locator(".react-flow__handle.target");
    if ((await target.count()) > 0) {
      await this.#editor.canvas.connect(from, to);
    }
    // A wire that ends beside every card offers a list; it is left as it is.
    await this.#editor.workbench.page.keyboard.press("Escape");
    return `connect ${from} to ${to}`;
  }

  async #delete(nodes: readonly string[]): Promise<string> {
    const node = this.#pick(nodes);
    await this.#select(node);
    await this.#press("Delete");
    return `delete ${node}`;
  }

  async #rename(nodes: readonly string[]): Promise<string> {
    const node = this.#pick(nodes);
    this.#names += 1;
    const name = `n${this.#names}`;
    await this.#select(node);
    await this.#press("F2");
    const field = this.#editor.canvas.root.getByLabel(`Name of ${node}`, { exact: true });
    await field.fill(name);
    await field.press("Enter");
    return `rename ${node} to ${name}`;
  }

  async #setOption(nodes: readonly string[]): Promise<string> {
    const node = this.#pick(nodes);
    await this.#select(node);
    const fields = this.#editor.canvas.root.locator(
      '.inspector .options input[inputmode="numeric"]',
    );
    const count = await fields.count();
    if (count === 0) {
      return `${node} has no number to set`;
    }
    const field = fields.nth(Math.floor(this.#random() * count));
    const value = `${1 + Math.floor(this.#random() * 64)}`;
    await field.fill(value);
    await field.press("Enter");
    return `set a number of ${node} to ${value}`;
  }

  async #nudge(nodes: readonly string[]): Promise<string> {
    const node = this.#pick(nodes);
    await this.#select(node);
    await this.#press("Alt+ArrowDown");
    return `nudge ${node}`;
  }

  /** Selects one node, or two by adding the second with the key for it. */
  async #selectSome(nodes: readonly string[]): Promise<readonly string[]> {
    const some = [...new Set([this.#pick(nodes), this.#pick(nodes)])];
    const { keyboard } = this.#editor.workbench.page;
    await this.#editor.canvas.pane.focus();
    // The first closes what was said about the last gesture, the second selects nothing.
    await keyboard.press("Escape");
    await keyboard.press("Escape");
    for (const node of some) {
      await keyboard.down("Control");
      await this.#select(node);
      await keyboard.up("Control");
    }
    await until(
      async () => (await this.#editor.canvas.selected()).length === some.length,
      `${some.join(" and ")} are selected`,
    );
    return some;
  }

  /** Puts nodes on the clipboard with this key. */
  async #take(key: string, some: readonly string[]): Promise<void> {
    await this.#editor.writeClipboard("");
    await this.#press(key);
    await until(
      async () => (await this.#editor.clipboard()) !== "",
      `${some.join(" and ")} are on the clipboard`,
    );
  }

  /** Waits until a gesture that first has to fetch something has done it, or was refused in words. */
  async #isAnswered(isDone: () => Promise<boolean>, what: string): Promise<void> {
    const notice = this.#editor.canvas.root.getByTestId("notice");
    await until(async () => (await isDone()) || (await notice.count()) > 0, what);
  }

  async #hasOtherCount(count: number, what: string): Promise<void> {
    await this.#isAnswered(async () => (await this.#editor.canvas.designNodes()) !== count, what);
  }

  async #copy(nodes: readonly string[]): Promise<string> {
    const some = await this.#selectSome(nodes);
    await this.#take("Control+c", some);
    const what = `copy and paste ${some.join(" and ")}`;
    await this.#press("Control+v");
    await this.#hasOtherCount(nodes.length, what);
    return what;
  }

  async #cut(nodes: readonly string[]): Promise<string> {
    const some = await this.#selectSome(nodes);
    await this.#take("Control+x", some);
    await this.#hasOtherCount(nodes.length, "cut");
    return `cut ${some.join(" and ")}`;
  }

  async #duplicate(nodes: readonly string[]): Promise<string> {
    const some = await this.#selectSome(nodes);
    const what = `duplicate ${some.join(" and ")}`;
    await this.#press("Control+d");
    await this.#hasOtherCount(nodes.length, what);
    return what;
  }

  async #align(nodes: readonly string[]): Promise<string> {
    const some = await this.#selectSome(nodes);
    if (some.length < 2) {
      return "one node is in line with itself";
    }
    const how = this.#pick(["Align Left", "Align Top", "Align Centers Vertically"]);
    await this.#editor.canvas.root.getByRole("button", { name: how }).dispatchEvent("click");
    await this.#editor.canvas.isDrawn();
    return `${how}: ${some.join(" and ")}`;
  }

  async #group(nodes: readonly string[]): Promise<string> {
    const { canvas, workbench } = this.#editor;
    const some = await this.#selectSome(nodes);
    this.#names += 1;
    const what = `group ${some.join(" and ")} as b${this.#names}`;
    const dialog = canvas.root.getByTestId("new-block");
    await this.#press("Control+g");
    await dialog.or(canvas.root.getByTestId("notice")).waitFor();
    if ((await dialog.count()) === 0) {
      await this.#press("Escape");
      return `${what}, refused`;
    }
    await dialog.getByLabel("Name").fill(`b${this.#names}`);
    await workbench.page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    return what;
  }

  async #expand({ nodes, blocks }: Design): Promise<string> {
    const able = [...nodes.values()].filter(
      ({ type }) => type.endsWith("Block") || blocks.has(type),
    );
    if (able.length === 0) {
      return "there is no block to expand";
    }
    const { id } = this.#pick(able);
    await this.#selectSome([id]);
    await this.#editor.inHost("cnnArchitect.expandBlock");
    await this.#isAnswered(
      async () => (await this.#editor.canvas.node(id).count()) === 0,
      `expand ${id}`,
    );
    return `expand ${id}`;
  }

  async #press(key: string): Promise<void> {
    await this.#editor.canvas.pane.focus();
    await this.#editor.workbench.page.keyboard.press(key);
  }
}
