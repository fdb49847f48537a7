import {
  parseSampleImages,
  type SampleImages,
  type SampleRequest,
} from "../protocol/sampleImages.ts";
import { forkTrainer, trainerFileOf } from "./clientProcess.ts";

/** Milliseconds after which nobody waits for a picture any more. */
const longestWait = 20_000;

/** Reads a few images of a data set in a process of its own; `undefined` where that does not succeed. */
export function requestSamples(
  request: Omit<SampleRequest, "type">,
  trainerFile = trainerFileOf(),
): Promise<SampleImages | undefined> {
  return new Promise((resolve) => {
    const child = forkTrainer(trainerFile);
    const end = (images: SampleImages | undefined): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      resolve(images);
    };
    const timer = setTimeout(() => end(undefined), longestWait);
    // What it prints is nobody's; a full pipe would hold it up.
    child.stdout?.resume();
    child.stderr?.resume();
    child.on("message", (message) => end(parseSampleImages(message)));
    child.on("error", () => end(undefined));
    child.on("close", () => end(undefined));
    child.send({ type: "sampleImages", ...request }, () => undefined);
  });
}
