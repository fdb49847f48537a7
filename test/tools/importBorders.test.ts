import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Imports by room: those that break a border, and those that keep it. */
const borders: Readonly<
  Record<string, { refused: readonly string[]; allowed: readonly string[] }>
> = {
  "src/core/design": {
    refused: [
      "vscode",
      "node:fs",
      "fs",
      "react",
      "@tensorflow/tfjs",
      "valibot",
      "../../protocol/x.ts",
      "../../trainer/x.ts",
      "../../extension/x.ts",
      "../../native/x.ts",
      "../../export/onnx/x.ts",
      "../../../webview/x.ts",
    ],
    allowed: ["jsonc-parser", "./x.ts", "../layers/x.ts"],
  },
  "src/protocol": {
    refused: [
      "vscode",
      "node:fs",
      "react",
      "../trainer/x.ts",
      "../extension/x.ts",
      "../../webview/x.ts",
    ],
    allowed: ["valibot", "./x.ts", "../core/design/x.ts"],
  },
  "src/export/keras": {
    refused: ["vscode", "../../extension/x.ts", "../../trainer/x.ts", "../../../webview/x.ts"],
    allowed: ["node:fs", "../../core/network/x.ts"],
  },
  "src/import/keras": {
    refused: ["vscode", "../../extension/x.ts", "../../cli/x.ts"],
    allowed: ["../../core/design/x.ts"],
  },
  "src/native": {
    refused: ["vscode", "../core/design/x.ts", "../extension/x.ts", "../trainer/x.ts"],
    allowed: ["node:fs", "yauzl", "./x.ts"],
  },
  "src/trainer/graph": {
    refused: ["vscode", "../../extension/x.ts", "../../cli/x.ts", "../../../webview/x.ts"],
    allowed: ["node:fs", "../../core/network/x.ts", "../../protocol/x.ts", "../../native/x.ts"],
  },
  "src/extension/training": {
    refused: ["../../trainer/x.ts", "../../cli/x.ts", "../../../webview/x.ts"],
    allowed: [
      "vscode",
      "node:fs",
      "../../core/design/x.ts",
      "../../protocol/x.ts",
      "../../native/x.ts",
    ],
  },
  "src/cli": {
    refused: ["vscode", "../extension/x.ts", "../../webview/x.ts"],
    allowed: ["../core/design/x.ts", "../trainer/x.ts", "../native/x.ts", "node:fs"],
  },
  "webview/canvas": {
    refused: [
      "vscode",
      "node:fs",
      "../../src/trainer/x.ts",
      "../../src/extension/x.ts",
      "../../src/native/x.ts",
      "../../src/cli/x.ts",
    ],
    allowed: [
      "react",
      "@xyflow/react",
      "../../src/core/design/x.ts",
      "../../src/protocol/x.ts",
      "../x.ts",
    ],
  },
};

const kinds = {
  refused: (from: string) => `import { x } from "${from}";\nexport const y = x;\n`,
  refusedType: (from: string) => `import type { X } from "${from}";\nexport type Y = X;\n`,
  allowed: (from: string) => `import { x } from "${from}";\nexport const y = x;\n`,
} as const;

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

let refusedFiles: ReadonlySet<string> = new Set();
let folder = "";

const fileName = (kind: string, room: string, index: number): string =>
  `${room}/${kind}${index}.ts`;

/** One run of the linter over a file for every import of the table, in a copy of the project's folders. */
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "borders-"));
  fs.copyFileSync(path.join(root, ".oxlintrc.json"), path.join(folder, ".oxlintrc.json"));
  for (const [room, { refused, allowed }] of Object.entries(borders)) {
    fs.mkdirSync(path.join(folder, room), { recursive: true });
    for (const [kind, imports] of Object.entries({ refused, refusedType: refused, allowed })) {
      for (const [index, from] of imports.entries()) {
        const text = kinds[kind as keyof typeof kinds](from);
        fs.writeFileSync(path.join(folder, fileName(kind, room, index)), text);
      }
    }
  }
  const oxlint = path.join(root, "node_modules/oxlint/bin/oxlint");
  const { stdout } = spawnSync(process.execPath, [oxlint, "--format=json"], {
    cwd: folder,
    encoding: "utf8",
  });
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] };
  refusedFiles = new Set(
    diagnostics
      .filter(({ code }) => code.includes("no-restricted-imports"))
      .map(({ filename }) => filename),
  );
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(borders))("%s", (room, { refused, allowed }) => {
  test.each(refused.map((from, index) => [from, index] as const))(
    "may not import %s",
    (_, index) => {
      expect(refusedFiles).toContain(fileName("refused", room, index));
      expect(refusedFiles).toContain(fileName("refusedType", room, index));
    },
  );

  test.each(allowed.map((from, index) => [from, index] as const))("may import %s", (_, index) => {
    expect(refusedFiles).not.toContain(fileName("allowed", room, index));
  });
});
