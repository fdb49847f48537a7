// Activates the built extension with a stand-in for the vscode module that answers everything and
// writes down what is registered; prints it as one line of JSON.
const Module = require("node:module");
const os = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");
const found = { commands: [], customEditors: [], views: [] };
const recorders = {
  registerCommand: found.commands,
  registerTextEditorCommand: found.commands,
  registerCustomEditorProvider: found.customEditors,
  registerTreeDataProvider: found.views,
  createTreeView: found.views,
  registerWebviewViewProvider: found.views,
};

/** A value that can be called, constructed, extended, iterated, awaited and read, and does nothing. */
function anything(name) {
  return new Proxy(class {}, {
    get: (target, key) => {
      if (key === "then" || key === Symbol.toPrimitive || key === "toJSON") return undefined;
      if (key === "toString") return () => "";
      if (key === Symbol.iterator) return () => [][Symbol.iterator]();
      if (key === "prototype") return target.prototype;
      return anything(key);
    },
    set: () => true,
    apply: (_target, _self, parameters) => {
      recorders[name]?.push(parameters[0]);
      return anything("result");
    },
    // A class of ours that extends one of VS Code's must come out as ours.
    construct: (_target, _parameters, made) =>
      made.prototype instanceof Object && Object.getOwnPropertyNames(made.prototype).length > 1
        ? Object.create(made.prototype)
        : anything("instance"),
  });
}

const uri = (file) => ({
  scheme: "file",
  path: file,
  fsPath: file,
  with: () => uri(file),
  toString: () => `file://${file}`,
});
const nowhere = path.join(os.tmpdir(), "cnn-architect-registrations");
const memento = {
  get: (_key, fallback) => fallback,
  update: async () => {},
  keys: () => [],
  setKeysForSync: () => {},
};
const context = {
  subscriptions: [],
  extensionUri: uri(root),
  extensionPath: root,
  extensionMode: 1,
  extension: anything("extension"),
  globalStorageUri: uri(nowhere),
  storageUri: undefined,
  logUri: uri(nowhere),
  globalState: memento,
  workspaceState: memento,
  secrets: anything("secrets"),
  environmentVariableCollection: anything("environmentVariableCollection"),
  asAbsolutePath: (file) => path.join(root, file),
};

// The bundle copies the module's own properties and keeps its prototype, so the prototype has the answers.
const vscode = Object.create(anything("vscode"));
const load = Module._load;
Module._load = (request, ...rest) => (request === "vscode" ? vscode : load(request, ...rest));

(async () => {
  await require(path.join(root, "dist", "extension.js")).activate(context);
  console.log(`registrations=${JSON.stringify(found)}`);
  process.exit(0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
