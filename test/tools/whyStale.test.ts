import { expect, test } from "vitest";
import { whyStale } from "../../tools/setup.mjs";

const locked = {
  "": { version: "0.1.0" },
  "node_modules/react": { version: "19.0.0" },
  "node_modules/a/node_modules/b": { version: "1.0.0" },
  "node_modules/@esbuild/win32-x64": { version: "0.28.0", optional: true },
};
const installed = {
  "node_modules/react": { version: "19.0.0" },
  "node_modules/a/node_modules/b": { version: "1.0.0" },
};

test("what the lock asks for is there, but for another platform's package", () => {
  expect(whyStale(installed, locked)).toBeUndefined();
});

test("a missing package is named", () => {
  expect(whyStale({ "node_modules/react": { version: "19.0.0" } }, locked)).toBe(
    "package-lock.json asks for b 1.0.0",
  );
});

test("another version is named, also of an optional package that is there", () => {
  const old = { ...installed, "node_modules/@esbuild/win32-x64": { version: "0.27.0" } };
  expect(whyStale(old, locked)).toBe("package-lock.json asks for @esbuild/win32-x64 0.28.0");
});

test("a missing package is named also where npm could do without it, if this package asks for it", () => {
  const sharp = {
    ...locked,
    "": { version: "0.1.0", optionalDependencies: { sharp: "^0.34.0" } },
    "node_modules/sharp": { version: "0.34.0", optional: true },
  };
  expect(whyStale(installed, sharp)).toBe("package-lock.json asks for sharp 0.34.0");
});
