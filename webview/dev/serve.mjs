import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { build } from "esbuild";

// Shows the webview in a plain browser, with a host that is played by a script and the four kinds of theme:
// node webview/dev/serve.mjs [port], then open the address with ?theme=, ?design= and ?training=.

const here = import.meta.dirname;
const port = Number(process.argv[2] ?? 4173);

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".ttf": "font/ttf",
};

const common = {
  bundle: true,
  write: false,
  outdir: "/",
  format: "esm",
  jsx: "automatic",
  sourcemap: "inline",
  define: { "process.env.NODE_ENV": '"development"' },
  loader: { ".ttf": "file" },
  assetNames: "[name]",
};

async function bundle() {
  const [view, layout, host] = await Promise.all([
    build({
      ...common,
      entryPoints: { main: path.join(here, "../main.tsx"), later: path.join(here, "../later.css") },
      splitting: true,
    }),
    build({
      ...common,
      entryPoints: { "workers/layout": path.join(here, "../canvas/layoutWorker.ts") },
      format: "iife",
    }),
    build({ ...common, entryPoints: { fakeHost: path.join(here, "fakeHost.ts") }, format: "iife" }),
  ]);
  return new Map(
    [...view.outputFiles, ...layout.outputFiles, ...host.outputFiles].map((file) => [
      file.path,
      file.contents,
    ]),
  );
}

let files = new Map();

const server = http.createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  try {
    if (pathname === "/") {
      files = await bundle();
    }
    const name = pathname === "/" ? "/index.html" : pathname;
    const onDisk = path.join(here, path.basename(name));
    const content =
      files.get(name) ?? (fs.existsSync(onDisk) ? fs.readFileSync(onDisk) : undefined);
    response.writeHead(content === undefined ? 404 : 200, {
      "content-type": types[path.extname(name)] ?? "text/plain",
    });
    response.end(content);
  } catch (error) {
    response.writeHead(500);
    response.end(String(error));
  }
});

server.listen(port, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${port}/?theme=dark&design=lenet5`),
);
