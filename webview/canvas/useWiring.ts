import type { FinalConnectionState, OnConnectStart } from "@xyflow/react";
import { useReactFlow } from "@xyflow/react";
import type { NoticeAction, Wiring } from "../state/appState.ts";
import type { Application } from "../state/application.ts";
import { useApplication } from "../state/context.ts";
import { useHandler } from "../state/useHandler.ts";
import { t } from "../text/t.ts";
import { type Definition, inDefinition } from "./definition.ts";
import { connection, refusedEnds } from "./connection.ts";
import { roundPosition } from "./geometry.ts";

/** Shorter than this a drag from a port was a slip of the hand. */
const SHORTEST_DRAG = 24;

function pointOf(event: MouseEvent | TouchEvent): { readonly x: number; readonly y: number } {
  const point = "changedTouches" in event ? event.changedTouches[0] : event;
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 };
}

/** What else can be meant where an input that takes one wire gets another. */
function offerJoins(
  application: Application,
  [from, replaced, to]: readonly [from: string, replaced: string, to: string],
): void {
  const join = (title: string, nodeType: string): NoticeAction => ({
    title,
    run: () =>
      void application.edit({
        type: "addNode",
        nodeType,
        from: [replaced],
        onto: { node: to, index: 0 },
      }),
  });
  application.notify({
    severity: "information",
    text: t("{0} feeds {1} now, in place of {2}.", from, to, replaced),
    actions: [join(t("Add Both"), "add"), join(t("Concatenate Both"), "concatenate")],
  });
}

/** Draws a wire, or says in words why it cannot be. */
export function connectNodes(
  application: Application,
  from: string,
  to: string,
  definition?: Definition,
): void {
  const { design } = definition ?? application.store.get().drawn.parsed;
  const result = connection(design, from, to);
  if (result.type === "refused") {
    application.notify({ severity: "error", text: result.message, actions: [] });
    return;
  }
  const command =
    definition === undefined ? result.command : inDefinition(definition.block, result.command);
  const isDone = application.edit(command).type === "done";
  if (isDone && result.replaces !== undefined && definition === undefined) {
    offerJoins(application, [from, result.replaces, to]);
  }
}

/** Why a wire between these two cannot be, in words. */
function refusalOf(
  application: Application,
  { node, isBackwards }: Pick<Wiring, "node" | "isBackwards">,
  end: string,
): string | undefined {
  const { design } = application.store.get().drawn.parsed;
  const result = isBackwards ? connection(design, end, node) : connection(design, node, end);
  return result.type === "refused" ? result.message : undefined;
}

/** Marks the cards where a wire from this port cannot end, and says why at the one under the pointer. */
function startWiring(application: Application, node: string, isBackwards: boolean): void {
  const { design } = application.store.get().drawn.parsed;
  const refused = refusedEnds(design, node, isBackwards);
  application.setWiring({ node, isBackwards, refused });
  const ended = new AbortController();
  const follow = ({ clientX, clientY }: PointerEvent): void => {
    const { wiring } = application.store.get();
    if (wiring === undefined) {
      ended.abort();
      return;
    }
    const under = document.elementFromPoint(clientX, clientY);
    const end = under?.closest<HTMLElement>(".react-flow__node")?.dataset["id"];
    const isElsewhere = end === undefined || end === node;
    const message = isElsewhere ? undefined : refusalOf(application, wiring, end);
    if (message !== wiring.refusal?.message) {
      const { refusal: _, ...rest } = wiring;
      application.setWiring(
        message === undefined ? rest : { ...rest, refusal: { at: [clientX, clientY], message } },
      );
    }
  };
  globalThis.addEventListener("pointermove", follow, { signal: ended.signal, capture: true });
}

const lengthOf = ({ from, to }: FinalConnectionState): number =>
  from === null || to === null ? 0 : Math.hypot(to.x - from.x, to.y - from.y);

/** What React Flow asks about wires that are being drawn. */
export function useWiring() {
  const application = useApplication();
  const { screenToFlowPosition } = useReactFlow();
  const isValidConnection = useHandler(
    ({ source, target }: { source: string; target: string }): boolean =>
      connection(application.store.get().drawn.parsed.design, source, target).type === "allowed",
  );
  const onConnectStart = useHandler<Parameters<OnConnectStart>, void>(
    (_, { nodeId, handleType }) => {
      if (nodeId !== null) {
        startWiring(application, nodeId, handleType === "target");
      }
    },
  );
  const onConnectEnd = useHandler(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
      application.setWiring(undefined);
      const { x, y } = pointOf(event);
      const under = document.elementFromPoint(x, y)?.closest<HTMLElement>(".react-flow__node");
      const end = state.toNode?.id ?? under?.dataset["id"];
      const begin = state.fromNode?.id;
      if (begin === undefined) {
        return;
      }
      const isBackwards = state.fromHandle?.type === "target";
      if (end !== undefined) {
        connectNodes(application, isBackwards ? end : begin, isBackwards ? begin : end);
        return;
      }
      if (!isBackwards && lengthOf(state) > SHORTEST_DRAG) {
        const position = roundPosition(screenToFlowPosition({ x, y }));
        application.openInsert({ from: [begin], position, at: [x, y] });
      }
    },
  );
  return { isValidConnection, onConnectStart, onConnectEnd };
}
