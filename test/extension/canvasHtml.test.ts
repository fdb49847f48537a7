import { describe, expect, it } from "vitest";
import { canvasHtml } from "../../src/extension/canvasHtml.ts";

const page = canvasHtml({
  language: "ko",
  contentSource: "https://*.vscode-cdn.net",
  nonce: "n0nce",
  script: "https://host/main.js",
  styleSheet: "https://host/main.css",
  loading: 'Opening <the> "canvas" & more',
});
const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";

describe("the page of a canvas", () => {
  it("allows nothing but its own files", () => {
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'nonce-n0nce' https://*.vscode-cdn.net",
      "style-src https://*.vscode-cdn.net",
      "font-src https://*.vscode-cdn.net data:",
      "img-src https://*.vscode-cdn.net data:",
      "worker-src https://*.vscode-cdn.net blob:",
      "connect-src https://*.vscode-cdn.net",
    ]);
    expect(page).not.toMatch(/unsafe|<style|style=|<script(?![^>]*nonce="n0nce")|\son\w+=/);
  });

  it("says what it is doing until the script draws, with its words escaped", () => {
    expect(page).toContain(
      '<p role="status">Opening &lt;the&gt; &quot;canvas&quot; &amp; more</p>',
    );
    expect(page).toContain('<html lang="ko">');
  });
});
