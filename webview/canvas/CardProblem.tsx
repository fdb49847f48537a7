import type { Problem } from "../../src/core/design/problem.ts";
import { Icon, type IconName } from "../app/Icon.tsx";
import { useApplication } from "../state/context.ts";

const icons: Readonly<Record<Problem["severity"], IconName>> = {
  error: "error",
  warning: "warning",
  information: "info",
};

/** The sentence without the name of the node or the part, where it stands beside that. */
export function messageAtNode({ message, node, part }: Problem, place = node): string {
  if (place !== undefined && place === part) return message.slice(message.indexOf(": ") + 2);
  return node !== undefined && message.startsWith(`${node}: `)
    ? message.slice(node.length + 2)
    : message;
}

interface CardProblemProps {
  readonly problem: Problem;
  /** Node or part that the card stands for. */
  readonly place: string;
}

/** The sentence below a card that has a problem, with its fix as the next click. */
export function CardProblem({ problem, place }: CardProblemProps) {
  const application = useApplication();
  const { severity, message, fix } = problem;
  return (
    <div className={`card-problem is-${severity} nodrag nopan`}>
      <Icon name={icons[severity]} />
      <span className="card-problem-text" title={message}>
        {messageAtNode(problem, place)}
      </span>
      {fix !== undefined && (
        <button type="button" className="link-button" onClick={() => application.edit(fix.command)}>
          {fix.title}
        </button>
      )}
    </div>
  );
}
