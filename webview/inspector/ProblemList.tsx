import type { Problem } from "../../src/core/design/problem.ts";
import { Icon } from "../app/Icon.tsx";
import { messageAtNode } from "../canvas/CardProblem.tsx";
import { useApplication } from "../state/context.ts";
import { t } from "../text/t.ts";

interface ProblemListProps {
  readonly problems: readonly Problem[];
  /** True where the list is about the whole design, so that a problem leads to its node. */
  readonly hasLinks?: boolean;
  /** The part that it is about; by default the node of each. */
  readonly place?: string;
}

/** Problems in words, each with its fix and its place. */
export function ProblemList({ problems, hasLinks = false, place }: ProblemListProps) {
  const application = useApplication();
  return (
    <ul className="problem-list">
      {problems.map((problem) => (
        <li
          key={`${problem.code} ${problem.message} ${problem.range?.offset}`}
          className={`is-${problem.severity}`}
        >
          <Icon name={problem.severity === "information" ? "info" : problem.severity} />
          <span>
            {hasLinks ? problem.message : messageAtNode(problem, place)}{" "}
            {problem.fix !== undefined && (
              <button
                type="button"
                className="link-button"
                onClick={() => problem.fix !== undefined && application.edit(problem.fix.command)}
              >
                {problem.fix.title}
              </button>
            )}{" "}
            {hasLinks ? (
              <button
                type="button"
                className="link-button"
                onClick={() => application.showProblem(problem)}
              >
                {t("Show")}
              </button>
            ) : (
              problem.range !== undefined && (
                <button
                  type="button"
                  className="link-button"
                  onClick={() =>
                    problem.range !== undefined && application.revealText(problem.range)
                  }
                >
                  {t("Show in Text")}
                </button>
              )
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
