import * as vscode from "vscode";
import { analyzeText, type AnalyzedDesign } from "../core/analysis/analyze.ts";
import { layerTable } from "../core/table/layerTable.ts";
import { tableCsv } from "../core/table/tableCsv.ts";
import { tableMarkdown } from "../core/table/tableMarkdown.ts";
import type { TableForm } from "../protocol/webview.ts";
import { saveAs } from "./saveAs.ts";

/** What becomes of the table. */
interface TableExport {
  readonly form: TableForm;
  readonly to: "clipboard" | "file";
}

const endings: Readonly<Record<TableForm, string>> = { csv: "csv", markdown: "md" };
const titles: Readonly<Record<TableForm, string>> = { csv: "CSV", markdown: "Markdown" };

/** Writes the table of layers of a design to a file or onto the clipboard, and says where it is. */
export async function exportLayerTable(
  uri: vscode.Uri,
  analyzed: AnalyzedDesign,
  { form, to }: TableExport,
): Promise<void> {
  const table = layerTable(analyzed);
  const text = form === "csv" ? tableCsv(table) : tableMarkdown(table);
  if (to === "file") {
    await saveAs(new TextEncoder().encode(text), {
      beside: uri,
      ending: endings[form],
      kind: titles[form],
      title: vscode.l10n.t("Export Layer Table"),
    });
    return;
  }
  await vscode.env.clipboard.writeText(text);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "The table of {0} rows is on the clipboard, as {1}.",
      table.rows.length,
      titles[form],
    ),
  );
}

/** The command: asks for the form and the place. */
export async function askAndExportLayerTable(uri: vscode.Uri): Promise<void> {
  const choice = await vscode.window.showQuickPick(choices(), {
    title: vscode.l10n.t("Export Layer Table"),
    placeHolder: vscode.l10n.t(
      "Every layer with its shapes and costs, and a subtotal for each block.",
    ),
    ignoreFocusOut: true,
  });
  if (choice !== undefined) {
    const document = await vscode.workspace.openTextDocument(uri);
    await exportLayerTable(uri, analyzeText(document.getText()), choice);
  }
}

const choices = (): readonly (vscode.QuickPickItem & TableExport)[] => [
  {
    label: vscode.l10n.t("Save as CSV..."),
    description: vscode.l10n.t("for a spreadsheet"),
    form: "csv",
    to: "file",
  },
  {
    label: vscode.l10n.t("Save as Markdown..."),
    description: vscode.l10n.t("for a README"),
    form: "markdown",
    to: "file",
  },
  { label: vscode.l10n.t("Copy as CSV"), form: "csv", to: "clipboard" },
  { label: vscode.l10n.t("Copy as Markdown"), form: "markdown", to: "clipboard" },
];
