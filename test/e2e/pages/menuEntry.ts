import type { Locator, Page } from "playwright-core";

/** An entry of the menu of VS Code that is open, by its title. */
export const menuEntry = (page: Page, title: string): Locator =>
  page
    .locator(".monaco-menu .action-item")
    .filter({ has: page.locator(".action-label").getByText(title, { exact: true }) })
    // The entry of a submenu holds those of the submenu, which come after it.
    .last();

/** Marks an entry, so that Enter chooses it: a menu that has just opened takes no click. */
export async function markEntry(
  entry: Locator,
  options: { readonly timeout?: number } = {},
): Promise<void> {
  await entry.hover(options);
  await entry.and(entry.page().locator(".focused")).waitFor(options);
}
