import { analyzeText, type AnalyzedDesign } from "../../src/core/analysis/analyze.ts";
import type { InputPort, Position } from "../../src/core/design/command.ts";
import type { Comparison } from "../../src/protocol/comparison.ts";
import type { DatasetReport } from "../../src/protocol/datasetReport.ts";
import type { DropPreview } from "../canvas/dropPreview.ts";
import type { Draft } from "./drafts.ts";
import { noRun, type TrainingRun } from "./trainingRun.ts";
import { initialView, type ViewState } from "./viewState.ts";

/** A gesture that the host has not confirmed; the canvas already shows the text it leads to. */
export interface PendingEdit {
  readonly id: number;
  readonly textAfter: string;
}

/** A button below a sentence. */
export interface NoticeAction {
  readonly title: string;
  run(): void;
}

/** A sentence about the last gesture, with what can be done about it. */
export interface Notice {
  readonly severity: "error" | "information";
  readonly text: string;
  readonly actions: readonly NoticeAction[];
}

/** Where the quick insert stands open and what it will be wired to. */
export interface QuickInsert {
  /** Place of the new node on the canvas; absent: beside what feeds it. */
  readonly position?: Position;
  /** Nodes that feed the new one; absent: what the selection says. */
  readonly from?: readonly string[];
  /** Wire that it is put on. */
  readonly onto?: InputPort;
  /** Place of the list on the page in pixels; absent: the middle. */
  readonly at?: readonly [x: number, y: number];
}

/** What is looked for on the canvas. */
export interface FindState {
  readonly isOpen: boolean;
  /** How often the find box was asked for; each time takes the keyboard. */
  readonly opened: number;
  /** Kept while the box is closed. */
  readonly query: string;
  /** Ids and paths of what was found, in the order in which the network is read. */
  readonly matches: readonly string[];
  /** Why nothing can be looked for; empty otherwise. */
  readonly message: string;
}

/** A window over the whole view. */
export type DialogName = "keys" | "gallery" | "newBlock" | "dataset";

/** Images of a data set, for the one thing that they were asked for. */
export interface Samples {
  readonly subject: string;
  readonly imageShape: readonly number[];
  /** Bytes in base64; none while they are on their way or where there are none. */
  readonly images: readonly string[];
}

/** A wire that is being drawn from a port. */
export interface Wiring {
  readonly node: string;
  /** From an input, to what shall feed it. */
  readonly isBackwards: boolean;
  /** Cards where it cannot end. */
  readonly refused: ReadonlySet<string>;
  /** Why it cannot end where the pointer is. */
  readonly refusal?: { readonly at: readonly [x: number, y: number]; readonly message: string };
}

/** The design that this one is compared with. */
export interface ComparedText {
  readonly title: string;
  readonly design: AnalyzedDesign;
}

/** Everything that the view shows. */
export interface AppState {
  /** Several runs that the strip shows instead of the training. */
  readonly comparison?: Comparison;
  readonly isConnected: boolean;
  readonly fileName: string;
  readonly isWritable: boolean;
  /** What the host last said. */
  readonly confirmed: { readonly text: string; readonly version: number };
  readonly pending: readonly PendingEdit[];
  /** Of the latest text, unconfirmed gestures included. */
  readonly shown: AnalyzedDesign;
  /** `shown`, or the last text that could be read where this one is not JSON. */
  readonly drawn: AnalyzedDesign;
  /** What was typed into fields and is not in the file yet. */
  readonly drafts: readonly Draft[];
  readonly view: ViewState;
  readonly training: TrainingRun;
  readonly notice?: Notice;
  readonly insert?: QuickInsert;
  /** Of what is dragged over a wire at this moment. */
  readonly preview?: DropPreview;
  readonly wiring?: Wiring;
  readonly samples?: Samples;
  readonly find: FindState;
  /** Types that were added lately, in whatever design, the last one first. */
  readonly recent: readonly string[];
  /** Present while this design is compared and not edited. */
  readonly compared?: ComparedText;
  /** What was found in the data set last. */
  readonly dataset?: DatasetReport;
  /** Window that stands open over everything else. */
  readonly dialog?: DialogName;
  /** Node whose name is being edited on the canvas. */
  readonly renaming?: string;
  /** Panel laid over the canvas where the window is narrow. */
  readonly overlay?: "palette" | "inspector";
  /** Last sentence for the screen reader. */
  readonly spoken: string;
}

/** Before the host has sent the first snapshot. */
export function stateBefore(view: ViewState = initialView): AppState {
  const nothing = analyzeText("{}");
  return {
    isConnected: false,
    fileName: "",
    isWritable: false,
    confirmed: { text: "", version: -1 },
    pending: [],
    shown: nothing,
    drawn: nothing,
    drafts: [],
    view,
    training: noRun,
    recent: [],
    find: { isOpen: false, opened: 0, query: "", matches: [], message: "" },
    spoken: "",
  };
}
