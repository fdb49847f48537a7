import { createRoot } from "react-dom/client";
import "@xyflow/react/dist/base.css";
import "./styles/theme.css";
import "./styles/codicons.css";
import "./styles/controls.css";
import "./app/app.css";
import "./bar/bar.css";
import "./canvas/canvas.css";
import "./palette/palette.css";
import { App } from "./app/App.tsx";
import { keepKeysInFields } from "./app/keepKeysInFields.ts";
import { reportErrors } from "./app/reportErrors.ts";
import { loadLayering } from "./canvas/placeSegment.ts";
import { setLayoutWorker } from "./canvas/startLayoutWorker.ts";
import { connectToHost } from "./host/hostConnection.ts";
import { Application } from "./state/application.ts";

const root = document.getElementById("root");
if (root !== null) {
  const application = new Application(connectToHost());
  keepKeysInFields();
  reportErrors((message) => application.send({ type: "report", message }));
  setLayoutWorker(new URL("workers/layout.js", import.meta.url).href);
  // Not waited for: a chain is drawn without it, and a failure leaves a plainer layout.
  loadLayering().catch((error: unknown) =>
    application.send({ type: "report", message: `could not load the layout: ${String(error)}` }),
  );
  createRoot(root).render(<App application={application} />);
  application.start();
}
