import path from "node:path";
import * as vscode from "vscode";
import { analyzeText } from "../core/analysis/analyze.ts";
import type { SampleImages } from "../protocol/sampleImages.ts";
import { requestSamples } from "../trainer/clientSamples.ts";

/** Images of each data set that are shown. */
const COUNT = 8;

/** Data sets in the shapes of designs that are remembered. */
const MOST_KEPT = 16;

/** Sample images of the data sets that designs name, each read once. */
export class SampleService {
  readonly #known = new Map<string, Promise<SampleImages | undefined>>();

  /** Images for the design in this document, `undefined` where there are none to show. */
  of(document: vscode.TextDocument): Promise<SampleImages | undefined> {
    const text = document.getText();
    const key = keyOf(text, document.uri);
    // Restricted Mode: nothing outside of the document is read.
    if (key === undefined || !vscode.workspace.isTrusted) {
      return Promise.resolve(undefined);
    }
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    const isSaved = document.uri.scheme === "file";
    const images = requestSamples({
      text,
      count: COUNT,
      ...(isSaved && { directory: path.dirname(document.uri.fsPath) }),
    });
    this.#known.set(key, images);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KEPT && oldest !== undefined) {
      this.#known.delete(oldest);
    }
    return images;
  }
}

/** What the images depend on; nothing where no image enters or no data set is named. */
function keyOf(text: string, { path: file }: vscode.Uri): string | undefined {
  const { parsed, network } = analyzeText(text);
  const shape = network.layers.find(({ type }) => type === "input")?.inference?.outputShape;
  const dataset = parsed.design.training?.dataset;
  const classes = network.byId.get(network.outputs[0] ?? "")?.inference?.outputShape;
  return shape?.length === 3 && dataset !== undefined
    ? JSON.stringify([path.posix.dirname(file), dataset, shape, classes])
    : undefined;
}
