import fs from "node:fs";
import { installDebianPackages } from "./lib/debianPackages.mjs";
import { say } from "./lib/say.mjs";
import { chromium } from "./lib/vscodeHost.mjs";

const vulkan = [
  "/usr/lib/x86_64-linux-gnu/libvulkan.so.1",
  "/usr/lib/aarch64-linux-gnu/libvulkan.so.1",
];

/** SwiftShader, the graphics processor in software that Debian's Chromium brings, and the loader that finds it. */
export async function softwareAdapter() {
  if (process.platform !== "linux" || process.env["VK_ICD_FILENAMES"] !== undefined) {
    return;
  }
  await chromium();
  if (vulkan.some((file) => fs.existsSync(file)) || process.getuid?.() !== 0) {
    return;
  }
  say("Installing libvulkan1 with apt-get for the tests of the WebGPU engine ...");
  await installDebianPackages(["libvulkan1"]);
}
