import axe from "axe-core";
import { until } from "../../../tools/vscode-host/until.ts";
import type { Editor } from "./editor.ts";

interface Theme {
  readonly name: string;
  /** What VS Code calls it to a webview. */
  readonly kind: string;
}

/** VS Code's own themes: dark, light and both with high contrast. */
export const themes: readonly Theme[] = [
  { name: "Default Dark Modern", kind: "vscode-dark" },
  { name: "Default Light Modern", kind: "vscode-light" },
  { name: "Default High Contrast", kind: "vscode-high-contrast" },
  { name: "Default High Contrast Light", kind: "vscode-high-contrast-light" },
];

/** Runs axe inside the canvas in this theme and returns each violation as a sentence. */
export async function findViolations(
  editor: Editor,
  { name, kind }: Theme,
): Promise<readonly string[]> {
  await editor.workbench.inHost(async (vscode, theme) => {
    const target = vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration("workbench").update("colorTheme", theme, target);
  }, name);
  const body = editor.canvas.root.locator("body");
  await until(
    async () => (await body.getAttribute("data-vscode-theme-kind")) === kind,
    `the canvas is drawn in ${name}`,
  );
  const frame = await (await body.elementHandle())?.ownerFrame();
  if (frame === null || frame === undefined) {
    throw new Error("The canvas is in no frame.");
  }
  // Evaluated, not added as a script, which the policy of the page would refuse.
  await frame.evaluate(axe.source);
  const found = await frame.evaluate(async () => {
    // Colours that are still on their way from the last theme are nobody's colours.
    await Promise.all(document.getAnimations().map((animation) => animation.finished));
    const { violations, passes } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    if (!passes.some(({ id }) => id === "color-contrast")) {
      throw new Error("axe has not looked at the colours of the canvas.");
    }
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any, all }) => {
        const reasons = [...any, ...all].map(({ message }) => message);
        return `${id}: ${html.slice(0, 160)}: ${reasons.join("; ")}`;
      }),
    );
  });
  return found.map((each) => `${name}: ${each}`);
}
