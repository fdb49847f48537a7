import { useEffect } from "react";
import { useApplication, useAppState } from "../state/context.ts";
import { t } from "../text/t.ts";
import { Icon } from "./Icon.tsx";
import { IconButton } from "./IconButton.tsx";

const VISIBLE_FOR = 10_000;

/** The sentence about the last gesture, above the lower edge of the canvas. */
export function NoticeBar() {
  const application = useApplication();
  const notice = useAppState((state) => state.notice);
  useEffect(() => {
    if (notice === undefined || notice.actions.length > 0) {
      return undefined;
    }
    const timer = setTimeout(() => application.dismissNotice(), VISIBLE_FOR);
    return () => clearTimeout(timer);
  }, [application, notice]);
  if (notice === undefined) {
    return null;
  }
  return (
    <div className={`notice notice-${notice.severity}`} data-testid="notice">
      <Icon name={notice.severity === "error" ? "warning" : "info"} />
      <span className="notice-text">{notice.text}</span>
      {notice.actions.map((action) => (
        <button
          key={action.title}
          type="button"
          className="button secondary"
          onClick={() => {
            application.dismissNotice();
            action.run();
          }}
        >
          {action.title}
        </button>
      ))}
      <IconButton icon="close" title={t("Close")} onClick={() => application.dismissNotice()} />
    </div>
  );
}
