import { analyzeText } from "../../src/core/analysis/analyze.ts";
import type { HostMessage } from "../../src/protocol/webview.ts";
import type { AppState, Notice } from "./appState.ts";
import { showText } from "./showText.ts";
import { continueRun, isLeft, isUnderWay, noRun } from "./trainingRun.ts";

type MessageOf<T extends HostMessage["type"]> = Extract<HostMessage, { readonly type: T }>;

/** Starts over from everything the host knows. */
export function takeSnapshot(state: AppState, message: MessageOf<"snapshot">): AppState {
  const { text, version, fileName, isWritable, training, recent } = message;
  const shown = showText({ ...state, confirmed: { text, version }, pending: [] }, text);
  return {
    ...shown,
    // Who opens a design that trains, from the status bar for example, comes for the curves. A training that was left
    // is offered once; who has closed the strip then has seen it.
    view:
      isUnderWay(training) || (isLeft(training.events) && !isLeft([state.training.ending]))
        ? { ...shown.view, hasTraining: true }
        : shown.view,
    isConnected: true,
    fileName,
    isWritable,
    recent,
    training: continueRun(noRun, training.events, training.status),
  };
}

/**
 * The document changed. Where the new text is what one of our own gestures leads to, that gesture and those
 * before it are done; any other text is somebody else's change, and what we guessed on top of the old one is dropped.
 */
export function takeDocument(state: AppState, message: MessageOf<"document">): AppState {
  const { text, version, isWritable } = message;
  if (version < state.confirmed.version) {
    return state;
  }
  const done = state.pending.findIndex((edit) => edit.textAfter === text);
  const pending = done === -1 ? [] : state.pending.slice(done + 1);
  return showText(
    { ...state, isWritable, confirmed: { text, version }, pending },
    pending.at(-1)?.textAfter ?? text,
  );
}

/** Takes back one gesture that the host has not done, with what was guessed on top of it. */
export function dropEdit(state: AppState, id: number): AppState {
  const dropped = state.pending.findIndex((edit) => edit.id === id);
  if (dropped === -1) {
    return state;
  }
  const pending = state.pending.slice(0, dropped);
  return showText({ ...state, pending }, pending.at(-1)?.textAfter ?? state.confirmed.text);
}

/** A gesture was refused: back to what the document says, and the reason in words. */
export function takeEditResult(state: AppState, message: MessageOf<"editResult">): AppState {
  if (message.refused === undefined) {
    return state;
  }
  const notice: Notice = { severity: "error", text: message.refused, actions: [] };
  return { ...dropEdit(state, message.id), notice, spoken: message.refused };
}

/** Shows several runs instead of the training. */
export function takeComparison(state: AppState, message: MessageOf<"comparison">): AppState {
  return {
    ...state,
    comparison: message.comparison,
    view: { ...state.view, hasTraining: true },
  };
}

/** Begins, follows or ends the comparison with another design. */
export function takeDesignComparison(
  state: AppState,
  { other }: MessageOf<"designComparison">,
): AppState {
  const { compared, ...rest } = state;
  if (other === undefined) {
    return rest;
  }
  const { title, text } = other;
  const isSame = compared?.title === title && compared.design.parsed.text === text;
  return isSame ? state : { ...rest, compared: { title, design: analyzeText(text) } };
}

/** Goes on with the run, or begins another one. */
export function takeTraining(state: AppState, message: MessageOf<"training">): AppState {
  const begun = message.isNewRun ? noRun : state.training;
  const training = continueRun(begun, message.events, message.status);
  const view =
    message.isNewRun && !state.view.hasTraining ? { ...state.view, hasTraining: true } : state.view;
  const { comparison: _, ...shown } = state;
  return { ...(message.isNewRun ? shown : state), training, view };
}
