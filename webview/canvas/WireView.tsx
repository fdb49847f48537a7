import { BaseEdge, getBezierPath, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { shiftOf } from "../wires/course.ts";
import type { WireEdge } from "./flowElements.ts";

/** What is drawn of a wire. */
interface Drawn {
  readonly path: string;
  readonly label: readonly [x: number, y: number] | undefined;
  /** How far it has been dragged as a whole. */
  readonly shift: readonly [x: number, y: number];
}

/** The course around cards; a plain bend while one end is dragged. */
function drawnAs({ data, ...props }: EdgeProps<WireEdge>): Drawn {
  const { sourceX, sourceY, targetX, targetY } = props;
  const course = data?.course;
  const shift = course && shiftOf(course, [sourceX, sourceY], [targetX, targetY]);
  if (course !== undefined && shift !== undefined) {
    return { ...course, shift };
  }
  const [path, x, y] = getBezierPath(props);
  return { path, label: [x, y], shift: [0, 0] };
}

function WireView(props: EdgeProps<WireEdge>) {
  const { path, label, shift } = drawnAs(props);
  return (
    <g transform={`translate(${shift.join(" ")})`}>
      <BaseEdge path={path} interactionWidth={24} />
      {label !== undefined && (
        <text
          className="wire-label"
          x={label[0]}
          y={label[1]}
          textAnchor="middle"
          dominantBaseline="central"
        >
          {props.data?.label}
        </text>
      )}
    </g>
  );
}

/** A wire with the shape that runs through it. */
export const WireViewMemo = memo(WireView);
