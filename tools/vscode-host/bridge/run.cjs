// Runs inside the extension host as `extensionTestsPath`: keeps it open and calls the functions that the test process sends.
const fs = require("node:fs");
const http = require("node:http");
const vscode = require("vscode");

const { BRIDGE_FILE, BRIDGE_TOKEN } = process.env;

async function evaluate(body) {
  const { source, parameters } = JSON.parse(body);
  const call = new Function("vscode", "require", `return (${source})`)(vscode, require);
  return { ok: true, value: await call(vscode, ...parameters) };
}

async function textOf(request) {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) {
    body += chunk;
  }
  return body;
}

exports.run = () =>
  new Promise((resolve, reject) => {
    const server = http.createServer(async (request, response) => {
      if (request.headers["x-token"] !== BRIDGE_TOKEN) {
        response.writeHead(403).end();
        return;
      }
      const body = await textOf(request);
      const quits = request.url === "/quit";
      const answer = quits
        ? { ok: true }
        : await evaluate(body).catch((error) => ({
            ok: false,
            error: String(error?.stack ?? error),
          }));
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
      if (quits) {
        server.close();
        server.closeAllConnections();
        resolve();
      }
    });
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      // Renamed into place, so that nobody reads half a number.
      fs.writeFileSync(`${BRIDGE_FILE}.tmp`, String(server.address().port));
      fs.renameSync(`${BRIDGE_FILE}.tmp`, BRIDGE_FILE);
    });
  });
