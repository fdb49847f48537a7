import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge,
} from "@xyflow/react";
import { useEffect, useMemo } from "react";
import type { Flow } from "../canvas/layOut.ts";
import { t } from "../text/t.ts";
import { ComparedCardMemo, type ComparedNode } from "./ComparedCardView.tsx";
import { ComparedFrameMemo, type ComparedFrameNode } from "./ComparedFrameView.tsx";
import type { MergedScene } from "./mergeScenes.ts";

const nodeTypes = { compared: ComparedCardMemo, comparedFrame: ComparedFrameMemo };

type AnyNode = ComparedNode | ComparedFrameNode;

interface CanvasProps {
  readonly merged: MergedScene;
  readonly flow: Flow;
  /** Id of the card that the table is on. */
  readonly current: string | undefined;
  readonly onChoose: (id: string) => void;
  /** Opens or closes a block. */
  readonly onToggle: (id: string) => void;
}

const edgeOf = ({ id, source, target, label, kind }: MergedScene["wires"][number]): Edge => ({
  id,
  source,
  target,
  className: `compared-wire is-${kind}`,
  focusable: false,
  ariaLabel: kind === "same" ? `${source} → ${target}` : `${t(kind)}: ${source} → ${target}`,
  ...(label === "" ? {} : { label, labelShowBg: true }),
});

const frameNode = (
  compared: MergedScene["frames"][number],
  onToggle: CanvasProps["onToggle"],
): ComparedFrameNode => ({
  id: compared.frame.id,
  type: "comparedFrame",
  position: { x: compared.place.x, y: compared.place.y },
  width: compared.place.width,
  height: compared.place.height,
  zIndex: -1,
  data: { compared, onToggle },
  ariaLabel: compared.frame.spoken,
});

function Flowing({ merged, flow, current, onChoose, onToggle }: CanvasProps) {
  const { setCenter, getZoom } = useReactFlow();
  const nodes = useMemo(
    (): readonly AnyNode[] => [
      ...merged.frames.map((compared) => frameNode(compared, onToggle)),
      ...merged.cards.map((compared): ComparedNode => {
        const { card, place } = compared;
        return {
          id: card.id,
          type: "compared",
          position: { x: place.x, y: place.y },
          width: place.width,
          height: place.height,
          data: { compared, flow, isCurrent: card.id === current, onToggle },
          ariaLabel: card.spoken,
        };
      }),
    ],
    [merged, flow, current, onToggle],
  );
  const edges = useMemo(() => merged.wires.map(edgeOf), [merged]);
  useEffect(() => {
    const card = merged.cards.find(({ card: { id } }) => id === current);
    const shown = card ?? merged.frames.find(({ frame: { id } }) => id === current);
    if (shown !== undefined) {
      const { x, y, width, height } = shown.place;
      void setCenter(x + width / 2, y + height / 2, {
        zoom: Math.max(0.6, getZoom()),
        duration: 150,
      });
    }
    // Only another difference moves the view, not another text.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [current, setCenter]);
  return (
    <ReactFlow<AnyNode>
      nodes={[...nodes]}
      edges={edges}
      nodeTypes={nodeTypes}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      deleteKeyCode={null}
      disableKeyboardA11y
      onNodeClick={(_, node) => onChoose(node.id)}
      onlyRenderVisibleElements={merged.cards.length > 150}
      fitView
      fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
      minZoom={0.05}
      maxZoom={2}
      proOptions={{ hideAttribution: true }}
      tabIndex={-1}
      aria-label={t("Both designs")}
    >
      <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
    </ReactFlow>
  );
}

/** Both designs as one network, to be looked at and not edited. */
export function ComparisonCanvas(props: CanvasProps) {
  return (
    <section className="canvas" aria-label={t("Canvas")} data-testid="comparison-canvas">
      <ReactFlowProvider>
        <Flowing {...props} />
      </ReactFlowProvider>
    </section>
  );
}
