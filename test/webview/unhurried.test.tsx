// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApplicationContext, useAppState } from "../../webview/state/context.ts";
import { useUnhurried } from "../../webview/state/useUnhurried.ts";
import { lenet5 } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

const chain = (layers: number, name: string): string => {
  const nodes = Array.from({ length: layers }, (_, index) => [
    `r${index}`,
    { type: "activation", from: index === 0 ? "image" : `r${index - 1}` },
  ]);
  const image = { type: "input", shape: [4, 4, 1] };
  return JSON.stringify({ version: 1, name, nodes: { image, ...Object.fromEntries(nodes) } });
};

let frames: (() => void)[] = [];

/** Draws a frame, and does what waits for it to be on the screen. */
async function drawFrame(): Promise<void> {
  const waiting = frames;
  frames = [];
  await act(async () => {
    for (const frame of waiting) {
      frame();
    }
    // Behind the task that the frame has queued.
    await new Promise((resolve) => setTimeout(resolve));
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      port1.addEventListener("message", resolve, { once: true });
      port1.start();
      port2.postMessage(undefined);
    });
    port1.close();
  });
}

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  vi.stubGlobal("cancelAnimationFrame", (frame: number) => {
    frames[frame - 1] = () => {};
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

let drawn: string[] = [];

function Unhurried() {
  const { name } = useUnhurried().parsed.design;
  drawn.push(name);
  return <p data-testid="unhurried">{name}</p>;
}

function AtOnce() {
  return <p data-testid="at-once">{useAppState((state) => state.drawn.parsed.design.name)}</p>;
}

/** What hurries and what does not, after the texts came one after the other. */
function open(text: string) {
  const opened = openApplication(text);
  render(
    <ApplicationContext value={opened.application}>
      <Unhurried />
      <AtOnce />
    </ApplicationContext>,
  );
  let version = 1;
  return {
    show: (next: string) => {
      version += 1;
      act(() => opened.host.document(next, version));
    },
    names: () => ["at-once", "unhurried"].map((id) => screen.getByTestId(id).textContent),
  };
}

describe("what does not hurry", () => {
  it("shows a small design with everything else", () => {
    const { show, names } = open(lenet5);
    show(chain(3, "small"));
    expect([names(), frames.length]).toEqual([["small", "small"], 0]);
  });

  it("shows a large design when its totals are on the screen, and is not drawn before", async () => {
    const { show, names } = open(chain(400, "first"));
    drawn = [];
    show(chain(400, "second"));
    const before = [names(), drawn];
    drawn = [];
    await drawFrame();
    expect([before, names()]).toEqual([
      [["second", "first"], []],
      ["second", "second"],
    ]);
  });

  it("shows only the last of several that came before the frame", async () => {
    const { show, names } = open(chain(400, "first"));
    show(chain(400, "second"));
    show(chain(400, "third"));
    drawn = [];
    await drawFrame();
    expect([names(), [...new Set(drawn)]]).toEqual([["third", "third"], ["third"]]);
  });

  it("never goes back to a large design when a small one came before the frame", async () => {
    const { show, names } = open(chain(400, "large"));
    show(chain(400, "larger"));
    show(lenet5);
    const before = names();
    await drawFrame();
    expect([before, names()]).toEqual([
      ["LeNet-5", "LeNet-5"],
      ["LeNet-5", "LeNet-5"],
    ]);
  });

  it("keeps the small design while the large one after it is not on the screen yet", async () => {
    const { show, names } = open(chain(400, "large"));
    show(lenet5);
    show(chain(400, "larger"));
    const before = names();
    await drawFrame();
    expect([before, names()]).toEqual([
      ["larger", "LeNet-5"],
      ["larger", "larger"],
    ]);
  });
});
