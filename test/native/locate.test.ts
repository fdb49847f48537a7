import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { findNativeEngine, inspectNativeEngine } from "../../src/native/locate.ts";
import { packageDirectory, writeMarker } from "../../src/native/marker.ts";
import { writeCompiledParts } from "./fakeEngine.ts";
import { temporaryDirectory } from "./temporaryDirectory.ts";

async function finishedEngine(): Promise<string> {
  const directory = temporaryDirectory();
  writeCompiledParts(directory);
  await writeMarker(directory, { tensorflowVersion: "2.21.0", source: "wheel" });
  return directory;
}

const addon = (directory: string): string =>
  path.join(packageDirectory(directory), "lib/napi-v8/tfjs_binding.node");

const changeMarker = (
  directory: string,
  change: (marker: Record<string, unknown>) => void,
): void => {
  const file = path.join(directory, "native.json");
  const marker = JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, unknown>;
  change(marker);
  fs.writeFileSync(file, JSON.stringify(marker));
};

describe("findNativeEngine", () => {
  test("takes the first usable engine of the directories", async () => {
    const directory = await finishedEngine();
    const empty = temporaryDirectory();
    expect(findNativeEngine([empty, directory])).toEqual({
      directory,
      tensorflowVersion: "2.21.0",
      source: "wheel",
    });
  });

  test("finds nothing where no engine is", () => {
    expect(findNativeEngine([temporaryDirectory(), "/nowhere/at/all"])).toBeUndefined();
  });

  test("takes an installation that never ended for none", () => {
    const directory = temporaryDirectory();
    writeCompiledParts(directory);
    expect(inspectNativeEngine(directory)).toEqual({ type: "none" });
  });
});

describe("a damaged engine is refused with the reason", () => {
  const name = "node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node";
  const damages: readonly [string, (directory: string) => void, string][] = [
    [
      "text instead of a marker",
      (directory) => fs.writeFileSync(path.join(directory, "native.json"), "{ nonsense"),
      "its native.json cannot be read",
    ],
    [
      "a marker without files",
      (directory) => changeMarker(directory, (marker) => (marker["files"] = [])),
      "its native.json cannot be read",
    ],
    [
      "another platform",
      (directory) => changeMarker(directory, (marker) => (marker["platform"] = "plan9-mips")),
      "it was installed for plan9-mips",
    ],
    [
      "another version",
      (directory) => changeMarker(directory, (marker) => (marker["packageVersion"] = "4.0.0")),
      "it is version 4.0.0 and 4.22.0 is needed",
    ],
    ["a missing file", (directory) => fs.rmSync(addon(directory)), `${name} is missing`],
    [
      "a cut file",
      (directory) => fs.writeFileSync(addon(directory), "add"),
      `${name} has 3 bytes instead of 5`,
    ],
    [
      "a changed file of the same size",
      (directory) => fs.writeFileSync(addon(directory), "ADDON"),
      `${name} was changed after the installation`,
    ],
  ];

  test.each(damages)("%s", async (_, damage, reason) => {
    const directory = await finishedEngine();
    damage(directory);
    expect(inspectNativeEngine(directory)).toEqual({ type: "damaged", reason });
    expect(findNativeEngine([directory])).toBeUndefined();
  });
});
