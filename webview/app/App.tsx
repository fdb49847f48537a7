import { ReactFlowProvider } from "@xyflow/react";
import { Suspense, useEffect } from "react";
import { LiveRegion } from "../accessibility/LiveRegion.tsx";
import { Bar } from "../bar/Bar.tsx";
import { Canvas } from "../canvas/Canvas.tsx";
import { FindBoxWhenOpen } from "../find/FindBoxWhenOpen.tsx";
import { QuickInsert } from "../palette/QuickInsert.tsx";
import type { Application } from "../state/application.ts";
import { ApplicationContext, useApplication, useAppState } from "../state/context.ts";
import { lazyStyled } from "../styles/lazyStyled.ts";
import { t } from "../text/t.ts";
import { Banner } from "./Banner.tsx";
import { BottomPanel } from "./BottomPanel.tsx";
import { Dialogs } from "./Dialogs.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { NoticeBar } from "./NoticeBar.tsx";
import { useMediaQuery } from "./useMediaQuery.ts";

// Compared is seldom.
const ComparisonView = lazyStyled(
  async () => (await import("../compare/ComparisonView.tsx")).ComparisonView,
);

// They stand beside what people look at first, and may come a moment later.
const Palette = lazyStyled(async () => (await import("../palette/Palette.tsx")).Palette);
const Inspector = lazyStyled(async () => (await import("../inspector/Inspector.tsx")).Inspector);

/** Frames to wait for the inspector, which may have to be loaded. */
const MOST_FRAMES = 60;

function focusFirstField(frames = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>(
      ".inspector :is(.options, .wires) :is(input, select, button):not([disabled])",
    );
    if (field !== null) {
      field.focus();
    } else if (frames > 0 && document.querySelector(".inspector h2, .inspector input") === null) {
      focusFirstField(frames - 1);
    }
  });
}

/** Opens the inspector for a command, as an overlay where there is no room beside the canvas. */
function useInspectorFocus(isNarrow: boolean): void {
  const application = useApplication();
  useEffect(
    () =>
      application.canvasActions.listen((action) => {
        if (action !== "focusInspector") {
          return;
        }
        if (isNarrow) {
          application.setOverlay("inspector");
        } else {
          application.setView({ hasInspector: true });
        }
        focusFirstField();
      }),
    [application, isNarrow],
  );
}

function Workspace() {
  const application = useApplication();
  const isNarrow = useMediaQuery("(max-width: 700px)");
  const { hasPalette, hasInspector } = useAppState((state) => state.view);
  const overlay = useAppState((state) => state.overlay);
  useInspectorFocus(isNarrow);
  const isOpen = (panel: "palette" | "inspector", isKept: boolean): boolean =>
    isNarrow ? overlay === panel : isKept;
  return (
    <div
      className={isNarrow ? "workspace is-narrow" : "workspace"}
      onKeyDown={(event) => {
        if (event.key === "Escape" && overlay !== undefined) {
          application.setOverlay(undefined);
        }
      }}
      role="presentation"
    >
      <Bar isNarrow={isNarrow} />
      <Banner />
      <main className="stage">
        {isOpen("palette", hasPalette) && (
          <Suspense fallback={<aside className="palette" />}>
            <Palette />
          </Suspense>
        )}
        <div className="stage-center">
          <Canvas />
          <FindBoxWhenOpen />
          <NoticeBar />
        </div>
        {isOpen("inspector", hasInspector) && (
          <Suspense fallback={<aside className="inspector" />}>
            <Inspector />
          </Suspense>
        )}
        <QuickInsert />
        <Dialogs />
      </main>
      <BottomPanel />
    </div>
  );
}

function Connected() {
  const isConnected = useAppState((state) => state.isConnected);
  const compared = useAppState((state) => state.compared);
  if (compared !== undefined) {
    return (
      <Suspense fallback={null}>
        <ComparisonView other={compared} />
      </Suspense>
    );
  }
  return isConnected ? (
    <ReactFlowProvider>
      <Workspace />
    </ReactFlowProvider>
  ) : (
    <p className="opening" role="status">
      {t("Opening the design")}
    </p>
  );
}

/** The whole view of one editor. */
export function App({ application }: { readonly application: Application }) {
  return (
    <ApplicationContext value={application}>
      <ErrorBoundary
        onError={(message) => application.send({ type: "report", message })}
        onReload={() => application.send({ type: "ready" })}
      >
        <Connected />
        <LiveRegion />
      </ErrorBoundary>
    </ApplicationContext>
  );
}
