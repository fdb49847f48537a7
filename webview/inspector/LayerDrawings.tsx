import { lazy, Suspense, type ComponentProps } from "react";

// Nobody looks at a drawing before a node is selected.
const Drawings = lazy(async () => ({ default: (await import("./field/Drawings.tsx")).Drawings }));

/** The drawings about a layer, once their code is here. */
export function LayerDrawings(props: ComponentProps<typeof Drawings>) {
  return (
    <Suspense fallback={null}>
      <Drawings {...props} />
    </Suspense>
  );
}
