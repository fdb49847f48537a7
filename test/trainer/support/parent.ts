import { startTrainer } from "../../../src/trainer/client.ts";

// A parent that starts a training and says its process id, to be killed by the test.
const [trainerFile = "", engineDirectory = ""] = process.argv.slice(2);
const client = startTrainer(
  { text: process.env["DESIGN"] ?? "", engineDirectories: [engineDirectory] },
  (event) => {
    if (event.type === "progress" && !said) {
      said = true;
      process.stdout.write(String(client.pid));
    }
  },
  { trainerFile },
);
let said = false;
