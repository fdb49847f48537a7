// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import english from "../../package.nls.json" with { type: "json" };
import korean from "../../package.nls.ko.json" with { type: "json" };
import manifest from "../../package.json" with { type: "json" };
import bundle from "../../l10n/bundle.l10n.ko.json" with { type: "json" };
import { canvasKeys } from "../../webview/canvas/canvasKeys.ts";
import { keyGroups } from "../../webview/keys/keyGroups.ts";
import { KeySheet } from "../../webview/keys/KeySheet.tsx";
import { keyCaps, pressedKey } from "../../webview/keys/pressedKey.ts";
import { workbenchKeys } from "../../webview/keys/workbenchKeys.ts";
import { ApplicationContext } from "../../webview/state/context.ts";
import { lenet5 } from "./designs.ts";
import { openApplication } from "./fakeHost.ts";

afterEach(cleanup);

const nothing = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const translations: Readonly<Record<string, string>> = bundle;

/** Text of a command's title in the languages of the manifest. */
function titleOf(command: string, texts: Readonly<Record<string, string>>): string | undefined {
  const title = manifest.contributes.commands.find((each) => each.command === command)?.title ?? "";
  return texts[title.replaceAll("%", "")];
}

describe("a pressed key", () => {
  it("is named alike on every keyboard and system", () => {
    expect([
      pressedKey({ ...nothing, key: "a", ctrlKey: true }),
      pressedKey({ ...nothing, key: "Z", metaKey: true, shiftKey: true }),
      pressedKey({ ...nothing, key: "?", shiftKey: true }),
      // A German keyboard has the slash above the 7.
      pressedKey({ ...nothing, key: "/", shiftKey: true }),
      pressedKey({ ...nothing, key: " " }),
      pressedKey({ ...nothing, key: "ArrowUp", altKey: true }),
    ]).toEqual(["Mod+A", "Mod+Shift+Z", "?", "/", "Space", "Alt+ArrowUp"]);
  });

  it("is printed as it stands on the keyboard", () => {
    expect(keyCaps("Mod+Shift+F", false)).toEqual(["Ctrl", "Shift", "F"]);
    expect(keyCaps("Mod+Shift+F", true)).toEqual(["⌘", "⇧", "F"]);
    expect(keyCaps("Alt+ArrowUp", false)).toEqual(["Alt", "↑"]);
    expect(keyCaps("Mod++", false)).toEqual(["Ctrl", "+"]);
  });
});

describe("the tables of keys", () => {
  it("give every key to one action", () => {
    const keys = canvasKeys.flatMap((entry) =>
      entry.keys.map((key) => (entry.isInside === true ? `${key} inside a block` : key)),
    );
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it("have the keys that package.json gives to commands on the canvas", () => {
    const declared = manifest.contributes.keybindings
      .filter(({ when }) => when.includes("activeCustomEditorId == 'cnnArchitect.design'"))
      .map(({ command, key, ...more }) => ({
        command,
        title: titleOf(command, english),
        key,
        ...("mac" in more ? { mac: more.mac } : {}),
      }));
    const byCommand = (a: { command: string; key: string }, b: typeof a): number =>
      `${a.command} ${a.key}`.localeCompare(`${b.command} ${b.key}`);
    expect(workbenchKeys.map(({ group: _, ...key }) => key).toSorted(byCommand)).toEqual(
      declared.toSorted(byCommand),
    );
  });

  it("speak Korean, and of commands as VS Code does", () => {
    const texts = [...Object.values(keyGroups), ...canvasKeys.map(({ title }) => title)];
    expect(texts.filter((text) => translations[text] === undefined)).toEqual([]);
    const differing = workbenchKeys.filter(
      ({ command, title }) => translations[title] !== titleOf(command, korean),
    );
    expect(differing).toEqual([]);
  });
});

describe("the sheet of shortcuts", () => {
  it("shows every action once, with all its keys, and leads to VS Code's list", () => {
    const { application, host } = openApplication(lenet5);
    render(
      <ApplicationContext value={application}>
        <KeySheet />
      </ApplicationContext>,
    );
    const line = (title: string): string | null | undefined =>
      screen.getByText(title).parentElement?.querySelector("dd")?.textContent;
    expect([line("Rename"), line("Move the selected nodes"), line("Open Text")]).toEqual([
      "F2",
      "Alt←Alt→Alt↑Alt↓",
      "CtrlKV",
    ]);
    const shown = screen.getAllByRole("term").map(({ textContent }) => textContent);
    expect(new Set(shown)).toEqual(
      new Set([...canvasKeys, ...workbenchKeys].map(({ title }) => title)),
    );
    act(() => within(screen.getByRole("dialog")).getByText("Change in VS Code").click());
    expect(host.sent.at(-1)).toEqual({ type: "changeKeys" });
  });
});
