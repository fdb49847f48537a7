import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/runCli.ts";
import type { PictureOptions } from "../../src/protocol/picture.ts";
import { fitText } from "../../webview/picture/fitText.ts";
import { pictureOf } from "../../webview/picture/pictureOf.ts";
import { tooLarge } from "../../webview/picture/rasterize.ts";
import { terminalPicture } from "../../webview/picture/terminal.ts";
import { escapeXml } from "../../webview/picture/xml.ts";
import { fakeTerminal } from "../cli/fakeTerminal.ts";
import { fakeWorld } from "../cli/fakeWorld.ts";
import { analyzed, branches, lenet5 } from "./designs.ts";

const view = { openBlocks: [], measure: "parameters", flow: "right", inside: undefined } as const;
const options: PictureOptions = { palette: "light", hasMeasures: true };

/** Words of all texts, in order, as a reader of SVG finds them. */
const textsIn = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words = ""]) => words);

/** Checks that tags are closed in order and attributes quoted, and returns the names of all elements. */
function elementsOf(svg: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  const body = svg.replace(/^<\?xml [^>]*\?>\n/, "");
  const rest = body.replaceAll(
    /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)(\/?)>/g,
    (_, closing: string, name: string, _attributes: string, isEmpty: string) => {
      if (closing === "/") {
        expect(open.pop()).toBe(name);
      } else {
        names.push(name);
        if (isEmpty === "") {
          open.push(name);
        }
      }
      return "";
    },
  );
  expect([open, /[<>]|&(?!(?:amp|lt|gt|quot);)/.exec(rest)]).toEqual([[], null]);
  return names;
}

describe("a picture", () => {
  it("says of each node what the canvas says, as real text", () => {
    const { svg } = pictureOf(analyzed(lenet5), view, options);
    const texts = textsIn(svg);
    expect(texts.slice(texts.indexOf("c1"), texts.indexOf("c1") + 5)).toEqual([
      "c1",
      "Conv2D",
      "6 filters, 5×5, same, tanh",
      "28×28×6 · RF 5",
      "156",
    ]);
    expect(texts).toContain("LeNet-5: 61,706 parameters, 416,520 MACs");
    expect(new Set(elementsOf(svg))).toEqual(
      new Set(["svg", "title", "desc", "rect", "g", "path", "text"]),
    );
  });

  it("leaves out what is counted where nobody wants it", () => {
    const { svg } = pictureOf(analyzed(lenet5), view, { palette: "dark", hasMeasures: false });
    const texts = textsIn(svg);
    expect(texts.slice(texts.indexOf("c1"), texts.indexOf("c1") + 4)).toEqual([
      "c1",
      "Conv2D",
      "6 filters, 5×5, same, tanh",
      "28×28×6",
    ]);
    expect(svg).not.toContain("61,706");
    expect(svg).toContain('fill="#0d1117"');
  });

  it("opens blocks as the canvas does, and has no more than what it draws", () => {
    const closed = pictureOf(analyzed(branches), view, options);
    const open = pictureOf(analyzed(branches), { ...view, openBlocks: ["mix", "mix/1"] }, options);
    expect(textsIn(closed.svg)).toContain("×2");
    expect([open.width > closed.width, textsIn(open.svg).includes("conv1")]).toEqual([true, true]);
    elementsOf(open.svg);
  });

  it("takes every name as it is", () => {
    const name = `</svg><script>alert("1")</script>&amp;\u0000\uD800`;
    const { svg } = pictureOf(
      analyzed(
        JSON.stringify({ version: 1, name, nodes: { "a<b": { type: "input", shape: [4] } } }),
      ),
      view,
      options,
    );
    expect(elementsOf(svg)).not.toContain("script");
    expect(svg).toContain("a&lt;b");
  });

  it("of nothing is empty and valid", () => {
    const { svg, width } = pictureOf(analyzed("{}"), view, { ...options, hasMeasures: false });
    expect([width, elementsOf(svg)]).toEqual([48, ["svg", "title", "rect"]]);
  });

  it("is refused as PNG where it would be too large, with a way on", () => {
    const { svg } = pictureOf(analyzed(lenet5), view, options);
    expect(tooLarge({ svg, width: 2000, height: 1000 }, 2)).toBeUndefined();
    expect(tooLarge({ svg, width: 9000, height: 100 }, 2)).toContain("18,000 × 200 pixels");
  });
});

describe("texts", () => {
  it("are cut where they do not fit, wide letters sooner", () => {
    expect([fitText("short", 100, 12, "text"), fitText("가나다라마바사", 50, 12, "text")]).toEqual([
      "short",
      "가나다…",
    ]);
  });

  it("hold no character that XML refuses", () => {
    expect(escapeXml('a\u0001\uDC00<&>"\n')).toBe("a\uFFFD\uFFFD&lt;&amp;&gt;&quot;\n");
  });
});

describe("cnn-architect picture", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cnn-architect-"));
  const file = path.join(folder, "branches.cnn.json");
  writeFileSync(file, branches);

  async function run(...parameters: readonly string[]) {
    const { terminal, output, complaint } = fakeTerminal();
    const world = fakeWorld(terminal, { drawPicture: terminalPicture });
    const code = await runCli(["picture", file, ...parameters], world);
    return { code, output: output(), complaint: complaint() };
  }

  it("prints what the canvas draws, or writes it to a file", async () => {
    const { code, output } = await run();
    expect([code, output]).toEqual([0, pictureOf(analyzed(branches), view, options).svg]);
    const target = path.join(folder, "out.svg");
    const quiet = await run("-o", target, "--dark", "--down", "--open", "all", "--measure", "none");
    expect([quiet.code, quiet.output]).toEqual([0, ""]);
    expect(textsIn(readFileSync(target, "utf8"))).toContain("conv1");
  });

  it("says what it does not know", async () => {
    expect((await run("--open", "mux")).complaint).toContain(
      "has no block mux to open. It has mix, mix/1, mix/2.",
    );
    expect((await run("--measure", "weight")).complaint).toContain("--measure must be parameters,");
    expect((await run("-o", folder)).complaint).toContain("cannot be written");
  });
});
