import type { ReactNode } from "react";

/** Width and height of every picture of the help. */
export const pictureSize = { width: 240, height: 76 } as const;

interface GridProps {
  readonly x: number;
  readonly y: number;
  readonly rows: number;
  readonly columns?: number;
  readonly cell?: number;
  readonly className?: string;
}

/** A map of pixels. */
function Grid({ x, y, rows, columns = rows, cell = 9, className = "help-grid" }: GridProps) {
  const [width, height] = [columns * cell, rows * cell];
  const across = Array.from({ length: rows + 1 }, (_, row) => `M${x} ${y + row * cell}h${width}`);
  const down = Array.from({ length: columns + 1 }, (_, at) => `M${x + at * cell} ${y}v${height}`);
  return <path className={className} d={[...across, ...down].join("")} />;
}

const Arrow = ({ x, y = 38, length = 24 }: { x: number; y?: number; length?: number }) => (
  <path className="help-arrow" d={`M${x} ${y}h${length}m-5-4l5 4l-5 4`} />
);

const Label = ({ x, y, children }: { x: number; y: number; children: ReactNode }) => (
  <text className="help-label" x={x} y={y} textAnchor="middle">
    {children}
  </text>
);

interface WindowProps {
  /** Pixels of the window and of its step. */
  readonly kernel: number;
  readonly step: number;
  readonly word: string;
}

/** A window that slides over a map; where it stands, and where it goes next. */
export function SlidingWindow({ kernel, step, word }: WindowProps) {
  const [cell, rows] = [9, 6];
  const count = Math.floor((rows - kernel) / step) + 1;
  const top = 38 - (count * cell) / 2;
  const extent = kernel * cell;
  return (
    <>
      <Grid x={24} y={11} rows={rows} />
      <rect className="help-window" x={24} y={11} width={extent} height={extent} />
      <rect className="help-next" x={24 + step * cell} y={11} width={extent} height={extent} />
      <Arrow x={92} length={46} />
      <Label x={115} y={30}>
        {word}
      </Label>
      <Grid x={156} y={top} rows={count} />
      <rect className="help-window" x={156} y={top} width={cell} height={cell} />
      {count > 1 && (
        <rect className="help-next" x={156 + cell} y={top} width={cell} height={cell} />
      )}
    </>
  );
}

/** Every channel with a window of its own; `mixes`: and a 1 × 1 over all of them afterwards. */
export function OwnWindows({ mixes = false }: { readonly mixes?: boolean }) {
  const channels = [0, 1, 2];
  return (
    <>
      {channels.map((channel) => (
        <g key={channel}>
          <Grid x={20 + channel * 8} y={6 + channel * 10} rows={4} cell={8} />
          <rect
            className="help-window"
            x={20 + channel * 8}
            y={6 + channel * 10}
            width={24}
            height={24}
          />
          <Arrow x={82} y={18 + channel * 20} length={30} />
          <Grid x={120} y={8 + channel * 22} rows={2} cell={8} />
        </g>
      ))}
      {mixes && (
        <>
          <path className="help-wire" d="M138 16L176 38M138 38H176M138 60L176 38" />
          <Label x={158} y={30}>
            1×1
          </Label>
          <Grid x={180} y={30} rows={2} cell={8} className="help-strong" />
        </>
      )}
    </>
  );
}

/** A map of one size that becomes one of another. */
export function Resized({ from, to, word }: { from: number; to: number; word: string }) {
  const cell = 8;
  return (
    <>
      <Grid x={60 - (from * cell) / 2} y={38 - (from * cell) / 2} rows={from} cell={cell} />
      <Arrow x={100} length={38} />
      <Label x={119} y={30}>
        {word}
      </Label>
      <Grid
        x={178 - (to * cell) / 2}
        y={38 - (to * cell) / 2}
        rows={to}
        cell={cell}
        className="help-strong"
      />
    </>
  );
}

/** A map in a border, which is added or cut away. */
export function Border({ isCut = false }: { readonly isCut?: boolean }) {
  const [bare, framed] = [
    <Grid key="bare" x={isCut ? 160 : 40} y={22} rows={4} cell={8} className="help-strong" />,
    <g key="framed">
      <Grid x={isCut ? 40 : 160} y={22} rows={4} cell={8} className="help-strong" />
      <rect className="help-next" x={isCut ? 32 : 152} y={14} width={48} height={48} />
    </g>,
  ];
  return (
    <>
      {bare}
      {framed}
      <Arrow x={100} length={38} />
    </>
  );
}

/** Values on their way to mean 0 and variance 1. */
export function Normalized() {
  return (
    <>
      <path className="help-axis" d="M16 60H104M60 64V12M136 60H224M180 64V12" />
      <path className="help-curve" d="M50 60C72 60 76 24 84 24S96 60 104 60" />
      <Arrow x={108} length={22} />
      <path className="help-curve" d="M140 60C162 60 166 16 180 16S198 60 220 60" />
      <Label x={180} y={73}>
        0
      </Label>
    </>
  );
}

/** A function of one value. */
export function Curve({ path, word }: { readonly path: string; readonly word: string }) {
  return (
    <>
      <path className="help-axis" d="M60 50H180M120 70V8" />
      <path className="help-curve" d={path} />
      <Label x={200} y={22}>
        {word}
      </Label>
    </>
  );
}

/** Values of which some are set to zero; `whole`: rows of them at once. */
export function Dropped({ whole = false }: { readonly whole?: boolean }) {
  const cells = Array.from(
    { length: 40 },
    (_, index) => [index % 10, Math.floor(index / 10)] as const,
  );
  const isOff = (column: number, row: number): boolean =>
    whole ? row === 1 : (column * 7 + row * 5) % 4 === 1;
  return (
    <>
      {cells.map(([column, row]) => (
        <circle
          key={`${column} ${row}`}
          className={isOff(column, row) ? "help-off" : "help-on"}
          cx={48 + column * 16}
          cy={14 + row * 16}
          r={5}
        />
      ))}
    </>
  );
}

/** Several maps that become one, value by value. */
export function Joined({ sign }: { readonly sign: string }) {
  return (
    <>
      <Grid x={24} y={22} rows={4} cell={8} />
      <Label x={72} y={43}>
        {sign}
      </Label>
      <Grid x={88} y={22} rows={4} cell={8} />
      <Arrow x={132} length={30} />
      <Grid x={176} y={22} rows={4} cell={8} className="help-strong" />
    </>
  );
}

const bars = (x: number, count: number, className: string): ReactNode =>
  Array.from({ length: count }, (_, index) => (
    <rect
      key={`${x} ${index}`}
      className={className}
      x={x + index * 9}
      y={22}
      width={6}
      height={32}
    />
  ));

/** Channels that stand one behind the other. */
export function Stacked() {
  return (
    <>
      {bars(24, 3, "help-on")}
      {bars(72, 4, "help-bar")}
      <Arrow x={122} length={24} />
      {bars(158, 3, "help-on")}
      {bars(185, 4, "help-bar")}
    </>
  );
}

/** Channels dealt out over other groups. */
export function Shuffled() {
  const order = [0, 3, 1, 4, 2, 5];
  return (
    <>
      {order.map((to, from) => (
        <g key={to}>
          <circle
            className={from < 3 ? "help-on" : "help-bar"}
            cx={70}
            cy={9 + from * 11.5}
            r={4}
          />
          <path
            className="help-wire"
            d={`M76 ${9 + from * 11.5}L164 ${9 + order.indexOf(from) * 11.5}`}
          />
          <circle className={to < 3 ? "help-on" : "help-bar"} cx={170} cy={9 + from * 11.5} r={4} />
        </g>
      ))}
    </>
  );
}

/** Every value wired to every other. */
export function Connected() {
  const [inputs, outputs] = [
    [10, 28, 46, 64],
    [19, 37, 55],
  ];
  return (
    <>
      <path
        className="help-wire"
        d={inputs.flatMap((y) => outputs.map((to) => `M80 ${y}L160 ${to}`)).join("")}
      />
      {inputs.map((y) => (
        <circle key={y} className="help-on" cx={78} cy={y} r={5} />
      ))}
      {outputs.map((y) => (
        <circle key={y} className="help-bar" cx={162} cy={y} r={5} />
      ))}
    </>
  );
}

/** The values of a map in one row. */
export function Unrolled() {
  return (
    <>
      <Grid x={24} y={20} rows={4} cell={9} />
      <Arrow x={72} length={22} />
      <Grid x={106} y={33} rows={1} columns={13} cell={9} className="help-strong" />
    </>
  );
}
