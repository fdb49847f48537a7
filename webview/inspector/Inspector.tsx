import { lazy, Suspense, useEffect, useRef } from "react";
import { blockTree, nearestGroup } from "../canvas/blockTree.ts";
import { definitionPart } from "../canvas/definition.ts";
import { focusCanvas } from "../canvas/focusCard.ts";
import { IconButton } from "../app/IconButton.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import type { AppState } from "../state/appState.ts";
import { t } from "../text/t.ts";
import { DesignInspector } from "./DesignInspector.tsx";
import { NodeInspector } from "./NodeInspector.tsx";

// At the first look there is the design or one node.
const LayerInspector = lazy(async () => ({
  default: (await import("./LayerInspector.tsx")).LayerInspector,
}));
const GroupInspector = lazy(async () => ({
  default: (await import("./GroupInspector.tsx")).GroupInspector,
}));
const DefinitionPartEditor = lazy(async () => ({
  default: (await import("./DefinitionPartEditor.tsx")).DefinitionPartEditor,
}));
const NodesInspector = lazy(async () => ({
  default: (await import("./NodesInspector.tsx")).NodesInspector,
}));

/** What the inspector is about, as one string, so that a change of subject is one change. */
function subjectOf({ view, drawn }: AppState): string {
  const { nodes } = drawn.parsed.design;
  const selected = view.selection.filter((id) => nodes.has(id));
  const [only] = view.selection;
  if (selected.length > 1) {
    return "several";
  }
  if (selected[0] !== undefined) {
    return `node ${selected[0]}`;
  }
  if (only !== undefined && definitionPart(drawn, only) !== undefined) {
    return `part ${only}`;
  }
  if (only !== undefined && drawn.network.byId.has(only)) {
    return `layer ${only}`;
  }
  // Inside a block, nothing selected means the block itself.
  const tree = blockTree(drawn.network);
  const group = tree.groups.get(only ?? "") ?? nearestGroup(tree, view.inside);
  if (group === undefined) {
    return "design";
  }
  return nodes.has(group.id) ? `node ${group.id}` : `group ${group.id}`;
}

function Subject({ subject }: { readonly subject: string }) {
  const [kind, ...rest] = subject.split(" ");
  const id = rest.join(" ");
  switch (kind) {
    case "several":
      return <NodesInspector />;
    case "node":
      // Without a key: a field that is being typed in keeps the focus when its node is renamed in the text.
      return <NodeInspector node={id} />;
    case "layer":
      return <LayerInspector layer={id} />;
    case "group":
      return <GroupInspector path={id} />;
    case "part":
      return <DefinitionPartEditor path={id} />;
    case undefined:
    default:
      return <DesignInspector />;
  }
}

/** Everything about the selection, to read and to change. */
export function Inspector() {
  const application = useApplication();
  const subject = useAppState(subjectOf);
  const isStale = useAppState((state) => state.shown !== state.drawn);
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    element.current?.scrollTo({ top: 0 });
  }, [subject]);
  return (
    <aside
      ref={element}
      className={isStale ? "inspector is-stale" : "inspector"}
      aria-label={t("Inspector")}
      data-testid="inspector"
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          focusCanvas(application.store.get().view.selection[0]);
        }
      }}
    >
      <span className="panel-close">
        <IconButton
          icon="close"
          title={t("Close")}
          onClick={() => application.setOverlay(undefined)}
        />
      </span>
      <Suspense fallback={null}>
        <Subject subject={subject} />
      </Suspense>
    </aside>
  );
}
