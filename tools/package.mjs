import fs from "node:fs";
import { build } from "./build.mjs";
import { isMain } from "./lib/isMain.mjs";
import { inRoot } from "./lib/paths.mjs";
import { runNode } from "./lib/process.mjs";
import { ToolError, runTool, say, size } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

const file = "cnn-architect.vsix";

/** Packages the extension into one file that VS Code installs; returns its path. */
export async function packageExtension() {
  // Everything is bundled, and .vscodeignore names the few files of a dependency that go along.
  const parameters = [
    "package",
    "--dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--out",
    file,
  ];
  const { code, output } = await runNode(
    inRoot("node_modules", "@vscode", "vsce", "vsce"),
    parameters,
  );
  if (code !== 0) {
    throw new ToolError(`${output}\nThe extension could not be packaged.`);
  }
  say(`Packaged ${file}, ${size(fs.statSync(inRoot(file)).size)}.`);
  return inRoot(file);
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    await setup();
    await build();
    await packageExtension();
  });
}
