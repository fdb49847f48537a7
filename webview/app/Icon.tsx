/** Codicons that the view uses; `styles/codicons.css` has their code points. */
export type IconName =
  | "add"
  | "chevron-down"
  | "chevron-right"
  | "chevron-up"
  | "close"
  | "cloud-download"
  | "collapse-all"
  | "copy"
  | "debug-restart"
  | "debug-stop"
  | "discard"
  | "error"
  | "expand-all"
  | "go-to-file"
  | "graph-line"
  | "info"
  | "inspect"
  | "layout"
  | "layout-panel"
  | "layout-sidebar-left"
  | "layout-sidebar-right"
  | "lightbulb"
  | "loading"
  | "lock"
  | "map"
  | "arrow-down"
  | "arrow-right"
  | "new-file"
  | "output"
  | "play"
  | "screen-full"
  | "search"
  | "trash"
  | "warning"
  | "zoom-in"
  | "zoom-out";

/** A codicon; decoration only, so its button carries the name. */
export function Icon({ name }: { readonly name: IconName }) {
  return <span className={`codicon codicon-${name}`} aria-hidden="true" />;
}
