import path from "node:path";
import { afterEach } from "vitest";
import { type Editor, root } from "./editor.ts";

/** Leaves a picture of VS Code in `out/e2e` when a test of the suite fails. */
export function pictureOnFailure(editor: () => Editor): void {
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") {
      const name = `${task.file.name}-${task.name}`.replaceAll(/[^\w.-]+/g, "-").slice(-80);
      await editor().workbench.page.screenshot({ path: path.join(root, "out/e2e", `${name}.png`) });
    }
  });
}
