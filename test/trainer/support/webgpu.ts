import fs from "node:fs";
import { defaultWebgpuDirectory } from "../../../src/native/webgpuPackage.ts";
import { WebgpuEngine } from "../../../src/trainer/engines/webgpu/webgpuEngine.ts";
import { TrainingFailure } from "../../../src/trainer/trainingFailure.ts";

/** A graphics processor in software that Debian's Chromium brings, for machines without one. */
const swiftShader = "/usr/lib/chromium/vk_swiftshader_icd.json";

/** The engine on this machine's adapter, or why there is none; on the machine that guards the product there must be one. */
export async function startWebgpu(): Promise<WebgpuEngine | string> {
  if (process.env["VK_ICD_FILENAMES"] === undefined && fs.existsSync(swiftShader)) {
    process.env["VK_ICD_FILENAMES"] = swiftShader;
  }
  try {
    return await WebgpuEngine.start(defaultWebgpuDirectory());
  } catch (error) {
    if (error instanceof TrainingFailure && process.env["CI"] === undefined) {
      return error.message;
    }
    throw error;
  }
}
