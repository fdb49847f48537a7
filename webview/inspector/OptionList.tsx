import { useState, type FocusEvent } from "react";
import { useApplication, useAppState } from "../state/context.ts";
import { draftAt } from "../state/drafts.ts";
import { t } from "../text/t.ts";
import { OptionField, shownValue, type OptionFieldProps } from "./OptionField.tsx";
import { rangeWords, usualValues } from "./optionKnowledge.ts";

interface OptionListProps {
  readonly label: string;
  readonly fields: readonly OptionFieldProps[];
}

const optionOf = (target: EventTarget): string | undefined =>
  target instanceof Element
    ? target.closest<HTMLElement>("[data-option]")?.dataset["option"]
    : undefined;

/** Values that are often wanted; one is taken as if it had been typed, so that Enter writes it. */
function UsualValues({ field }: { readonly field: OptionFieldProps }) {
  const application = useApplication();
  const { nodes, name } = field;
  const base = shownValue(field);
  const draft = useAppState((state) => draftAt(state.drafts, { nodes, field: name }));
  const values = usualValues(name, draft?.text ?? base);
  return values.length === 0 ? null : (
    <span className="usual-values">
      {values.map((value) => (
        <button
          key={value}
          type="button"
          className="link-button"
          // The arrow keys and typing lead there too.
          tabIndex={-1}
          title={t("Try {0}: Enter writes it", value)}
          // The keyboard stays in the field.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => application.setDraft({ nodes, field: name, base }, value)}
        >
          {value}
        </button>
      ))}
    </span>
  );
}

/** Its place is kept also where nothing is to be said, so that nothing below it moves under the pointer. */
function OptionHelp({ field }: { readonly field: OptionFieldProps | undefined }) {
  const isEditable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  if (field === undefined) {
    return (
      <p className="option-help quiet">
        {t("Enter writes what was typed, Escape takes it back, ↑ and ↓ count.")}
      </p>
    );
  }
  const range = rangeWords(field.option);
  return (
    <p className="option-help quiet">
      {t(field.option.description)} {range !== "" && <span>({range})</span>}{" "}
      {isEditable && <UsualValues field={field} />}
    </p>
  );
}

/** Options in a column, with help for the one that has the keyboard below them. */
export function OptionList({ label, fields }: OptionListProps) {
  const [current, setCurrent] = useState<string>();
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) {
      setCurrent(undefined);
    }
  };
  return (
    <section
      className="options"
      aria-label={label}
      onFocus={({ target }) => setCurrent(optionOf(target))}
      onBlur={onBlur}
    >
      {fields.map((field) => (
        <OptionField key={field.name} {...field} />
      ))}
      <OptionHelp field={fields.find(({ name }) => name === current)} />
    </section>
  );
}
