/** What the page of a canvas is made of. */
export interface CanvasPage {
  readonly language: string;
  /** Where VS Code serves the files of this webview from. */
  readonly contentSource: string;
  /** Fresh for every page; only the script that carries it may start. */
  readonly nonce: string;
  readonly script: string;
  readonly styleSheet: string;
  /** Shown until the script draws, and for ever where it cannot. */
  readonly loading: string;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character);

function contentSecurityPolicy({ contentSource, nonce }: CanvasPage): string {
  return [
    "default-src 'none'",
    // The entry carries the nonce; the chunks that it imports come from the extension's folder.
    `script-src 'nonce-${nonce}' ${contentSource}`,
    `style-src ${contentSource}`,
    `font-src ${contentSource} data:`,
    `img-src ${contentSource} data:`,
    `worker-src ${contentSource} blob:`,
    // The program of the layout worker, which may only start from a blob.
    `connect-src ${contentSource}`,
  ].join("; ");
}

/** The page of a canvas: no inline style, no inline script, nothing from the network. */
export function canvasHtml(page: CanvasPage): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(page.language)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy(page))}">
    <link rel="stylesheet" href="${escapeHtml(page.styleSheet)}">
    <title>CNN Architect</title>
  </head>
  <body>
    <div id="root"><p role="status">${escapeHtml(page.loading)}</p></div>
    <script type="module" nonce="${page.nonce}" src="${escapeHtml(page.script)}"></script>
  </body>
</html>
`;
}
