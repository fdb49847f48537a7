import { describe, expect, test } from "vitest";
import { analyzeText } from "../../../src/core/analysis/analyze.ts";
import { designOf } from "../designOf.ts";

const image = { type: "input", shape: [16, 16, 4] };

/** Code of each error with the text it points at. */
function errorsOf({ parsed, analysis }: ReturnType<typeof analyzeText>): readonly string[] {
  return analysis.problems.flatMap(({ severity, code, range }) =>
    severity === "error"
      ? [`${code} at ${parsed.text.slice(range!.offset, range!.offset + range!.length)}`]
      : [],
  );
}

describe("sizes that cannot be", () => {
  const sizes = [0, -1, 1.5, 1e9, "x"];
  const places: Readonly<Record<string, (size: unknown) => object>> = {
    filters: (size) => ({ type: "conv2d", filters: size, kernelSize: 3 }),
    kernelSize: (size) => ({ type: "conv2d", filters: 4, kernelSize: [3, size] }),
    strides: (size) => ({ type: "maxPooling2d", strides: size }),
    dilationRate: (size) => ({ type: "conv2d", filters: 4, kernelSize: 3, dilationRate: size }),
    units: (size) => ({ type: "dense", units: size }),
    targetShape: (size) => ({ type: "reshape", targetShape: [size, 4] }),
    repeat: (size) => ({ type: "convBlock", filters: 4, repeat: size }),
    growthRate: (size) => ({ type: "denseBlock", units: 2, growthRate: size }),
  };
  test.each(Object.entries(places))("%s", (_option, nodeOf) => {
    for (const size of sizes) {
      const errors = errorsOf(designOf({ image, n: { from: "image", ...nodeOf(size) } }));
      expect(errors.length, String(size)).toBeGreaterThan(0);
      expect(errors.join()).toContain(JSON.stringify(size));
    }
  });

  test("of an image", () => {
    for (const size of sizes) {
      const design = designOf({
        image: { type: "input", shape: [size, 8, 3] },
        flat: { type: "flatten", from: "image" },
      });
      expect(errorsOf(design)).toEqual([`invalidOption at ${JSON.stringify([size, 8, 3])}`]);
    }
  });
});

describe("expressions that divide by zero", () => {
  test.each(["8/(k-2)", "8%(k-2)", "k/0", "0/0"])("%s", (filters) => {
    const design = designOf(
      { image, n: { type: "own", from: "image" } },
      {
        blocks: {
          own: {
            parameters: { k: 2 },
            inputs: ["x"],
            nodes: { c: { type: "conv2d", from: "x", filters, kernelSize: 1 } },
            output: "c",
          },
        },
      },
    );
    expect(errorsOf(design)).toEqual([`invalidOption at ${JSON.stringify(filters)}`]);
  });
});

describe("a file of 10 MB", { timeout: 180_000 }, () => {
  const whole = 10_000_000;
  const layer = (index: number) =>
    `"n${index}":{"type":"conv2d","from":"image","filters":1,"kernelSize":1}`;
  const opening = '{"version":1,"name":"large","nodes":{"image":{"type":"input","shape":[4,4,1]}';

  test("of nodes: the first 20,000 are read, and it is said where the rest begins", () => {
    const nodes: string[] = [];
    for (let length = opening.length, index = 0; length < whole - 100; index++) {
      const text = layer(index);
      nodes.push(text);
      length += text.length + 1;
    }
    const { parsed, analysis } = analyzeText(`${opening},${nodes.join(",")}}}`);
    expect(parsed.text.length).toBeGreaterThan(whole - 200);
    expect(parsed.design.nodes.size).toBe(20_000);
    const tooLarge = analysis.problems.filter(({ code }) => code === "tooLarge");
    expect(tooLarge.map(({ message }) => message)).toEqual([
      "The design has more than 20000 nodes: n19999 and everything after it is left out.",
    ]);
  });

  test("of one name, of brackets, of blanks and of a number", () => {
    for (const text of [
      `${opening},"${"x".repeat(whole - opening.length - 10)}":{}}}`,
      "[".repeat(whole),
      '{"nodes":'.repeat(whole / 10),
      " ".repeat(whole),
      `{"version":${"9".repeat(whole - 20)}}`,
      `${opening},"n":{"type":"conv2d","filters":[${"1,".repeat(whole / 2 - 100)}1]}}}`,
    ]) {
      const { analysis } = analyzeText(text);
      expect(analysis.problems.length).toBeGreaterThan(0);
      expect(analysis.problems.length).toBeLessThanOrEqual(1100);
    }
  });

  test("and one character more is refused at once", () => {
    const { analysis } = analyzeText(" ".repeat(whole + 1));
    expect(analysis.problems.map(({ code }) => code)).toContain("tooLarge");
  });
});
