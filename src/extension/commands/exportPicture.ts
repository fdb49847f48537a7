import * as vscode from "vscode";
import type { PicturePalette, PictureRequest } from "../../protocol/picture.ts";
import type { DesignEditor } from "../designEditor.ts";
import { saveAs } from "../saveAs.ts";

interface FormatItem extends vscode.QuickPickItem {
  readonly format: "svg" | "png";
  readonly palette: PicturePalette;
}

/** The command: a picture of the network as it stands on the canvas, for a paper or a README. */
export async function exportPicture(editor: DesignEditor, uri: vscode.Uri): Promise<void> {
  const view = editor.viewOf(uri);
  if (view === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open the canvas of this design first: the picture shows what stands there."),
    );
    return;
  }
  const request = await askForPicture();
  if (request === undefined) {
    return;
  }
  const { content, refused } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Drawing the picture") },
    () => view.drawPicture(request),
  );
  if (content === undefined) {
    void vscode.window.showErrorMessage(refused ?? vscode.l10n.t("There is nothing to draw."));
    return;
  }
  await saveAs(typeof content === "string" ? new TextEncoder().encode(content) : content, {
    beside: uri,
    ending: request.format,
    kind: request.format.toUpperCase(),
    title: title(),
  });
}

const title = (): string => vscode.l10n.t("Export Picture");

async function askForPicture(): Promise<PictureRequest | undefined> {
  const form = await vscode.window.showQuickPick(formats(), {
    title: title(),
    placeHolder: vscode.l10n.t("Blocks stand open or closed as they do on the canvas."),
    // A canvas that is still being drawn may take the focus for a moment.
    ignoreFocusOut: true,
  });
  const measures =
    form &&
    (await vscode.window.showQuickPick(contents(), { title: title(), ignoreFocusOut: true }));
  if (form === undefined || measures === undefined) {
    return undefined;
  }
  const { palette } = form;
  const { hasMeasures } = measures;
  if (form.format === "svg") {
    return { format: "svg", palette, hasMeasures };
  }
  const size = await vscode.window.showQuickPick(scales(), {
    title: title(),
    ignoreFocusOut: true,
  });
  return size && { format: "png", palette, hasMeasures, scale: size.scale };
}

const formats = (): readonly FormatItem[] => [
  {
    label: vscode.l10n.t("SVG, Light"),
    description: vscode.l10n.t("for a paper: sharp at every size, also in grey"),
    format: "svg",
    palette: "light",
  },
  { label: vscode.l10n.t("SVG, Dark"), format: "svg", palette: "dark" },
  {
    label: vscode.l10n.t("PNG, Light"),
    description: vscode.l10n.t("where SVG is not taken"),
    format: "png",
    palette: "light",
  },
  { label: vscode.l10n.t("PNG, Dark"), format: "png", palette: "dark" },
];

const contents = (): readonly (vscode.QuickPickItem & { readonly hasMeasures: boolean })[] => [
  {
    label: vscode.l10n.t("With Numbers"),
    description: vscode.l10n.t("the measure on the cards, receptive fields and totals"),
    hasMeasures: true,
  },
  {
    label: vscode.l10n.t("Without Numbers"),
    description: vscode.l10n.t("names, options and shapes only"),
    hasMeasures: false,
  },
];

const scales = (): readonly (vscode.QuickPickItem & { readonly scale: number })[] =>
  [2, 1, 3, 4].map((scale) => ({ label: vscode.l10n.t("{0} × its size", scale), scale }));
