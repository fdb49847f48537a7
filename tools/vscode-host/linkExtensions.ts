import fs from "node:fs";
import path from "node:path";

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

/** Makes a server use extensions from the folders they are developed in, as "Install Extension from Location" does. */
export function linkExtensions(extensionsFolder: string, locations: readonly string[]): void {
  fs.mkdirSync(extensionsFolder, { recursive: true });
  const entries = locations.map((location) => {
    const file = path.join(location, "package.json");
    const { publisher, name, version } = JSON.parse(fs.readFileSync(file, "utf8")) as Manifest;
    return {
      identifier: { id: `${publisher}.${name}` },
      version,
      location: { $mid: 1, fsPath: location, path: location, scheme: "file" },
      relativeLocation: undefined,
      metadata: { source: "resource" },
    };
  });
  fs.writeFileSync(path.join(extensionsFolder, "extensions.json"), JSON.stringify(entries));
}
