import { type TrainingStart, startTrainer } from "../../../src/trainer/client.ts";

// A parent as the extension host is one, to be killed by the test: says its trainer's process id with every event.
const [trainerFile = ""] = process.argv.slice(2);
const request = JSON.parse(process.env["REQUEST"] ?? "") as TrainingStart;
const client = startTrainer(
  request,
  (event) => process.stdout.write(`${JSON.stringify({ pid: client.pid, event })}\n`),
  { trainerFile },
);
