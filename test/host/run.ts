import fs from "node:fs";
import path from "node:path";
import Mocha from "mocha";

/** What the suite leaves for the program that started VS Code. */
export interface HostResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs every suite beside this file inside the extension host; fails where one fails or none ran. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ reporter: Mocha.reporters.Base, color: false, timeout: 30_000 });
  for (const name of fs.readdirSync(__dirname).toSorted()) {
    if (name.endsWith(".test.js")) {
      mocha.addFile(path.join(__dirname, name));
    }
  }
  const result = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on("pass", (test) => {
        result.passed += 1;
        tell(`ok      ${test.fullTitle()}`);
      })
      .on("pending", (test) => {
        result.skipped += 1;
        tell(`skipped ${test.fullTitle()}`);
      })
      .on("fail", (test, error: Error) => {
        result.failed += 1;
        tell(`FAILED  ${test.fullTitle()}\n${error.stack ?? error.message}`);
      });
  });
  fs.writeFileSync(process.env["HOST_TEST_RESULT"] ?? "host-tests.json", JSON.stringify(result));
  if (result.failed > 0 || result.passed === 0) {
    throw new Error(`${result.failed} tests failed, ${result.passed} passed.`);
  }
}

const tell = (line: string): void => {
  // eslint-disable-next-line no-console -- The test runner outside reads the host's console.
  console.log(line);
};
