import type { EditCommand } from "../core/design/command.ts";
import type { Comparison } from "./comparison.ts";
import type { CopiedNodes } from "./copiedNodes.ts";
import type { DatasetReport } from "./datasetReport.ts";
import type { PictureRequest } from "./picture.ts";
import type { TrainerEvent } from "./trainer.ts";

/** Messages between the extension host and the canvas of one editor. */

/** What the canvas asks of the host. */
export type WebviewRequest =
  /** Asks for one full snapshot; sent once the view can draw, and after an error of its own. */
  | { readonly type: "ready" }
  /** One gesture; `version` is the document version it was made on. Answered by `editResult` with the same `id`. */
  | {
      readonly type: "edit";
      readonly id: number;
      readonly version: number;
      readonly command: EditCommand;
    }
  /** Puts nodes on the clipboard of the system. */
  | { readonly type: "copy"; readonly copied: CopiedNodes }
  /** Asks what the clipboard holds; answered by `clipboard`. */
  | { readonly type: "readClipboard" }
  | { readonly type: "undo" }
  | { readonly type: "redo" }
  /** Opens the text beside the canvas and selects this stretch. */
  | { readonly type: "revealText"; readonly offset: number; readonly length: number }
  /** Asks for images of the data set that the recipe names; answered by `sampleImages` with the same `subject`. */
  | { readonly type: "readSamples"; readonly subject: string }
  /** Puts the table of layers into a file that the person names, or onto the clipboard. */
  | {
      readonly type: "exportLayerTable";
      readonly form: TableForm;
      readonly to: "clipboard" | "file";
    }
  /** The answer to `picture` with the same `id`: an SVG as text, a PNG as bytes, or why there is none. */
  | {
      readonly type: "picture";
      readonly id: number;
      readonly content?: string | Uint8Array;
      readonly refused?: string;
    }
  | { readonly type: "stopComparing" }
  | { readonly type: "train" }
  | { readonly type: "stopTraining" }
  | { readonly type: "pauseTraining" }
  | { readonly type: "resumeTraining" }
  /** Asks a person for a data set and writes it into the design. */
  | { readonly type: "chooseDataset" }
  /** Looks through the data set of the design; answered by `dataset` where that can be read. */
  | { readonly type: "inspectDataset" }
  /** Shows where an image lies that the last `dataset` names. */
  | { readonly type: "revealImage"; readonly name: string }
  | { readonly type: "installNativeEngine" }
  | { readonly type: "showLog" }
  /** Types of layers and blocks that were added lately, the last one first; kept for every design. */
  | { readonly type: "keepRecent"; readonly recent: readonly string[] }
  /** Opens a published network as a copy by its id in the zoo, or with `list` the list of all examples. */
  | { readonly type: "openExample"; readonly id: string }
  /** Opens VS Code's list of keys at the commands of this extension. */
  | { readonly type: "changeKeys" }
  /** The view could not draw something; written to the log. */
  | { readonly type: "report"; readonly message: string };

/** What a table can be written as. */
export type TableForm = "csv" | "markdown";

/** State of the training of this design; the host keeps it, so a view that opens late sees it all. */
export interface TrainingState {
  readonly status: "idle" | "running" | "stopping" | "pausing" | "ended";
  /** All that matters of the events so far: phase, started, every epoch, the ending; points are thinned. */
  readonly events: readonly TrainerEvent[];
}

/** What the host tells the canvas. */
export type HostMessage =
  | {
      readonly type: "snapshot";
      readonly text: string;
      readonly version: number;
      readonly fileName: string;
      readonly isWritable: boolean;
      readonly training: TrainingState;
      /** What `keepRecent` kept last. */
      readonly recent: readonly string[];
      /** Translations of the view's strings by their English text. */
      readonly strings: Readonly<Record<string, string>>;
      readonly language: string;
    }
  /** The text changed, by whoever's hand. */
  | {
      readonly type: "document";
      readonly text: string;
      readonly version: number;
      readonly isWritable: boolean;
    }
  | {
      readonly type: "editResult";
      readonly id: number;
      readonly created?: string;
      readonly refused?: string;
      /** Refused only because somebody else changed the text first: the gesture can be made again on the new text. */
      readonly isOutdated?: true;
    }
  /** What the clipboard holds, with what belongs to it where it was copied from a canvas. */
  | { readonly type: "clipboard"; readonly copied: CopiedNodes }
  /** What happened since the last message; `isNewRun`: forget what an earlier run left first. */
  | {
      readonly type: "training";
      readonly events: readonly TrainerEvent[];
      readonly status: TrainingState["status"];
      readonly isNewRun: boolean;
    }
  /** Images in the shape of the input; none where there are none to show. */
  | {
      readonly type: "sampleImages";
      readonly subject: string;
      readonly imageShape: readonly number[];
      /** As `SampleImages` of the trainer has them. */
      readonly images: readonly string[];
    }
  /** Several runs, shown in the strip instead of the training. */
  | { readonly type: "comparison"; readonly comparison: Comparison }
  /** The design to compare with, again whenever its text changes; without it the comparison ends. */
  | {
      readonly type: "designComparison";
      readonly other?: { readonly title: string; readonly text: string };
    }
  /** What is in the data set of the design, shown at once. */
  | { readonly type: "dataset"; readonly report: DatasetReport }
  /** Asks for a picture of the network as it stands on the canvas. */
  | { readonly type: "picture"; readonly id: number; readonly request: PictureRequest }
  /** A command of the palette or a key that the canvas carries out. */
  | { readonly type: "action"; readonly action: CanvasAction };

/** What VS Code commands ask of the canvas that has the focus. */
export type CanvasAction =
  | "fit"
  | "layout"
  | "addNode"
  | "deleteSelection"
  | "rename"
  | "focusInspector"
  | "togglePalette"
  | "toggleInspector"
  | "toggleTraining"
  | "showTraining"
  | "showTable"
  | "nextProblem"
  | "previousProblem"
  | "find"
  | "openAllBlocks"
  | "closeAllBlocks"
  | "gallery"
  | "showKeys"
  | ArrangeAction;

/** Ways to line up several nodes. */
export type Alignment =
  | "alignLeft"
  | "alignCenter"
  | "alignRight"
  | "alignTop"
  | "alignMiddle"
  | "alignBottom"
  | "distributeHorizontally"
  | "distributeVertically";

/** What can be done with many nodes at once. */
export type ArrangeAction =
  | "selectAll"
  | "copy"
  | "cut"
  | "paste"
  | "duplicate"
  | "createBlock"
  | "expandBlock"
  | "toggleBlock"
  | Alignment;
