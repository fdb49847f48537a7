import { Icon } from "../app/Icon.tsx";
import type { TrainingRun } from "../state/trainingRun.ts";
import { t } from "../text/t.ts";

/** What a person should know: of the data at the start, and what came up since. */
export function Notices({ run: { started, notices } }: { readonly run: TrainingRun }) {
  const all = [
    ...(started?.notes ?? []).map((message) => ({ severity: "information", message }) as const),
    ...notices,
  ];
  // What is said again is said once, in the place where it was last.
  const words = [
    ...new Map(all.toReversed().map((one) => [one.message, one])).values(),
  ].toReversed();
  return words.length === 0 ? null : (
    <ul className="training-notices" aria-label={t("Notes on this training")}>
      {words.map(({ severity, message }) => (
        <li key={message}>
          <Icon name={severity === "warning" ? "warning" : "info"} /> {message}
        </li>
      ))}
    </ul>
  );
}
