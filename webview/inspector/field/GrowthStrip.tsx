import type { FieldStep } from "../../../src/core/analysis/fieldPath.ts";
import { formatPair } from "../../text/format.ts";
import { t } from "../../text/t.ts";

const HEIGHT = 34;

interface GrowthStripProps {
  readonly steps: readonly FieldStep[];
  /** Step that the picture shows. */
  readonly shown: number;
  readonly onShow: (step: number) => void;
}

/** `c3: 14 × 14, step 2`. */
function describe({ layer, field }: FieldStep): string {
  return t(
    "{0}: {1} × {2}, stride {3}",
    layer,
    field.size[0],
    field.size[1],
    formatPair(field.stride),
  );
}

/** How the window grows from the image to this layer: a bar for each layer that changes it, to step through. */
export function GrowthStrip({ steps, shown, onShow }: GrowthStripProps) {
  const largest = Math.max(1, ...steps.map(({ field }) => Math.max(...field.size)));
  const share = (step: FieldStep): number => Math.max(...step.field.size) / largest;
  const current = steps[shown];
  return (
    <div className="growth">
      <svg
        viewBox={`0 0 ${steps.length} 1`}
        preserveAspectRatio="none"
        height={HEIGHT}
        aria-hidden="true"
        onPointerMove={({ clientX, currentTarget }) => {
          const { left, width } = currentTarget.getBoundingClientRect();
          const step = Math.floor(((clientX - left) / width) * steps.length);
          onShow(Math.max(0, Math.min(steps.length - 1, step)));
        }}
      >
        {steps.map((step, index) => (
          <rect
            key={step.layer}
            className={index === shown ? "growth-step is-shown" : "growth-step"}
            x={index + 0.08}
            width={0.84}
            y={1 - Math.max(0.06, share(step))}
            height={Math.max(0.06, share(step))}
          />
        ))}
      </svg>
      <input
        type="range"
        min={0}
        max={steps.length - 1}
        value={shown}
        aria-label={t("Layer on the way from the image")}
        aria-valuetext={current === undefined ? "" : describe(current)}
        onChange={({ target }) => onShow(Number(target.value))}
      />
      <div className="growth-words">{current !== undefined && describe(current)}</div>
    </div>
  );
}
