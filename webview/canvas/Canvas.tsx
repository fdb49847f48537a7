import {
  ConnectionLineType,
  MiniMap,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore,
  type EdgeChange,
  type NodeChange,
} from "@xyflow/react";
import { Suspense, useMemo, useState, type MouseEvent } from "react";
import { useMenuContext } from "../arrange/useMenuContext.ts";
import { useArranging } from "../arrange/useArranging.ts";
import { useFoundCards } from "../find/useFoundCards.ts";
import { useApplication, useAppState } from "../state/context.ts";
import type { AppState } from "../state/appState.ts";
import { useHandler } from "../state/useHandler.ts";
import { lazyStyled } from "../styles/lazyStyled.ts";
import { t } from "../text/t.ts";
import { Breadcrumbs } from "./Breadcrumbs.tsx";
import { CanvasControls } from "./CanvasControls.tsx";
import { CardViewMemo } from "./CardView.tsx";
import { Dots } from "./Dots.tsx";
import { DragLabel } from "./DragLabel.tsx";
import { flowEdges, FlowNodes, type CanvasNode, type WireEdge } from "./flowElements.ts";
import { FrameViewMemo } from "./FrameView.tsx";
import { roundPosition } from "./geometry.ts";
import { useCanvasActions } from "./useCanvasActions.ts";
import { goThrough } from "./keyActions.ts";
import { useCanvasKeys } from "./useCanvasKeys.ts";
import { useDragging } from "./useDragging.ts";
import { useCanvasScene } from "./useCanvasScene.ts";
import { useMoving } from "./useMoving.ts";
import { useWireCourses } from "./useWireCourses.ts";
import { usePaletteDrop } from "./usePaletteDrop.ts";
import { useWiring } from "./useWiring.ts";
import { WireViewMemo } from "./WireView.tsx";

// Nobody has selected anything at the first look.
const EmptyCanvas = lazyStyled(async () => (await import("./EmptyCanvas.tsx")).EmptyCanvas);
const ArrangeBar = lazyStyled(async () => (await import("../arrange/ArrangeBar.tsx")).ArrangeBar);

const hasSeveralSelected = ({ view }: AppState): boolean => view.selection.length > 1;

const nodeTypes = { card: CardViewMemo, frame: FrameViewMemo };
const edgeTypes = { wire: WireViewMemo };

// Given anew at every drawing they would be taken for other ones.
const severalKeys = ["Meta", "Control"];
const middleButton = [1];
const ownAttribution = { hideAttribution: true };

const canEdit = (state: AppState): boolean => state.isWritable && state.shown.parsed.isJson;

const cardIdOf = (element: Element): string | undefined =>
  element.closest("button, input") === null
    ? element.closest<HTMLElement>(".react-flow__node")?.dataset["id"]
    : undefined;

/** So small that words between the cards are only noise. */
const isFarAway = ({ transform: [, , zoom] }: { transform: [number, number, number] }): boolean =>
  zoom < 0.5;

const classesOf = (isStale: boolean, isFar: boolean, isFinding: boolean): string =>
  ["canvas", isStale ? "is-stale" : "", isFar ? "is-far" : "", isFinding ? "is-finding" : ""].join(
    " ",
  );

function applyToSelection(
  selection: readonly string[],
  changes: readonly NodeChange<CanvasNode>[],
): readonly string[] {
  const ids = new Set(selection);
  for (const change of changes) {
    if (change.type === "select" && change.selected) {
      ids.add(change.id);
    } else if (change.type === "select") {
      ids.delete(change.id);
    }
  }
  return [...ids];
}

/** Says to tests how many gestures the host has not written yet. */
function PendingMark() {
  const pending = useAppState((state) => state.pending.length);
  return <data hidden data-testid="pending" value={pending} />;
}

/** The network as cards and wires. */
export function Canvas() {
  const application = useApplication();
  const canvas = useCanvasScene();
  const { scene, layout, flow } = canvas;
  const selection = useAppState((state) => state.view.selection);
  const hasMinimap = useAppState((state) => state.view.hasMinimap);
  const isWritable = useAppState(canEdit);
  const isStale = useAppState((state) => state.shown !== state.drawn);
  const isFar = useStore(isFarAway);
  const { screenToFlowPosition } = useReactFlow();
  const { dragged, take, ...dragging } = useDragging(canvas);
  const [selectedWire, setSelectedWire] = useState<string>();
  const { target, ...drop } = usePaletteDrop(scene);
  const wiring = useWiring();
  const [flowNodes] = useState(() => new FlowNodes());
  const removeWire = (): boolean => {
    const wire = scene.wires.find(({ id }) => id === selectedWire);
    if (wire?.port === undefined || wire.from === undefined) {
      return false;
    }
    setSelectedWire(undefined);
    application.edit({ type: "disconnect", from: wire.from, to: wire.port });
    return true;
  };
  const onKeyDown = useCanvasKeys(canvas, removeWire);
  const moving = useMoving(useCanvasActions(canvas).release);
  const { onContextMenu, ...pointer } = useArranging(canvas);
  const [isSelecting, setSelecting] = useState(false);
  const menu = useMenuContext(canvas.drawn);
  const hasSeveral = useAppState(hasSeveralSelected);

  const found = useFoundCards(canvas);
  const selected = useMemo(() => new Set(selection), [selection]);
  const tabStop = selection.find((id) => layout.cards.has(id)) ?? scene.cards[0]?.id;
  const nodes = useMemo(
    () => flowNodes.create(scene, layout, { flow, selected, tabStop, dragged, isWritable, found }),
    [flowNodes, scene, layout, flow, selected, tabStop, dragged, isWritable, found],
  );
  const courses = useWireCourses(canvas);
  const edges = useMemo(
    () => flowEdges(scene.wires, selected, target ?? dragging.target, selectedWire, courses),
    [scene.wires, selected, target, dragging.target, selectedWire, courses],
  );

  const onNodesChange = useHandler((changes: NodeChange<CanvasNode>[]): void => {
    take(changes);
    if (changes.some(({ type }) => type === "select")) {
      application.select(applyToSelection(application.store.get().view.selection, changes));
    }
  });
  const onEdgesChange = useHandler((changes: EdgeChange<WireEdge>[]): void => {
    for (const change of changes) {
      if (change.type === "select") {
        setSelectedWire((before) => {
          if (change.selected) {
            return change.id;
          }
          return before === change.id ? undefined : before;
        });
      }
    }
  });
  // React Flow keeps several selected when one of them is clicked, so that all of them can be dragged.
  const selectOnly = useHandler((event: MouseEvent, { id }: CanvasNode): void => {
    const isAdding = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!isAdding && selected.has(id) && selected.size > 1) {
      application.select([id]);
    }
  });
  const onDoubleClick = (event: MouseEvent): void => {
    const id = event.target instanceof Element ? cardIdOf(event.target) : undefined;
    if (id !== undefined && goThrough(application, canvas, id)) {
      return;
    }
    if (event.target instanceof Element && event.target.classList.contains("react-flow__pane")) {
      const { clientX, clientY } = event;
      const position = roundPosition(screenToFlowPosition({ x: clientX, y: clientY }));
      // What is inserted from inside of a block comes after the block, where no place was pointed at.
      const isInside = application.store.get().view.inside !== undefined;
      application.openInsert({ ...(isInside ? {} : { position }), at: [clientX, clientY] });
    }
  };

  return (
    <section
      className={classesOf(isStale, isFar, found !== undefined)}
      aria-label={t("Canvas")}
      data-testid="canvas"
      data-vscode-context={menu}
      onKeyDown={onKeyDown}
      onDoubleClick={onDoubleClick}
      onContextMenu={(event) => {
        onContextMenu(event);
        const id = event.target instanceof Element ? cardIdOf(event.target) : undefined;
        if (id !== undefined && !selected.has(id)) {
          application.select([id]);
        }
      }}
      {...pointer}
      {...drop}
    >
      <ReactFlow<CanvasNode, WireEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDrag={dragging.onNodeDrag}
        onNodeDragStop={dragging.onNodeDragStop}
        onNodeClick={selectOnly}
        isValidConnection={wiring.isValidConnection}
        onConnectStart={wiring.onConnectStart}
        onConnectEnd={wiring.onConnectEnd}
        {...moving}
        connectionLineType={ConnectionLineType.Bezier}
        connectionRadius={28}
        connectOnClick={false}
        deleteKeyCode={null}
        disableKeyboardA11y
        nodesFocusable={false}
        edgesFocusable={false}
        nodesConnectable={isWritable}
        zoomOnDoubleClick={false}
        selectionOnDrag={isSelecting}
        panOnDrag={isSelecting ? middleButton : true}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={severalKeys}
        onlyRenderVisibleElements={scene.cards.length > 150}
        minZoom={0.05}
        maxZoom={2}
        proOptions={ownAttribution}
        tabIndex={-1}
        aria-label={t("Network")}
      >
        <Dots />
        {hasMinimap && <MiniMap pannable zoomable ariaLabel={t("Map of the network")} />}
      </ReactFlow>
      <PendingMark />
      <Breadcrumbs />
      <DragLabel />
      <CanvasControls isSelecting={isSelecting} onSelecting={setSelecting} />
      {hasSeveral && (
        <Suspense fallback={null}>
          <ArrangeBar />
        </Suspense>
      )}
      {scene.cards.length === 0 && (
        <Suspense fallback={null}>
          <EmptyCanvas />
        </Suspense>
      )}
    </section>
  );
}
