import { describeMachine } from "../lib/describeMachine.mjs";
import { mergedTable } from "../lib/mergeTables.mjs";
import { native, plain, wasm } from "./sideNames.mjs";

/** @typedef {import("./networks.ts").NetworkDescription} NetworkDescription */
/** @typedef {import("./results.mjs").Results} Results */
/**
 * @typedef {object} Run
 * @property {Results} results
 * @property {readonly NetworkDescription[]} networks
 * @property {readonly number[]} threadCounts
 * @property {readonly string[]} networkNames of all networks that there are
 * @property {number} rounds
 * @property {number} busy load average before it began
 * @property {string} earlier what stands in the docs
 */

const none = "–";

const whole = (/** @type {number | undefined} */ value) =>
  value === undefined ? none : Math.round(value).toLocaleString("en-US");

const titleOf = (/** @type {string} */ network, /** @type {number} */ threads) =>
  `${network}, ${threads} ${threads === 1 ? "thread" : "threads"}`;

/** Two figures side by side, or that there are none. @param {readonly (string | undefined)[]} parts */
const together = (parts) =>
  parts.every((part) => part === undefined) ? none : parts.map((part) => part ?? none).join(" / ");

/** The tables of a run, with the rows of earlier runs that it did not measure. @param {Run} run */
export function report({ results, networks, threadCounts, networkNames, rounds, busy, earlier }) {
  const { sides, rivals } = results;
  const turns = threadCounts.flatMap((threads) =>
    networks.map((network) => ({ threads, network })),
  );
  const order = threadsIn(earlier, threadCounts).flatMap((threads) =>
    networkNames.map((name) => titleOf(name, threads)),
  );
  const table = (
    /** @type {readonly string[]} */ header,
    /** @type {(turn: { threads: number, network: NetworkDescription }) => readonly string[]} */ cells,
  ) => {
    const rows = new Map(
      turns.map((turn) => [titleOf(turn.network.name, turn.threads), cells(turn)]),
    );
    return mergedTable(earlier, { header, rows }, order);
  };
  const measured = `${new Date().toISOString().slice(0, 10)}, ${rounds} ${rounds === 1 ? "round" : "rounds"}, load ${busy.toFixed(1)}`;
  return [
    `Images per second in training, batch 128, momentum, float32, accuracy computed: steps on one batch in memory / whole epochs from 8-bit images in memory, shuffled. Medians of rounds in which all take turns; what fails, or reaches less than two thirds of the best rival, is measured in the first only, except plain tfjs-node. ${describeMachine(busy)}`,
    table(["images/s, step / epoch", ...sides], ({ threads, network: { name: network } }) =>
      sides.map((side) => {
        const turn = { side, network, threads };
        const step = results.median(turn, "step");
        return step === undefined
          ? results.failure(turn)
          : `${whole(step)} / ${whole(results.median(turn, "epoch"))}`;
      }),
    ),
    "Our engine on tfjs-node against the best of the others, which is named; ours on WASM against plain tfjs-node; and the arithmetic of the convolutions and products as a share of what products of matrices reach on this machine (sgemm, the best of PyTorch and NumPy).",
    table(
      ["proportion", "step", "epoch", "WASM : plain, step / epoch", "GFLOP/s", "sgemm", "measured"],
      ({ threads, network: { name: network, macs } }) => {
        const of = (/** @type {string} */ side, /** @type {"step" | "epoch"} */ figure) =>
          results.median({ side, network, threads }, figure);
        const against = (
          /** @type {string} */ one,
          /** @type {readonly string[]} */ among,
          /** @type {"step" | "epoch"} */ figure,
        ) => {
          const best = among
            .filter((side) => of(side, figure) !== undefined)
            .toSorted((a, b) => (of(b, figure) ?? 0) - (of(a, figure) ?? 0))[0];
          const [ours, theirs] = [of(one, figure), best && of(best, figure)];
          return ours === undefined || !theirs
            ? undefined
            : { ratio: (ours / theirs).toFixed(2), best };
        };
        const lead = (/** @type {"step" | "epoch"} */ figure) => {
          const found = against(native, rivals, figure);
          return found === undefined ? none : `${found.ratio} × ${found.best}`;
        };
        const step = of(native, "step");
        const used = step === undefined ? undefined : 6e-9 * macs * step;
        const most = results.ceiling(threads);
        return [
          lead("step"),
          lead("epoch"),
          together([against(wasm, [plain], "step")?.ratio, against(wasm, [plain], "epoch")?.ratio]),
          used?.toFixed(0) ?? none,
          used === undefined || most === undefined
            ? none
            : `${((100 * used) / most).toFixed(0)} % of ${most.toFixed(0)}`,
          measured,
        ];
      },
    ),
    "Peak memory of the process in MB:",
    table(["peak MB", ...sides], ({ threads, network: { name: network } }) =>
      sides.map((side) => whole(results.median({ side, network, threads }, "peakMegabytes"))),
    ),
    `${sides.map((side) => `${side}: ${results.engine(side) ?? "not measured"}`).join("; ")}.`,
  ].join("\n\n");
}

/** Numbers of threads in the rows of earlier runs and of this one, the most first. @param {string} earlier @param {readonly number[]} now */
function threadsIn(earlier, now) {
  const before = [...earlier.matchAll(/^\| [^|]*, (\d+) threads? \|/gmu)].map(([, count]) =>
    Number(count),
  );
  return [...new Set([...before, ...now])].toSorted((a, b) => b - a);
}
