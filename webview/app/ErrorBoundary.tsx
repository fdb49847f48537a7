import { Component, type ErrorInfo, type ReactNode } from "react";
import { t } from "../text/t.ts";

interface ErrorBoundaryProps {
  readonly onError: (message: string) => void;
  readonly onReload: () => void;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly hasFailed: boolean;
}

/** Shows words instead of a blank panel when something cannot be drawn, and reports it to the log. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { hasFailed: false };

  static getDerivedStateFromError(): ErrorBoundaryState {
    return { hasFailed: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.props.onError(`could not draw: ${words}${info.componentStack ?? ""}`);
  }

  readonly #reload = (): void => {
    this.props.onReload();
    this.setState({ hasFailed: false });
  };

  override render(): ReactNode {
    if (!this.state.hasFailed) {
      return this.props.children;
    }
    return (
      <div className="failure" role="alert">
        <h1>{t("This design could not be drawn")}</h1>
        <p>{t("The file is unharmed, and its text editor works. The log says what went wrong.")}</p>
        <button type="button" className="button" onClick={this.#reload}>
          {t("Reload")}
        </button>
      </div>
    );
  }
}
