import fs from "node:fs";
import { inRoot } from "../lib/paths.mjs";
import { registrations } from "./registrations.mjs";

/**
 * The parts of package.json that this check reads.
 * @typedef {{ command?: string, submenu?: string }} MenuItem
 * @typedef {{ id: string }} Named
 * @typedef {object} Contributions
 * @property {readonly { command: string }[]} [commands]
 * @property {Readonly<Record<string, readonly MenuItem[]>>} [menus]
 * @property {readonly Named[]} [submenus]
 * @property {readonly { command: string }[]} [keybindings]
 * @property {readonly { viewType: string }[]} [customEditors]
 * @property {Readonly<Record<string, readonly Named[]>>} [views]
 */

/** @param {string} file */
const readJson = (file) =>
  /** @type {unknown} */ (JSON.parse(fs.readFileSync(inRoot(file), "utf8")));

/**
 * Compares package.json with what the built extension registers when it is activated, and with its translations.
 * @returns {Promise<string[]>} what does not fit, in words
 */
export async function checkManifest() {
  const { contributes = {} } = /** @type {{ contributes?: Contributions }} */ (
    readJson("package.json")
  );
  return [
    ...checkReferences(contributes),
    ...checkTranslations(fs.readFileSync(inRoot("package.json"), "utf8"), languages()),
    ...(await checkRegistrations(contributes)),
  ];
}

/**
 * Every menu and key must name a command or submenu that is declared.
 * @param {Contributions} contributes
 */
export function checkReferences({ commands = [], menus = {}, submenus = [], keybindings = [] }) {
  const declared = new Set(commands.map(({ command }) => command));
  const declaredSubmenus = new Set(submenus.map(({ id }) => id));
  const items = Object.entries(menus).flatMap(([menu, entries]) =>
    entries.map((item) => ({ ...item, place: `the menu ${menu}` })),
  );
  const keys = keybindings.map(({ command }) => ({
    command,
    submenu: undefined,
    place: "a keybinding",
  }));
  return [...items, ...keys].flatMap(({ command, submenu, place }) => [
    ...(command !== undefined && isOurs(command, declared) && !declared.has(command)
      ? [`${place} names the command ${command}, which package.json does not declare`]
      : []),
    ...(submenu !== undefined && !declaredSubmenus.has(submenu)
      ? [`${place} names the submenu ${submenu}, which package.json does not declare`]
      : []),
  ]);
}

/**
 * Whether an id is in the name space of this extension; a key may also stand for a command of VS Code.
 * @param {string} id
 * @param {ReadonlySet<string>} declared
 */
const isOurs = (id, declared) =>
  [...declared].some((known) => known.split(".")[0] === id.split(".")[0]);

/** The texts of the manifest in both languages; a missing file has no text. */
const languages = () =>
  Object.fromEntries(
    ["package.nls.json", "package.nls.ko.json"].map((file) => [
      file,
      fs.existsSync(inRoot(file)) ? /** @type {Record<string, string>} */ (readJson(file)) : {},
    ]),
  );

/**
 * Every `%key%` of the manifest must be in every language, and no language may hold a key nobody uses.
 * @param {string} manifest text of package.json
 * @param {Readonly<Record<string, Readonly<Record<string, string>>>>} texts by file, then by key
 * @returns {string[]}
 */
export function checkTranslations(manifest, texts) {
  const used = new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key = ""]) => key));
  return Object.entries(texts).flatMap(([file, known]) => [
    ...[...used].filter((key) => !(key in known)).map((key) => `${file} lacks ${key}`),
    ...Object.keys(known)
      .filter((key) => !used.has(key))
      .map((key) => `${file} has ${key}, which package.json does not use`),
    ...Object.entries(known).flatMap(([key, text]) =>
      checkLinks(manifest, `${file}: ${key}`, text),
    ),
  ]);
}

/**
 * A link in a text, such as a walkthrough's button, must name a command that is declared.
 * @param {string} manifest
 * @param {string} place
 * @param {string} text
 */
const checkLinks = (manifest, place, text) =>
  [...text.matchAll(/\(command:(cnnArchitect[\w.]*)/g)]
    .map(([, command = ""]) => command)
    .filter((command) => !manifest.includes(`"command": "${command}"`))
    .map(
      (command) => `${place} links to the command ${command}, which package.json does not declare`,
    );

/** @param {Contributions} contributes */
async function checkRegistrations({ commands = [], customEditors = [], views = {} }) {
  const found = await registrations();
  return [
    ...compare(
      "command",
      commands.map(({ command }) => command),
      found.commands,
    ),
    ...compare(
      "custom editor",
      customEditors.map(({ viewType }) => viewType),
      found.customEditors,
    ),
    ...compare(
      "view",
      Object.values(views).flatMap((group) => group.map(({ id }) => id)),
      found.views,
    ),
  ];
}

/**
 * @param {string} kind
 * @param {readonly string[]} declared
 * @param {readonly string[]} registered
 */
const compare = (kind, declared, registered) => [
  ...declared
    .filter((id) => !registered.includes(id))
    .map((id) => `package.json declares the ${kind} ${id}, and the extension does not register it`),
  ...registered
    .filter((id) => !declared.includes(id))
    .map((id) => `the extension registers the ${kind} ${id}, and package.json does not declare it`),
];
