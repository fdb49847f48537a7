import { BaseEdge, getBezierPath, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import type { WireEdge } from "./flowElements.ts";

function WireView(props: EdgeProps<WireEdge>) {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props;
  const [path, labelX, labelY] = getBezierPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
  });
  return (
    <>
      <BaseEdge path={path} interactionWidth={24} />
      <text
        className="wire-label"
        x={labelX}
        y={labelY}
        textAnchor="middle"
        dominantBaseline="central"
      >
        {data?.label}
      </text>
    </>
  );
}

/** A wire with the shape that runs through it. */
export const WireViewMemo = memo(WireView);
