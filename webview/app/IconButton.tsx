import type { MouseEvent } from "react";
import { Icon, type IconName } from "./Icon.tsx";

interface IconButtonProps {
  readonly icon: IconName;
  /** Name for everyone: tooltip and screen reader. */
  readonly title: string;
  /** Given for buttons that are on or off. */
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  /** -1 for all buttons of a toolbar but the first. */
  readonly tabIndex?: number;
  readonly testId?: string;
  readonly onClick: (event: MouseEvent<HTMLButtonElement>) => void;
}

/** A button of one icon in the size of VS Code's own. */
export function IconButton(props: IconButtonProps) {
  const { icon, title, isPressed, isDisabled = false, tabIndex, testId, onClick } = props;
  return (
    <button
      type="button"
      className="icon-button"
      title={title}
      aria-label={title}
      aria-pressed={isPressed}
      disabled={isDisabled}
      tabIndex={tabIndex}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
