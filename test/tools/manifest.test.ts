import { describe, expect, test } from "vitest";
import { checkReferences, checkTranslations } from "../../tools/checks/manifest.mjs";

describe("checkReferences", () => {
  const commands = [{ command: "cnnArchitect.train" }];

  test("accepts declared commands, declared submenus and commands of VS Code", () => {
    expect(
      checkReferences({
        commands,
        submenus: [{ id: "cnnArchitect.more" }],
        menus: {
          "editor/title": [{ command: "cnnArchitect.train" }, { submenu: "cnnArchitect.more" }],
        },
        keybindings: [
          { command: "cnnArchitect.train" },
          { command: "workbench.action.files.save" },
        ],
      }),
    ).toEqual([]);
  });

  test("names a menu, a key and a submenu that lead nowhere", () => {
    expect(
      checkReferences({
        commands,
        menus: {
          commandPalette: [{ command: "cnnArchitect.trian" }, { submenu: "cnnArchitect.more" }],
        },
        keybindings: [{ command: "cnnArchitect.stop" }],
      }),
    ).toEqual([
      "the menu commandPalette names the command cnnArchitect.trian, which package.json does not declare",
      "the menu commandPalette names the submenu cnnArchitect.more, which package.json does not declare",
      "a keybinding names the command cnnArchitect.stop, which package.json does not declare",
    ]);
  });
});

test("checkTranslations names what a language lacks, has too much, and links to in vain", () => {
  const manifest = `{ "title": "%train.title%", "text": "%walk%", "command": "cnnArchitect.train" }`;
  const english = { "train.title": "Train", walk: "[Train](command:cnnArchitect.train)" };
  const korean = { walk: "[Train](command:cnnArchitect.trian)", old: "Old" };
  expect(checkTranslations(manifest, { en: english, ko: korean })).toEqual([
    "ko lacks train.title",
    "ko has old, which package.json does not use",
    "ko: walk links to the command cnnArchitect.trian, which package.json does not declare",
  ]);
});
