import { lazy, type ComponentType } from "react";

let loading: Promise<void> | undefined;

/** Loads the styles of the panels that are opened later, which lie beside the first style sheet. */
function loadLaterStyles(): Promise<void> {
  loading ??= addStyleSheet();
  return loading;
}

function addStyleSheet(): Promise<void> {
  const first = document.querySelector<HTMLLinkElement>('link[href*="main.css"]');
  if (first === null) {
    return Promise.resolve();
  }
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = first.href.replace("main.css", "later.css");
  return new Promise((resolve) => {
    link.addEventListener("load", () => resolve());
    // A plainer panel is better than none.
    link.addEventListener("error", () => resolve());
    document.head.append(link);
  });
}

/** A part of the view that is loaded when it is first drawn, together with the styles that come later. */
export function lazyStyled<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const [component] = await Promise.all([load(), loadLaterStyles()]);
    return { default: component };
  });
}
