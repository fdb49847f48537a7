import { describe, expect, it, vi } from "vitest";
import type { Uri } from "vscode";
import type { TrainerEvent } from "../../src/protocol/trainer.ts";
import type { StartTrainer } from "../../src/extension/training/trainer.ts";
import {
  TrainingService,
  type TrainingChange,
} from "../../src/extension/training/trainingService.ts";

vi.mock("vscode", () => ({
  EventEmitter: class<T> {
    readonly #listeners = new Set<(event: T) => void>();
    readonly event = (listener: (event: T) => void) => {
      this.#listeners.add(listener);
      return { dispose: () => this.#listeners.delete(listener) };
    };
    fire(event: T): void {
      for (const listener of this.#listeners) {
        listener(event);
      }
    }
    dispose(): void {
      this.#listeners.clear();
    }
  },
}));

const uri = (name: string): Uri => ({ toString: () => `file:///${name}` }) as unknown as Uri;
const request = { type: "start", text: "{}", engineDirectories: [] } as const;
const finished: TrainerEvent = {
  type: "finished",
  reason: "completed",
  epochs: 1,
  testLoss: 0.1,
  testAccuracy: 0.98,
  seconds: 1,
  imagesPerSecond: 100,
};
const failed: TrainerEvent = { type: "failed", code: "crashed", message: "It was killed." };

/** Trainers that say what the test has them say. */
function scripted() {
  const trainers: { readonly say: (event: TrainerEvent) => void; readonly asked: string[] }[] = [];
  const start: StartTrainer = (_request, say) => {
    const asked: string[] = [];
    trainers.push({ say, asked });
    const ask = (what: string) => () => void asked.push(what);
    return { stop: ask("stop"), pause: ask("pause"), leave: ask("leave"), kill: ask("kill") };
  };
  const service = new TrainingService(start);
  const changes: TrainingChange[] = [];
  service.onDidChange((change) => changes.push(change));
  return { service, trainers, changes };
}

describe("the trainings of all designs", () => {
  it("tells a run from its start to its ending, and keeps it for later views", () => {
    const { service, trainers, changes } = scripted();
    const design = uri("a");
    service.start(design, request);
    trainers[0]?.say({ type: "phase", phase: "training" });
    trainers[0]?.say(finished);
    expect(changes.map(({ status, events, isNewRun }) => [status, events, isNewRun])).toEqual([
      ["running", [], true],
      ["running", [{ type: "phase", phase: "training" }], false],
      ["ended", [finished], false],
    ]);
    expect(service.stateOf(uri("a"))).toEqual({
      status: "ended",
      events: [{ type: "phase", phase: "training" }, finished],
    });
  });

  it("trains a design once at a time, and several designs side by side", () => {
    const { service, trainers } = scripted();
    service.start(uri("a"), request);
    service.start(uri("a"), request);
    service.start(uri("b"), request);
    expect([trainers.length, service.underWay.map(({ uri: of }) => of.toString())]).toEqual([
      2,
      ["file:///a", "file:///b"],
    ]);
  });

  it("asks once to stop, and begins anew after a crash with nothing left of the first run", () => {
    const { service, trainers } = scripted();
    service.start(uri("a"), request);
    service.stop(uri("a"));
    service.stop(uri("a"));
    expect([trainers[0]?.asked, service.stateOf(uri("a")).status]).toEqual([["stop"], "stopping"]);
    trainers[0]?.say(failed);
    service.start(uri("a"), request);
    expect(service.stateOf(uri("a"))).toEqual({ status: "running", events: [] });
  });

  it("goes on with a paused run where its checkpoint was", () => {
    const { service, trainers } = scripted();
    const point = (step: number) => ({ step, loss: 1, accuracy: 0 });
    const progress = {
      type: "progress",
      points: [point(1), point(2), point(3)],
      epoch: 1,
      step: 3,
      imagesPerSecond: 1,
      secondsElapsed: 1,
      secondsLeft: 1,
    } as const;
    service.start(uri("a"), request);
    service.pause(uri("a"));
    expect([trainers[0]?.asked, service.stateOf(uri("a")).status]).toEqual([["pause"], "pausing"]);
    trainers[0]?.say({ ...finished, reason: "paused" });
    service.start(uri("a"), request, [progress]);
    const started = { type: "started", resumedAt: { epoch: 0, step: 2 } } as TrainerEvent;
    trainers[1]?.say(started);
    expect(service.stateOf(uri("a")).events).toEqual([
      started,
      { ...progress, points: [point(1), point(2)], step: 2 },
    ]);
  });

  it("hears nothing of a run after its ending", () => {
    const { service, trainers, changes } = scripted();
    service.start(uri("a"), request);
    trainers[0]?.say(failed);
    trainers[0]?.say(finished);
    expect([changes.length, service.stateOf(uri("a")).events]).toEqual([2, [failed]]);
  });

  it("follows a design to its new name, and leaves its trainers to keep what they learnt when it goes", () => {
    const { service, trainers } = scripted();
    service.start(uri("a"), request);
    service.rename(uri("a"), uri("b"));
    expect([service.stateOf(uri("a")).status, service.isUnderWay(uri("b"))]).toEqual([
      "idle",
      true,
    ]);
    service.dispose();
    expect(trainers[0]?.asked).toEqual(["leave"]);
  });
});
