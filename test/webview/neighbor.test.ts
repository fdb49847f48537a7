import { beforeAll, describe, expect, it } from "vitest";
import { layOut, type Flow } from "../../webview/canvas/layOut.ts";
import { neighbor, type Arrow } from "../../webview/canvas/neighbor.ts";
import { absolutePlaces } from "../../webview/canvas/places.ts";
import { createScene } from "../../webview/canvas/scene.ts";
import { loadLayering } from "../../webview/canvas/placeSegment.ts";
import { analyzed, branches } from "./designs.ts";

function walk(
  start: string,
  arrows: readonly Arrow[],
  flow: Flow,
): readonly (string | undefined)[] {
  const scene = createScene(analyzed(branches), [], "parameters");
  const places = absolutePlaces(scene, layOut(scene, flow, new Map()));
  const visited: (string | undefined)[] = [start];
  for (const arrow of arrows) {
    visited.push(neighbor(visited.at(-1) ?? "", arrow, places, scene.wires, flow));
  }
  return visited;
}

beforeAll(loadLayering);

describe("arrow keys", () => {
  it("follow the wires in the direction of the network", () => {
    expect(walk("image", ["right", "right", "right", "right"], "right")).toEqual([
      "image",
      "stem",
      "b",
      "join",
      "mix",
    ]);
    expect(walk("mix", ["up", "up", "up"], "down")).toEqual(["mix", "join", "b", "stem"]);
  });

  it("cross from branch to branch", () => {
    expect(walk("b", ["up", "down", "down"], "right")).toEqual(["b", "a", "b", "c"]);
    expect(walk("b", ["left", "right", "right"], "down")).toEqual(["b", "a", "b", "c"]);
  });

  it("reach every card and never leave the canvas", () => {
    const scene = createScene(analyzed(branches), [], "parameters");
    const places = absolutePlaces(scene, layOut(scene, "right", new Map()));
    const seen = new Set(["image"]);
    for (const id of seen) {
      for (const arrow of ["left", "right", "up", "down"] as const) {
        const next = neighbor(id, arrow, places, scene.wires, "right");
        if (next !== undefined) {
          seen.add(next);
        }
      }
    }
    expect([...seen].toSorted()).toEqual(scene.cards.map(({ id }) => id).toSorted());
  });
});
