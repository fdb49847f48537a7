import { inRoot } from "../lib/paths.mjs";
import { runNode } from "../lib/process.mjs";
import { ToolError } from "../lib/say.mjs";

/** @typedef {{ commands: string[], customEditors: string[], views: string[] }} Registrations */

/**
 * Activates dist/extension.js in a process of its own against a VS Code that only takes notes.
 * @returns {Promise<Registrations>}
 */
export async function registrations() {
  const { code, output } = await runNode(inRoot("tools", "checks", "recordRegistrations.cjs"), []);
  const line = output.split("\n").find((text) => text.startsWith(marker));
  if (code !== 0 || line === undefined) {
    throw new ToolError(
      `The extension could not be activated to see what it registers:\n${output}`,
    );
  }
  return /** @type {Registrations} */ (JSON.parse(line.slice(marker.length)));
}

const marker = "registrations=";
