const wordsOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Most reports of one page: an error of every frame would fill the log. */
const MOST_REPORTS = 20;

/** Reports what goes wrong outside of React's rendering, in handlers and promises. */
export function reportErrors(report: (message: string) => void): void {
  let reports = 0;
  const say = (error: unknown): void => {
    reports += 1;
    if (reports <= MOST_REPORTS) {
      report(wordsOf(error));
    }
  };
  globalThis.addEventListener("error", ({ error, message }) => say(error ?? message));
  globalThis.addEventListener("unhandledrejection", ({ reason }) => say(reason));
}
