import type { CliWorld } from "../../src/cli/runCli.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

const nothing = (what: string) => (): never => {
  throw new Error(`nothing is ${what} here`);
};

/** Surroundings of a command line in which nothing can be done but what a test gives. */
export const fakeWorld = (terminal: Terminal, given: Partial<CliWorld> = {}): CliWorld => ({
  terminal,
  version: "",
  exportRun: nothing("exported"),
  compareEngines: nothing("measured"),
  inspectDataset: nothing("inspected"),
  drawPicture: nothing("drawn"),
  training: {
    start: nothing("trained"),
    engineDirectories: [],
    onInterrupt: () => () => undefined,
  },
  ...given,
});
