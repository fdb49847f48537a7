/** What `cnn-architect --help` prints. */
export const usage = `Usage: cnn-architect COMMAND [OPTIONS]

Commands:
  analyze FILE [--json | --csv | --markdown]
                                      Show what a design costs: shapes, parameters,
                                      multiply-accumulates, receptive fields, problems.
  compare BEFORE AFTER [--json]       Show in what the second design differs from the first.
  picture FILE [-o OUT.svg] [--dark] [--down] [--open BLOCKS] [--measure NAME]
                                      Draw a design as SVG, for a paper or a README.
  train FILE [--epochs N] [--engine NAME] [--run DIR] [--json]
                                      Train a design as its file says.
  train --resume DIR [--epochs N] [--engine NAME] [--json]
                                      Go on with a run that was paused, stopped or
                                      interrupted, from its last checkpoint.
  export RUN --output DIR             Write the best weights of a run and their graph
                                      as a SavedModel, which TensorFlow loads.
  find-learning-rate FILE [--engine NAME] [--json]
                                      Train a few steps with rising learning rates,
                                      and suggest the one to train with.
  engines FILE [--json]               Train a few steps on each engine, and show how fast
                                      it is and what memory it takes, or why it cannot.
  dataset FILE [--json]               Show what is in the data set of a design: classes,
                                      sizes, mean and deviation, duplicates, damage.
  schema                              Print the JSON schema of *.cnn.json files.

Options:
  --json        Print JSON instead of a table; one event a line when training.
  --csv         Print the table of layers for a spreadsheet.
  --markdown    Print the table of layers for a README.
  -o, --output FILE
                Write the picture to a file instead of standard output.
  --dark        Draw light on dark; without it, dark on light, also for print in grey.
  --down        Draw from the top down instead of from left to right.
  --open BLOCKS Draw these blocks open: names with commas between them, or all.
  --measure NAME
                Number on each node: parameters, macs, activations, receptiveField
                or none.
  --epochs N    Train for N epochs, whatever the file says.
  --engine NAME Train with tfjs-node (native), wasm (needs no installation) or webgpu
                (a graphics adapter); auto, the default, takes the native one
                where it is installed, and wasm otherwise.
  --run DIR     Keep the run in a new folder: the design, metrics, checkpoints.
                Ctrl+C then pauses it.
  --resume DIR  The folder of the run; --epochs larger than before trains it longer.
  --output DIR  The folder that the SavedModel is written to.
  --help        Print this.
  --version     Print the version.

Exit codes: 0 done, 1 the design has an error, the training failed or the data
set needs mending, 2 wrong usage or a file that cannot be read, 130 ended by Ctrl+C.
`;
