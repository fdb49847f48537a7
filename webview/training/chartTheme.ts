/** Colours and font of a chart, read from the theme because a canvas knows no CSS variables. */
export interface ChartTheme {
  readonly text: string;
  readonly grid: string;
  readonly training: string;
  readonly validation: string;
  readonly font: string;
}

/** Reads the theme as it is now. */
export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: color("--quiet") || style.color,
    grid: color("--chart-grid") || style.color,
    training: color("--vscode-charts-blue") || style.color,
    validation: color("--block") || style.color,
    font: `11px ${style.fontFamily}`,
  };
}

/** Calls back when VS Code changes the theme: it then rewrites the class of the body and the variables of the root. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  return () => observer.disconnect();
}
