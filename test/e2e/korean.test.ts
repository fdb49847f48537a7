import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../tools/vscode-host/until.ts";
import { type Editor, openEditor } from "./pages/editor.ts";
import { pictureOnFailure } from "./pages/pictureOnFailure.ts";

const wide = `{
  "version": 1,
  "nodes": {
    "image": { "type": "input", "shape": [28, 28, 1] },
    "output": { "type": "dense", "from": "image", "units": 10, "activation": "softmax" }
  }
}
`;

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor(
    { "wide.cnn.json": wide, "empty.cnn.json": "{}\n" },
    { language: "ko" },
  );
});

afterAll(() => editor.stop());

pictureOnFailure(() => editor);

describe("VS Code in Korean", () => {
  it("tells the problem of a card in Korean, and a button with a Korean name mends it", async () => {
    await editor.open("wide.cnn.json");
    const problem = editor.workbench.webview.locator(".card-problem");
    await problem.waitFor();
    expect(await problem.innerText()).toMatch(
      /벡터가 필요한데 입력은 28 × 28 × 1입니다\. 먼저 Flatten이나 풀링을 거치세요\.\s+Flatten 삽입/,
    );
    await problem.getByRole("button", { name: "Flatten 삽입" }).click();
    await until(async () => (await problem.count()) === 0, "the card has no problem any more");
  });

  it("tells it in the list of problems too", async () => {
    await editor.closeAll();
    await editor.open("empty.cnn.json");
    await editor.workbench.webview.getByRole("heading", { name: "빈 설계" }).waitFor();
    const messages = await editor.workbench.inHost(async (vscode) => {
      const [uri] = await vscode.workspace.findFiles("empty.cnn.json");
      return vscode.languages.getDiagnostics(uri!).map(({ message }) => message);
    });
    expect(messages).toEqual([
      "설계에 아직 레이어가 없습니다. 입력과 그 뒤의 레이어를 추가하세요.",
    ]);
  });
});
