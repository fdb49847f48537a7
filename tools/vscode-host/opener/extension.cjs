// VS Code in a browser has no argument for a file to open: this opens the one named in the environment.
const vscode = require("vscode");

exports.activate = async () => {
  const file = process.env.CNN_ARCHITECT_OPEN;
  const nothingOpen = vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
  if (file !== undefined && nothingOpen) {
    await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(file), { preview: false });
  }
};
