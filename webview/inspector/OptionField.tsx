import { useDeferredValue, useId, useMemo, type KeyboardEvent } from "react";
import type { EditCommand } from "../../src/core/design/command.ts";
import type { JsonValue, Option } from "../../src/core/layers/option.ts";
import { IconButton } from "../app/IconButton.tsx";
import { useApplication, useAppState } from "../state/context.ts";
import { useDraft } from "../state/useDraft.ts";
import { t } from "../text/t.ts";
import { effectOf } from "./editEffect.ts";
import { unitOf } from "./optionKnowledge.ts";
import { formatOption, type Parameters, readTyped } from "./optionText.ts";

/** One option of one or several nodes, or of the design. */
export interface OptionFieldProps {
  /** Nodes that the option is of; none where it is about the design. */
  readonly nodes: readonly string[];
  readonly name: string;
  /** Tells it from another field of the same name; the name by default. */
  readonly field?: string;
  readonly option: Option;
  /** As the file has it; `undefined` where the default holds. */
  readonly value: JsonValue | undefined;
  /** Several nodes that differ. */
  readonly isMixed?: boolean;
  /** Parameters of the block around, which the value may be an expression over. */
  readonly parameters?: Parameters;
  /** The command that gives the option this value; no value takes it out of the file. */
  readonly commandFor: (value: JsonValue | undefined) => EditCommand;
}

interface Ids {
  readonly field: string;
  readonly hint: string;
}

interface ControlProps extends OptionFieldProps {
  readonly ids: Ids;
  readonly isEditable: boolean;
}

/** What its field shows while nobody types. */
export function shownValue({ option, value, isMixed = false }: OptionFieldProps): string {
  return isMixed ? "" : formatOption(value ?? option.default);
}

function BooleanControl(props: ControlProps) {
  const { option, value, isMixed = false, commandFor, ids, isEditable } = props;
  const application = useApplication();
  const isOn = value ?? option.default ?? false;
  return (
    <input
      id={ids.field}
      type="checkbox"
      checked={isOn === true}
      ref={(box) => {
        if (box !== null) {
          box.indeterminate = isMixed;
        }
      }}
      disabled={!isEditable}
      onChange={({ target }) => application.edit(commandFor(target.checked))}
    />
  );
}

function ChoiceControl(props: ControlProps & { readonly values: readonly string[] }) {
  const { values, commandFor, ids, isEditable, isMixed = false } = props;
  const application = useApplication();
  const shown = shownValue(props);
  const isKnown = values.includes(shown);
  const nothing = isMixed ? t("(different)") : t("(none)");
  return (
    <select
      id={ids.field}
      className="field"
      value={shown}
      disabled={!isEditable}
      onChange={({ target }) => application.edit(commandFor(target.value))}
    >
      {!isKnown && <option value={shown}>{shown === "" ? nothing : shown}</option>}
      {values.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  );
}

const stepOf: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1 };

/** Up and down count by one, with Shift by ten; fractions keep to their last place. */
function stepped(option: Option, text: string, event: KeyboardEvent): string | undefined {
  const direction = stepOf[event.key];
  const value = Number(text);
  const isNumber = option.kind === "integer" || option.kind === "number" || option.kind === "pair";
  if (direction === undefined || !isNumber || text.trim() === "" || !Number.isFinite(value)) {
    return undefined;
  }
  const places = option.kind === "number" ? (text.split(".")[1]?.length ?? 0) : 0;
  const size = (event.shiftKey ? 10 : 1) * 10 ** -places;
  return (value + direction * size).toFixed(places);
}

/** `6 to 12 filters: `, which the change in numbers follows. */
function fromTo(props: OptionFieldProps, text: string): string {
  const from = shownValue(props);
  const to = text.trim() === "" ? t("default") : text.trim();
  if (from === "") {
    return "";
  }
  return props.option.kind === "integer"
    ? t("{0} to {1} {2}: ", from, to, props.name)
    : t("{0} to {1}: ", from, to);
}

function EffectLine({
  props,
  draft,
}: {
  readonly props: OptionFieldProps;
  readonly draft: string;
}) {
  const { option, commandFor } = props;
  const shown = useAppState((state) => state.shown);
  const text = useDeferredValue(draft);
  const typed = readTyped(option, text, props.parameters);
  const effect = useMemo(
    () => (typed.type === "value" ? effectOf(shown, commandFor(typed.value)) : undefined),
    // `commandFor` and `typed` follow from these.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [shown, text],
  );
  if (typed.type === "invalid") {
    return <span className="option-issue">{typed.message}</span>;
  }
  if (effect === undefined) {
    return null;
  }
  return (
    <>
      {effect.words !== "" && (
        <span>
          {fromTo(props, text)}
          {effect.words}
        </span>
      )}
      {effect.problem !== undefined && <span className="option-issue">{effect.problem}</span>}
    </>
  );
}

interface OvertakenProps {
  readonly draft: string;
  readonly shown: string;
}

/** Says that the file has another value than the one the typing began with. */
function OvertakenLine({ draft, shown }: OvertakenProps) {
  return (
    <span className="option-overtaken">
      {shown === ""
        ? t("The file has none any more. Enter writes {0}, Escape does not.", draft)
        : t("The file has {0} by now. Enter writes {1}, Escape keeps {0}.", shown, draft)}
    </span>
  );
}

function TextControl(props: ControlProps) {
  const { option, commandFor, ids, isEditable, isMixed = false } = props;
  const application = useApplication();
  const shown = shownValue(props);
  const { draft, isOvertaken, setDraft } = useDraft(props.nodes, props.field ?? props.name, shown);
  const typed = readTyped(option, draft ?? shown, props.parameters);
  const isInvalid = draft !== undefined && draft !== shown && typed.type === "invalid";
  const commit = (): void => {
    if (draft === undefined || draft.trim() === shown) {
      setDraft(undefined);
    } else if (
      typed.type === "value" &&
      application.edit(commandFor(typed.value)).type === "done"
    ) {
      // What could not be written stays in the field.
      setDraft(undefined);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const next = stepped(option, draft ?? shown, event);
    if (next !== undefined) {
      event.preventDefault();
      setDraft(next);
    } else if (event.key === "Enter" || (event.key === "s" && (event.ctrlKey || event.metaKey))) {
      // Saving keeps what has been typed so far.
      commit();
    } else if (event.key === "Escape" && draft !== undefined) {
      event.stopPropagation();
      setDraft(undefined);
    }
  };
  return (
    <>
      <input
        id={ids.field}
        className="field"
        value={draft ?? shown}
        placeholder={isMixed ? t("(different)") : t("default")}
        readOnly={!isEditable}
        spellCheck={false}
        autoComplete="off"
        inputMode={option.kind === "integer" ? "numeric" : "text"}
        list={option.kind === "padding" ? `${ids.field}-list` : undefined}
        aria-invalid={isInvalid}
        aria-describedby={ids.hint}
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (isEditable && !isOvertaken) {
            commit();
          }
        }}
      />
      {option.kind === "padding" && (
        <datalist id={`${ids.field}-list`} aria-label={t("Paddings by name")}>
          <option value="same">same</option>
          <option value="valid">valid</option>
        </datalist>
      )}
      <span id={ids.hint} className="option-effect" aria-live="polite">
        {draft !== undefined && draft.trim() !== shown && (
          <>
            {isOvertaken && <OvertakenLine draft={draft} shown={shown} />}
            <EffectLine props={props} draft={draft} />
          </>
        )}
      </span>
    </>
  );
}

function Control(props: ControlProps) {
  const { option, value } = props;
  // The name of a parameter, or an expression.
  if (option.kind === "boolean" && typeof value === "string") return <TextControl {...props} />;
  switch (option.kind) {
    case "boolean":
      return <BooleanControl {...props} />;
    case "choice":
      return <ChoiceControl {...props} values={option.values} />;
    case "integer":
    case "number":
    case "pair":
    case "optionalPair":
    case "padding":
    case "shape":
    case "rising":
    case "table":
    case "regularizer":
    case "text":
    case "weights":
      return <TextControl {...props} />;
  }
}

/** One option with the control of its kind; Enter or leaving the field makes it one edit, Escape none. */
export function OptionField(props: OptionFieldProps) {
  const { name, option, value, isMixed = false, commandFor } = props;
  const application = useApplication();
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const id = useId();
  const ids = { field: `${id}-field`, hint: `${id}-hint` };
  const unit = unitOf(name, option);
  const canReset = (value !== undefined || isMixed) && option.default !== undefined && isEditable;
  return (
    <div
      className={value === undefined && !isMixed ? "option is-default" : "option"}
      data-testid={`option-${name}`}
      data-option={name}
    >
      <label htmlFor={ids.field} title={t(option.description)}>
        {name}
      </label>
      <div className="option-control">
        <Control {...props} ids={ids} isEditable={isEditable} />
        {unit !== "" && <span className="option-unit">{unit}</span>}
      </div>
      {canReset && (
        <IconButton
          icon="discard"
          title={t("Reset {0} to its default", name)}
          onClick={() => application.edit(commandFor(undefined))}
        />
      )}
    </div>
  );
}
